package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a recovery about a loss with known details. */
class LossReportTest {
    private static final int POINTS = 30;
    private static final int FIRST_LOST = 10;
    private static final int LOST = 3;

    /** More points than two segments hold. */
    private static final int POINTS_OF_SEGMENTS = 2_500;

    private static final int SEGMENT_LENGTH = 1 << 16;
    private static final int SEGMENT_FIRST_SEQUENCE_OFFSET = 24;
    private static final int SEGMENT_HEADER_LENGTH = 64;
    private static final int FRAME_HEADER_LENGTH = 24;
    private static final long REFERENCE = 0x7123_4567_89AB_CDEFL;

    /** The mode of the clock and two definitions come first. */
    private static final int SEQUENCE_OF_FIRST = 4;

    private static final String[] KEYS = {"lost.first", "lost.second"};

    @TempDir
    private Path temporary;

    @Test
    void shouldNameSequencesSeriesTimesAndDuration() throws IOException {
        final Path killed = writeAndKill(POINTS, 0);
        spoil(segment(killed, 0), FIRST_LOST, PointOperation.REFERENCE_OFFSET);
        final long startNs = System.nanoTime();
        final RecoveryReport report = InPlaceRecovery.recover(context(killed));
        final long tookNs = System.nanoTime() - startNs;

        assertTrue(report.durationNs() > 0 && report.durationNs() <= tookNs, () -> "tookNs=" + tookNs + " " + report);
        assertEquals(KEYS.length, report.contents().seriesCount());
        assertEquals(0, report.contents().orphanedCount());
        final int first = SEQUENCE_OF_FIRST + FIRST_LOST;
        final int last = SEQUENCE_OF_FIRST + POINTS - 1;
        final Loss loss = lossOf(timeOf(FIRST_LOST), timeOf(FIRST_LOST + LOST - 1), KEYS);
        assertEquals(List.of(loss), report.losses());
        assertEquals(last - LOST, report.log().records());
        assertEquals(1, report.log().firstSequence());
        assertEquals(last, report.log().lastSequence());
        assertEquals(1, report.damages().size());
        requireText(report, first);
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            assertEquals(POINTS / 2 - 2, PointCount.of(engine, KEYS[0]));
            assertEquals(POINTS / 2 - 1, PointCount.of(engine, KEYS[1]));
        }
    }

    /** The frame is zeroed, and the readable frames after it are not lost. */
    @Test
    void shouldNameNoSeriesAndNoTimesOfAZeroedFrame() throws IOException {
        final Path killed = writeAndKill(POINTS, 0);
        zero(
                segment(killed, 0),
                frameOffset(segment(killed, 0), FIRST_LOST),
                FRAME_HEADER_LENGTH + LOST * PointOperation.LENGTH);
        assertEquals(List.of(lossOf(Instants.MAX, Instants.MIN)), lossesOf(killed));
    }

    /** The first record of the frame is unreadable, and no record after the frame takes its place. */
    @ParameterizedTest
    @ValueSource(ints = {OperationDescriptor.TYPE_OFFSET, OperationDescriptor.LENGTH_OFFSET})
    void shouldNameSeriesAndTimesOfTheRecordsThatCanBeRead(final int offset) throws IOException {
        final Path killed = writeAndKill(POINTS, 0);
        spoil(segment(killed, 0), FIRST_LOST, offset);
        assertEquals(List.of(lossOf(timeOf(FIRST_LOST + 1), timeOf(FIRST_LOST + LOST - 1), KEYS)), lossesOf(killed));
    }

    /** The whole segment is unreadable, and the next one, or its replacement, is sound. */
    @ParameterizedTest
    @ValueSource(strings = {"deleted", "zero", "zero after its header", "that of the segment before"})
    void shouldNameNoSeriesAndNoTimesOfASegmentThatIs(final String state) throws IOException {
        final Path killed = writeAndKill(POINTS_OF_SEGMENTS, 0);
        final Path segment = segment(killed, 1);
        final long first = firstSequence(segment);
        final long last = firstSequence(segment(killed, 2)) - 1;
        switch (state) {
            case "deleted" -> Files.delete(segment);
            case "zero" -> zero(segment, 0, SEGMENT_LENGTH);
            case "zero after its header" ->
                zero(segment, SEGMENT_HEADER_LENGTH, SEGMENT_LENGTH - SEGMENT_HEADER_LENGTH);
            default -> DamagedDirectory.put(segment(killed, 0), segment);
        }
        final Loss loss = lossOf(
                first, (int) (last - first + 1), pointOf(first - 1), pointOf(last + 1), Instants.MAX, Instants.MIN);
        assertEquals(List.of(loss), lossesOf(killed));
    }

    /**
     * The last frame of a segment and the first of the next one are lost. The header of the next one shows the end of
     * the first loss.
     */
    @Test
    void shouldNameTheKnowledgeTimesAroundTwoLossesSideBySide() throws IOException {
        final Path killed = writeAndKill(POINTS_OF_SEGMENTS, 0);
        final long sequence = firstSequence(segment(killed, 1)) - 1;
        final int point = pointOf(sequence);
        spoil(segment(killed, 0), point, PointOperation.REFERENCE_OFFSET);
        spoil(segment(killed, 1), point + 1, PointOperation.REFERENCE_OFFSET);
        assertEquals(
                List.of(
                        lossOfPoint(sequence, point, point - 1, point + 2),
                        lossOfPoint(sequence + 1, point + 1, point - 1, point + 2)),
                lossesOf(killed));
    }

    /** A definition is between the losses. */
    @Test
    void shouldNameTheKnowledgeTimesAroundTwoLossesWithoutAPointBetweenThem() throws IOException {
        final int next = FIRST_LOST + LOST;
        final Path killed = writeAndKill(POINTS, next);
        spoil(segment(killed, 0), FIRST_LOST, PointOperation.REFERENCE_OFFSET);
        spoil(segment(killed, 0), next, PointOperation.REFERENCE_OFFSET);
        assertEquals(
                List.of(
                        lossOf(
                                SEQUENCE_OF_FIRST + FIRST_LOST,
                                LOST,
                                FIRST_LOST - 1,
                                next + 1,
                                timeOf(FIRST_LOST),
                                timeOf(next - 1),
                                KEYS),
                        lossOfPoint(SEQUENCE_OF_FIRST + next + 1, next, FIRST_LOST - 1, next + 1)),
                lossesOf(killed));
    }

    /** Returns the loss of the frame of three points. */
    private static Loss lossOf(final long validFromNs, final long validToNs, final String... keys) {
        return lossOf(
                SEQUENCE_OF_FIRST + FIRST_LOST, LOST, FIRST_LOST - 1, FIRST_LOST + LOST, validFromNs, validToNs, keys);
    }

    private static Loss lossOfPoint(final long sequence, final int point, final int pointBefore, final int pointAfter) {
        return lossOf(sequence, 1, pointBefore, pointAfter, timeOf(point), timeOf(point), keyOf(point));
    }

    /** Returns a loss between two points, or next to another loss. */
    private static Loss lossOf(
            final long firstSequence,
            final int count,
            final int pointBefore,
            final int pointAfter,
            final long validFromNs,
            final long validToNs,
            final String... keys) {
        return new Loss(
                firstSequence,
                firstSequence + count - 1,
                true,
                false,
                knownAt(pointBefore),
                knownAt(pointAfter),
                validFromNs,
                validToNs,
                List.of(keys));
    }

    private static List<Loss> lossesOf(final Path killed) {
        return InPlaceRecovery.recover(context(killed)).losses();
    }

    private static void requireText(final RecoveryReport report, final int first) {
        final String text = String.join("\n", report.lines());
        assertTrue(
                text.contains("  lost      sequences=" + first + ".." + (first + LOST - 1)
                        + " count=3, acknowledged; knowledge times from " + Instants.format(knownAt(FIRST_LOST - 1))
                        + " to " + Instants.format(knownAt(FIRST_LOST + LOST))
                        + "; valid times, as far as can be read, " + Instants.format(timeOf(FIRST_LOST)) + " to "
                        + Instants.format(timeOf(FIRST_LOST + LOST - 1))
                        + "; series, as far as can be read: " + KEYS[0] + ", " + KEYS[1] + "\n"),
                text);
        assertTrue(text.contains("\n  damaged   file="), text);
        assertTrue(text.matches("(?s).*\n  took      [0-9]+\\.[0-9]{3} s"), text);
    }

    /**
     * Writes three points in one frame, and each other point in a frame of its own.
     *
     * @param defining the point before which another series is defined, 0 for none.
     */
    private Path writeAndKill(final int points, final int defining) throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final FlowSeries[] series = new FlowSeries[KEYS.length];
            for (int i = 0; i < KEYS.length; i++) {
                series[i] = engine.defineFlow(SeriesDefinition.flow(KEYS[i], Unit.COUNT, 0));
            }
            for (int i = 0; i < points; i++) {
                if (i > 0 && i == defining) {
                    engine.defineFlow(SeriesDefinition.flow("lost.none", Unit.COUNT, 0));
                }
                final long ticket = KnownPoint.offer(
                        engine.publisher(), series[i % KEYS.length], timeOf(i), 1, knownAt(i), referenceOf(i));
                if (i < FIRST_LOST || i >= FIRST_LOST + LOST - 1) {
                    engine.awaitApplied(ticket);
                }
            }
            return new DamagedDirectory(data)
                    .copyTo(temporary.resolve("killed"))
                    .path();
        }
    }

    /** Damages one byte of the first point of a frame. The other points of the frame stay readable. */
    private static void spoil(final Path segment, final int point, final int offset) throws IOException {
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[frameOffset(segment, point) + FRAME_HEADER_LENGTH + offset] ^= (byte) 0x80;
        Files.write(segment, bytes);
    }

    private static void zero(final Path segment, final int from, final int length) throws IOException {
        final byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, from, from + length, (byte) 0);
        Files.write(segment, bytes);
    }

    /** Returns the offset of the frame with the given first point. */
    private static int frameOffset(final Path segment, final int point) throws IOException {
        final ByteBuffer bytes = read(segment);
        int offset = 0;
        while (bytes.getLong(offset) != referenceOf(point)) {
            offset += Long.BYTES;
        }
        return offset - PointOperation.REFERENCE_OFFSET - FRAME_HEADER_LENGTH;
    }

    private static long firstSequence(final Path segment) throws IOException {
        return read(segment).getLong(SEGMENT_FIRST_SEQUENCE_OFFSET);
    }

    private static ByteBuffer read(final Path segment) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Path segment(final Path directory, final int index) {
        return new DirectoryFiles(directory).log().resolve(String.format("log-%016x.seg", index));
    }

    private static int pointOf(final long sequence) {
        return (int) (sequence - SEQUENCE_OF_FIRST);
    }

    private static String keyOf(final int point) {
        return KEYS[point % KEYS.length];
    }

    private static long referenceOf(final int point) {
        return REFERENCE + point;
    }

    private static long timeOf(final int point) {
        return 10L * point;
    }

    private static long knownAt(final int point) {
        return timeOf(point) + 3;
    }

    private static EngineContext context(final Path directory) {
        return TestContext.stepped(ClockMode.KNOWLEDGE, directory).logSegmentLength(SEGMENT_LENGTH);
    }
}
