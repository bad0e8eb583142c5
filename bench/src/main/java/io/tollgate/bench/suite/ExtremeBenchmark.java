package io.tollgate.bench.suite;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.RollingWindows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of a point if the evicted point is always the maximum, so that the maximum of three windows must be found
 * again. The engine uses the summaries of the tree. Hand-written windows use monotonic queues, which then contain every
 * point.
 */
public class ExtremeBenchmark extends PointBenchmark {
    private static final String FALLING = "W5:100";

    /** Called by JMH. */
    public ExtremeBenchmark() {}

    /** The engine, with falling values on its ring. */
    public static class Falling extends EngineLoad {
        /** Called by JMH. */
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
        /** Called by JMH. */
        public Careful() {
            super(CarefulHeap::new);
        }

        @Override
        protected String workload() {
            return FALLING;
        }
    }

    /**
     * Applies the batch with the engine.
     *
     * @param load a full ring.
     * @return the work count of the engine.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int extremeLeaves(final Falling load) {
        return load.engine.apply();
    }

    /**
     * Adds the batch to hand-written windows.
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
