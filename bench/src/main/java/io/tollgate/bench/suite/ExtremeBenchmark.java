package io.tollgate.bench.suite;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.RollingWindows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * What it costs when what leaves is the maximum, each time, so that it must be found anew in each of three windows: the
 * engine does so from the tree's summaries, hand-written windows from monotonic queues, which then hold every point.
 */
public class ExtremeBenchmark extends PointBenchmark {
    private static final String FALLING = "W5:100";

    /** Made by JMH. */
    public ExtremeBenchmark() {}

    /** The engine, with falling values on its ring. */
    public static class Falling extends EngineLoad {
        /** Made by JMH. */
        public Falling() {}

        @Override
        protected String workload() {
            return FALLING;
        }

        /** Offers a batch. */
        @Setup(Level.Invocation)
        public void offerNext() {
            draw();
            offer();
        }
    }

    /** Hand-written windows. */
    public static class Careful extends HeapLoad {
        /** Made by JMH. */
        public Careful() {
            super(CarefulHeap::new);
        }

        @Override
        protected String workload() {
            return FALLING;
        }
    }

    /**
     * The engine.
     *
     * @param load a full ring.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int extremeLeaves(final Falling load) {
        return load.engine.apply();
    }

    /**
     * Hand-written windows.
     *
     * @param load the next batch.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public RollingWindows careful(final Careful load) {
        return load.addAll();
    }
}
