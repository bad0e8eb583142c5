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

/** What it costs a producer to offer a point: claim, write and commit a record on the ring. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class OfferBenchmark {
    /** The workload, with an empty ring before each invocation. */
    @State(Scope.Thread)
    public static class EmptyRing extends HotWorkload {
        /** Lets the engine take what the invocation before has offered. */
        @Setup(Level.Invocation)
        public void drain() {
            applyAll();
        }
    }

    /**
     * Offers one point of each series.
     *
     * @param workload to offer from, its ring emptied before.
     * @return the last ticket.
     */
    @Benchmark
    @OperationsPerInvocation(HotWorkload.BATCH)
    public long offer(final EmptyRing workload) {
        return workload.offerBatch();
    }
}
