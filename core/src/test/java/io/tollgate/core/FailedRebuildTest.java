package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery whose engine fails while it makes the store anew, or is closed: a loss is told by one that does not. */
class FailedRebuildTest {
    private static final int POINTS = 40;

    @TempDir
    private Path temporary;

    /** What it has rebuilt fails before it is closed: its clock does, from some call on. */
    @Test
    void shouldTellNothingUnlessItHasClosedWhatItHasRebuilt() throws IOException {
        final Path killed = temporary.resolve("killed");
        final EngineContext ofSystem =
                DamagedDirectory.context(temporary.resolve("open")).clockMode(ClockMode.SYSTEM);
        try (Engine engine = TollgateEngine.launch(ofSystem)) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int i = 0; i < POINTS; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, 1));
            }
            new DamagedDirectory(temporary.resolve("open")).copyTo(killed);
        }
        final Path segment = killed.resolve("shard-0/log").resolve("log-0000000000000000.seg");
        FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        int failures = 0;
        int closes = 0;
        for (boolean hasFailed = true; hasFailed; ) {
            final Path directory = new DamagedDirectory(killed)
                    .copyTo(temporary.resolve("failing-" + failures))
                    .path();
            final AtomicInteger left = new AtomicInteger(failures);
            final EngineContext failing =
                    DamagedDirectory.context(directory).clock(() -> nowUnlessNegative(left.decrementAndGet()));
            try {
                DirectoryRecovery.recover(failing);
                hasFailed = left.get() < 0;
                assertFalse(hasFailed, "told after " + failures);
            } catch (final IllegalStateException | UncheckedIOException e) {
                failures++;
                closes += isOfItsClose(e) ? 1 : 0;
                assertTrue(
                        DirectoryRecovery.recover(DamagedDirectory.context(directory))
                                .isPromiseBroken(),
                        e::toString);
            }
        }
        assertTrue(closes > 0 && failures > closes, "failures=" + failures + " closes=" + closes);
    }

    private static boolean isOfItsClose(final RuntimeException e) {
        if (!e.getMessage().contains("was rebuilt and not closed")) {
            return false;
        }
        assertTrue(e.getCause().getMessage().contains("planted"), e.getCause()::toString);
        return true;
    }

    private static long nowUnlessNegative(final int left) {
        if (left < 0) {
            throw new IllegalStateException("planted");
        }
        return System.currentTimeMillis() * 1_000_000;
    }
}
