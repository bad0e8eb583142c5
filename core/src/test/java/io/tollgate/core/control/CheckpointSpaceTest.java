package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint first checks for as much disk space as it takes, which excludes preallocated space of the store. */
class CheckpointSpaceTest {
    private static final Pattern EXPECTED = Pattern.compile("expected (\\d+) for a checkpoint");
    private static final int SEGMENT_LENGTH = 1 << 16;

    @TempDir
    private Path temporary;

    private long usableBytes;

    /** The store has just made its third map of blocks, which is larger than the others. */
    @Test
    void shouldCheckForTheSpaceThatItTakes() throws IOException {
        final HookedFiles files = new HookedFiles() {
            @Override
            public long usableBytes(final Path directory) {
                return usableBytes;
            }
        };
        try (Engine engine = TollgateEngine.launch(
                InjectedFiles.inject(TestContext.of(ClockMode.EVENT).directory(temporary.resolve("data")), files)
                        .logSegmentLength(SEGMENT_LENGTH)
                        .threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            int count = 0;
            for (final int until : new int[] {85_000, 90_000, 120_000}) {
                long ticket = 0;
                while (count < until) {
                    ticket = engine.publisher().offer(events, count++, 1);
                    if (count % 100 == 0) {
                        engine.awaitApplied(ticket);
                    }
                }
                requireSpaceAsTaken(engine, "points=" + until);
            }
        }
    }

    private void requireSpaceAsTaken(final Engine engine, final String context) throws IOException {
        usableBytes = 0;
        final long expected = expectedBytes(assertThrows(UncheckedIOException.class, engine.admin()::checkpoint));
        usableBytes = expected - 1;
        assertEquals(expected, expectedBytes(assertThrows(UncheckedIOException.class, engine.admin()::checkpoint)));
        usableBytes = expected;
        engine.admin().checkpoint();
        final long asked = expected - 2 * SEGMENT_LENGTH;
        final long taken = takenBytes(new DirectoryFiles(temporary.resolve("data")).checkpoint());
        final String message = context + " asked=" + asked + " taken=" + taken;
        assertTrue(asked >= taken, message);
        assertTrue(asked <= taken + taken / 8, message);
    }

    private static long expectedBytes(final UncheckedIOException refusal) {
        final Matcher matcher = EXPECTED.matcher(refusal.getCause().getMessage());
        assertTrue(matcher.find(), refusal::toString);
        return Long.parseLong(matcher.group(1));
    }

    /** Returns the disk space of the files, according to the operating system. */
    private static long takenBytes(final Path directory) throws IOException {
        final Process process = new ProcessBuilder("du", "-s", "-B1", directory.toString()).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(said.split("\\s+")[0]);
    }
}
