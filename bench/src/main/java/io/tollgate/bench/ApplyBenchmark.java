package io.tollgate.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs the engine to take a point from the ring and apply it: admission, tree, three window states. The floor
 * in the same run is what any program must do that keeps sums only: one shared ring of points a series on the heap, and
 * running double sums of count, value and square for the same three windows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class ApplyBenchmark {
    /** The workload, with one point of each series on the ring before each invocation. */
    @State(Scope.Thread)
    public static class FilledRing extends HotWorkload {
        /** Offers the points. */
        @Setup(Level.Invocation)
        public void offer() {
            offerBatch();
        }
    }

    /**
     * Applies one point of each series.
     *
     * @param workload whose engine works, its ring filled before.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(HotWorkload.BATCH)
    public int apply(final FilledRing workload) {
        return workload.applyAll();
    }

    /**
     * Adds one point of each series to running sums.
     *
     * @param floor the sums.
     * @return a sum, so that none is optimised away.
     */
    @Benchmark
    @OperationsPerInvocation(HotWorkload.BATCH)
    public double floor(final HeapFloor floor) {
        return floor.addBatch();
    }
}
