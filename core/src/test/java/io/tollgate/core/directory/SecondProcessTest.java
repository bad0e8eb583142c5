package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.Acknowledged;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.open.KilledWriterTest;
import io.tollgate.core.report.DirectoryState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This process reads while another one writes events, batches, revisions and withdrawals, and after that one was
 * killed. The answers must equal those of an engine with the same points.
 */
class SecondProcessTest {
    private static final int LANES = 4;
    private static final int POLL_MS = 5;
    private static final int MAX_START_MS = 60_000;
    private static final long END_NS = 1L << 40;
    private static final Window ALL = Window.slidingNs(END_NS + 1);
    private static final Metric[] METRICS = {
        Metric.COUNT, Metric.SUM, Metric.MEAN, Metric.VARIANCE, Metric.MIN, Metric.MAX, Metric.FIRST, Metric.LAST
    };

    @TempDir
    private Path temporary;

    private final long[] last = new long[LANES];
    private int readCount;

    @Test
    void shouldReadWhatAnotherProcessWrites() throws Exception {
        read(true, 2);
    }

    @Test
    @Tag("ci")
    void shouldReadWhatManyProcessesWrite() throws Exception {
        read(true, 12);
        read(false, 12);
    }

    private void read(final boolean isAutomatic, final int reads) throws Exception {
        Arrays.fill(last, 0);
        readCount = 0;
        final Path directory = Files.createTempDirectory(temporary, "data");
        final Path output = temporary.resolve("output");
        final Process process = KilledWriterTest.write(directory, isAutomatic, output);
        try {
            for (int ms = 0; Files.size(output) == 0 && ms < MAX_START_MS; ms += POLL_MS) {
                assertFalse(process.waitFor(POLL_MS, TimeUnit.MILLISECONDS), "the process ended by itself");
            }
            try (DirectoryView view = DirectoryView.open(directory);
                    Engine twin = TollgateEngine.launch(Lanes.context().threadingMode(ThreadingMode.STEPPED))) {
                final Lanes lanes = new Lanes(twin, LANES);
                for (int i = 0; i < reads; i++) {
                    for (int lane = 0; lane < LANES; lane++) {
                        readNow(view, lanes, twin, lane);
                        readThen(view, lanes, twin, lane);
                    }
                }
                assertTrue(readCount > reads, "readCount=" + readCount);
                assertEquals(DirectoryState.OPEN, view.state());
                process.destroyForcibly().waitFor();
                assertEquals(DirectoryState.NOT_CLOSED, view.state());
                readAfterDeath(view, output);
                // A view that is opened only now reads the same.
                try (DirectoryView late = DirectoryView.open(directory)) {
                    readAfterDeath(late, output);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Reads the effective events. A reading shows one state, and its count identifies that state. */
    private void readNow(final DirectoryView view, final Lanes lanes, final Engine twin, final int lane) {
        final Series series =
                view.find((lane % 2 == 0 ? "lane." : "count.") + lane).orElse(null);
        if (series == null) {
            return;
        }
        final TestReader reader = new TestReader(view.newReader());
        final WindowReading reading = reader.newReading(METRICS);
        reader.read(series, ALL, END_NS, reading);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return;
        }
        final long number = reading.count();
        assertTrue(number >= last[lane], "lane=" + lane + " found=" + number + " before=" + last[lane]);
        lanes.feed(lane, last[lane], number);
        last[lane] = number;
        final TestReader twinReader = new TestReader(twin.newReader());
        final WindowReading expected = twinReader.newReading(METRICS);
        twinReader.read(twin.series().find(series.key()).orElseThrow(), ALL, END_NS, expected);
        for (final Metric metric : METRICS) {
            assertEquals(expected.status(metric), reading.status(metric), series.key() + " " + metric.text());
            if (expected.status(metric).hasValue()) {
                assertEquals(expected.value(metric), reading.value(metric), series.key() + " " + metric.text());
            }
        }
        readCount++;
    }

    /** Reads all metrics as known at the last seen operation, while the other process is far ahead. */
    private void readThen(final DirectoryView view, final Lanes lanes, final Engine twin, final int lane) {
        final long number = last[lane];
        if (number == 0) {
            return;
        }
        final String key = "lane." + lane;
        final List<String> found = Lanes.answers(
                new TestReader(view.newReader()), view.find(key).orElseThrow(), number, Lanes.knownBefore(number));
        final List<String> expected = Lanes.answers(
                new TestReader(twin.newReader()),
                twin.series().find(key).orElseThrow(),
                number,
                Lanes.knownBefore(number));
        for (int i = 0; i < expected.size(); i++) {
            if (!found.get(i).contains("CONTENDED")) {
                assertEquals(expected.get(i), found.get(i), key + " number=" + number);
            }
        }
    }

    /**
     * After the kill the state is constant. All acknowledged operations are present, and all answers show one state. At
     * most one lane was being changed at the kill, and only that lane is CONTENDED.
     */
    private void readAfterDeath(final DirectoryView view, final Path output) throws Exception {
        final long acknowledged = Acknowledged.in(output).operations();
        final TestReader reader = new TestReader(view.newReader());
        final int[] whole = IntStream.range(0, LANES)
                .filter(lane -> !isContended(view, reader, "lane." + lane)
                        && (lane % 2 == 0 || !isContended(view, reader, "count." + lane)))
                .toArray();
        assertTrue(whole.length >= LANES - 1, "whole=" + Arrays.toString(whole));
        for (final int lane : whole) {
            final long number = Lanes.numberIn(view::find, reader, lane);
            assertTrue(number >= acknowledged, "lane=" + lane + " found=" + number + " acknowledged=" + acknowledged);
        }
        Lanes.requireSame(view::find, reader, whole, "after the death");
        assertTrue(view.now().isPresent());
        assertTrue(view.now().getAsLong() > Instants.MIN);
    }

    private static boolean isContended(final DirectoryView view, final TestReader reader, final String key) {
        final WindowReading reading = reader.newReading(METRICS);
        reader.read(view.find(key).orElseThrow(), ALL, END_NS, reading);
        return reading.status(Metric.COUNT) == Status.CONTENDED;
    }
}
