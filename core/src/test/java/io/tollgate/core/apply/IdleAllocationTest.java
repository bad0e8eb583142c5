package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An idle engine forces, preallocates and writes its counters without an allocation. */
class IdleAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The time in which the engine writes its counters three times. */
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int ROUNDS = 12;

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingWhileIdle() {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory.resolve("data")))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            long bytes = bytesOfRound(engine);
            for (int round = 1; round < ROUNDS && bytes > 0; round++) {
                bytes = Math.min(bytes, bytesOfRound(engine));
            }
            assertEquals(0, bytes);
        }
    }

    /** The JVM allocates when it links a call for the first time, so the best of a few rounds counts. */
    private static long bytesOfRound(final Engine engine) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        final long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < ROUND_NS) {
            engine.step();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
