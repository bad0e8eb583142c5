package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Points whose times, values and references contain a frame of the log. The real frames around them lost their length
 * in a kill, or their header in a power failure. An opening removes them as a torn tail, and a recovery does not take
 * their content for a frame.
 */
class ForgedFrameTest {
    private static final int FRAME_HEADER = FrameDescriptor.HEADER_LENGTH;

    /** The part of the frame on a lost page, if the next page begins with the caller's bytes. */
    private static final int BEFORE_CHOSEN = FRAME_HEADER + PointOperation.VALID_TIME_OFFSET;

    @TempDir
    private Path directory;

    private Path data;
    private Path torn;
    private Engine engine;
    private StepSeries series;
    private long firstSequence;
    private int framesBefore;

    @BeforeEach
    void launch() throws IOException {
        data = directory.resolve("data");
        torn = directory.resolve("torn");
        engine = launch(data);
        series = engine.defineStep(SeriesDefinition.step("a", Unit.COUNT, 0));
        KnownPoint.apply(engine, series, 1, 1, 1, 1);
        firstSequence = end(data).nextSequence();
        framesBefore = LogFrame.of(data).size();
    }

    private static Engine launch(final Path path) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, path)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {})); // The opening reports the torn tail.
    }

    private static ReplayResult end(final Path path) {
        return LogReader.replay(new DirectoryFiles(path).logFiles(), 1, (buffer, offset, length, sequence) -> {});
    }

    /** Returns a frame of one record whose words become those of points. */
    private static ByteBuffer frame(final long sequence, final byte[] record) {
        final ByteBuffer frame =
                ByteBuffer.allocate(FRAME_HEADER + record.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(frame.capacity())
                .putInt(0)
                .putLong(sequence)
                .putInt(1)
                .putShort((short) FrameDescriptor.VERSION)
                .putShort((short) 0)
                .put(record);
        final CRC32C crc = new CRC32C();
        crc.update(frame.array());
        return frame.putInt(FrameDescriptor.CRC_OFFSET, (int) crc.getValue());
    }

    /** Offers a point that contains a whole frame, whose record has no field. */
    private void offerFrame(final long sequence) {
        final byte[] record = new byte[OperationDescriptor.HEADER_LENGTH];
        OperationDescriptor.putHeader(
                new UnsafeBuffer(record), 0, OperationDescriptor.PAD, record.length, OperationDescriptor.NO_BATCH);
        final ByteBuffer frame = frame(sequence, record);
        KnownPoint.apply(engine, series, frame.getLong(0), frame.getLong(8), frame.getLong(16), frame.getLong(24));
    }

    /** Offers a point whose end is a frame header. The record of that frame is the next logged point. */
    private void offerHeadBeforeAPoint(final long sequence) {
        final byte[] record = new byte[PointOperation.LENGTH];
        PointOperation.put(
                new UnsafeBuffer(record),
                0,
                OperationDescriptor.POINT,
                OperationDescriptor.NO_BATCH,
                series.number(),
                6,
                7,
                sequence,
                8);
        final ByteBuffer frame = frame(sequence, record);
        KnownPoint.offer(engine.publisher(), series, 5, frame.getLong(0), frame.getLong(8), frame.getLong(16));
        KnownPoint.apply(engine, series, 6, 7, sequence, 8);
    }

    /** Writes a copy and overwrites the first bytes of the frames at its end. */
    private void tear(final int length, final byte with) throws IOException {
        LogFrame.copy(data, torn);
        engine.close();
        final List<LogFrame> frames = LogFrame.of(torn);
        for (final LogFrame frame : frames.subList(framesBefore, frames.size())) {
            final Path file = torn.resolve("log").resolve(frame.file());
            final byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, frame.position(), frame.position() + length, with);
            Files.write(file, bytes);
        }
        new DirectoryFiles(torn).markNotClosed();
    }

    /** Requires that an opening and a recovery remove the frames. */
    private void requireNoPartOfIt() throws IOException {
        final Path recovered = directory.resolve("recovered");
        LogFrame.copy(torn, recovered);
        LostPartTest.recover(recovered);
        for (final Path path : List.of(torn, recovered)) {
            try (Engine opened = launch(path)) {
                assertEquals(1, LostPartTest.count(opened, series), path::toString);
            }
            assertEquals(firstSequence - 1, end(path).lastSequence(), path::toString);
            assertEquals(List.of(), end(path).damages(), path::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "0, true", "1, true"})
    void shouldNotFindAFrameInAPoint(final int ahead, final boolean isPageLost) throws IOException {
        offerFrame(firstSequence + ahead);
        tear(isPageLost ? BEFORE_CHOSEN : Integer.BYTES, (byte) 0);
        requireNoPartOfIt();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotFindAFrameInConsecutivePoints(final int ahead) throws IOException {
        offerHeadBeforeAPoint(firstSequence + ahead);
        assertEquals(framesBefore + 1, LogFrame.of(data).size(), "both are in one frame");
        tear(Integer.BYTES, (byte) 0);
        requireNoPartOfIt();
    }

    /**
     * The first words of the frames mark them as no frames. An opening was stopped after it had written these words.
     */
    @Test
    void shouldNotFindAFrameInFramesMarkedAsNone() throws IOException {
        offerHeadBeforeAPoint(firstSequence);
        offerHeadBeforeAPoint(firstSequence + 10);
        assertEquals(framesBefore + 2, LogFrame.of(data).size());
        tear(Long.BYTES, (byte) FrameDescriptor.NO_FRAME);
        requireNoPartOfIt();
    }

    /** In intact frames the same points are ordinary points. */
    @Test
    void shouldTakeThePointsForPoints() throws IOException {
        offerFrame(firstSequence);
        offerHeadBeforeAPoint(firstSequence + (1L << 40));
        LogFrame.copy(data, torn);
        engine.close();
        try (Engine opened = launch(torn)) {
            // One of the four points has a time far away.
            assertEquals(3, LostPartTest.count(opened, series));
        }
        assertEquals(firstSequence + 2, end(torn).lastSequence());
    }
}
