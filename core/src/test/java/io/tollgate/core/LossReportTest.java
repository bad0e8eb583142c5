package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recovery says of a loss that is known to the last detail. */
class LossReportTest {
    private static final int POINTS = 30;
    private static final int FIRST_LOST = 10;
    private static final int LOST = 3;
    private static final long REFERENCE = 0x7123_4567_89AB_CDEFL;

    /** Behind the mode of the clock and two definitions. */
    private static final int SEQUENCE_OF_FIRST = 4;

    private static final String[] KEYS = {"lost.first", "lost.second"};

    @TempDir
    private Path temporary;

    @Test
    void shouldNameSequencesSeriesTimesAndDuration() throws IOException {
        final Path killed = writeAndKill();
        damage(killed);
        final long startNs = System.nanoTime();
        final RecoveryReport report = DirectoryRecovery.recover(context(killed));
        final long tookNs = System.nanoTime() - startNs;

        assertTrue(report.durationNs() > 0 && report.durationNs() <= tookNs, () -> "tookNs=" + tookNs + " " + report);
        assertEquals(KEYS.length, report.seriesCount());
        assertEquals(0, report.orphanedCount());
        final RecoveryReport.Shard shard = report.shards().get(0);
        final int first = SEQUENCE_OF_FIRST + FIRST_LOST;
        final int last = SEQUENCE_OF_FIRST + POINTS - 1;
        final Loss loss = new Loss(
                0,
                first,
                first + LOST - 1,
                true,
                false,
                knownAt(FIRST_LOST - 1),
                knownAt(FIRST_LOST + LOST),
                timeOf(FIRST_LOST),
                timeOf(FIRST_LOST + LOST - 1),
                List.of(KEYS));
        assertEquals(List.of(loss), shard.losses());
        assertEquals(RecoveryReport.Condition.DAMAGED, shard.condition());
        assertEquals(last - LOST, shard.records());
        assertEquals(1, shard.firstSequence());
        assertEquals(last, shard.lastSequence());
        assertEquals(1, shard.damages().size());
        requireText(report, first);
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            assertEquals(POINTS / 2 - 2, PointCount.of(engine, KEYS[0]));
            assertEquals(POINTS / 2 - 1, PointCount.of(engine, KEYS[1]));
        }
    }

    private static void requireText(final RecoveryReport report, final int first) {
        final String text = String.join("\n", report.lines());
        assertTrue(
                text.contains("  lost      shard=0 sequences=" + first + ".." + (first + LOST - 1)
                        + " count=3, acknowledged; knowledge times from " + Instants.format(knownAt(FIRST_LOST - 1))
                        + " to " + Instants.format(knownAt(FIRST_LOST + LOST))
                        + "; valid times, as far as can be read, " + Instants.format(timeOf(FIRST_LOST)) + " to "
                        + Instants.format(timeOf(FIRST_LOST + LOST - 1))
                        + "; series, as far as can be read: " + KEYS[0] + ", " + KEYS[1] + "\n"),
                text);
        assertTrue(text.contains("\n  repaired  file="), text);
        assertTrue(text.contains("\n  kept      the damaged log in "), text);
        assertTrue(text.matches("(?s).*\n  took      [0-9]+\\.[0-9]{3} s"), text);
    }

    /** Three points in one frame, each of the others in one of its own. */
    private Path writeAndKill() throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final FlowSeries[] series = new FlowSeries[KEYS.length];
            for (int i = 0; i < KEYS.length; i++) {
                series[i] = engine.defineFlow(SeriesDefinition.flow(KEYS[i], Unit.COUNT, 0));
            }
            for (int i = 0; i < POINTS; i++) {
                final long ticket = engine.publisher()
                        .offer(series[i % KEYS.length], timeOf(i), 1, knownAt(i), REFERENCE + i - FIRST_LOST);
                if (i < FIRST_LOST || i >= FIRST_LOST + LOST - 1) {
                    engine.awaitApplied(ticket);
                }
            }
            return new DamagedDirectory(data)
                    .copyTo(temporary.resolve("killed"))
                    .path();
        }
    }

    /** Spoils the reference of the first point that is to be lost: the rest of its frame can be read. */
    private static void damage(final Path directory) throws IOException {
        final Path segment = directory.resolve("shard-0/log/log-0000000000000000.seg");
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
        int offset = 0;
        while (bytes.getLong(offset) != REFERENCE) {
            offset += Long.BYTES;
        }
        Files.write(segment, bytes.putLong(offset, 0).array());
    }

    private static long timeOf(final int point) {
        return 10L * point;
    }

    private static long knownAt(final int point) {
        return timeOf(point) + 3;
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .clockMode(ClockMode.KNOWLEDGE)
                .stepped(true)
                .directory(directory)
                .logSegmentLength(1 << 16);
    }
}
