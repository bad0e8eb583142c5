package io.tollgate.bench.suite;

import io.tollgate.bench.machine.JvmFlags;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How all benchmarks run: time of one operation, mostly one point, where each invocation handles a batch of them.
 * Iterations are short, because what fills the windows before has warmed the code up, and each point stays in memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            JvmFlags.LANG,
            JvmFlags.REFLECT,
            JvmFlags.NIO,
            JvmFlags.MISC,
            JvmFlags.NO_BOUNDS_CHECKS,
            JvmFlags.HEAP
        })
public abstract class PointBenchmark {
    /** Points of one batch: what a benchmark offers or applies in one invocation. */
    public static final int BATCH = 1_000;

    /** For the benchmarks of this package. */
    protected PointBenchmark() {}
}
