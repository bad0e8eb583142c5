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
 * Common settings of all benchmarks. The result is the time of one operation, usually one point; each invocation
 * handles a batch. Iterations are short: filling the windows has already warmed up the code, and every point stays in
 * memory.
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
    /** Points in one batch, which a benchmark offers or applies in one invocation. */
    public static final int BATCH = 1_000;

    /** For the benchmarks of this package. */
    protected PointBenchmark() {}
}
