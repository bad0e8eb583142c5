package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What it costs to restate a point that lies inside three windows, from the ring to published metrics: its version goes
 * into the history, and the value into the tree and the states. Some points came after it, as the states take in the
 * newest ones by and by. Beside it the point that comes in order.
 */
public class RevisionBenchmark extends PointBenchmark {
    private static final int BATCHES_BETWEEN = 8;

    /** Made by JMH. */
    public RevisionBenchmark() {}

    /** The engine; its points are identified by their instants, so another value at one of them is a revision. */
    public abstract static class Load extends EngineLoad {
        /** The workload. */
        @Param("W1")
        public String workload;

        /** For the two of them. */
        protected Load() {}

        @Override
        protected String workload() {
            return workload;
        }
    }

    /** New points on the ring before each invocation. */
    public static class NewPoints extends Load {
        /** Made by JMH. */
        public NewPoints() {}

        /** Offers a batch. */
        @Setup(Level.Invocation)
        public void offerNext() {
            draw();
            offer();
        }
    }

    /** Before each invocation new points that are applied, and other values for earlier ones on the ring. */
    public static class Revisions extends Load {
        private final PointBatch[] earlier = new PointBatch[BATCHES_BETWEEN];
        private PointBatch next = new PointBatch(BATCH);
        private int oldest;

        /** Made by JMH. */
        public Revisions() {}

        /** Applies the first batches that are to be restated. */
        @Setup(Level.Trial)
        public void applyFirst() {
            for (int i = 0; i < earlier.length; i++) {
                earlier[i] = new PointBatch(BATCH);
                apply(earlier[i]);
            }
        }

        private void apply(final PointBatch batch) {
            draw(batch);
            engine.offer(batch);
            engine.apply();
        }

        /** Applies a batch, and offers the points of an earlier one with other values. */
        @Setup(Level.Invocation)
        public void offerEarlier() {
            apply(next);
            final PointBatch restated = earlier[oldest];
            for (int i = 0; i < restated.length(); i++) {
                restated.scaled[i]++;
            }
            engine.offer(restated);
            earlier[oldest] = next;
            next = restated;
            oldest = (oldest + 1) % earlier.length;
        }
    }

    /**
     * Points that are restated.
     *
     * @param load a full ring.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int revise(final Revisions load) {
        return load.engine.apply();
    }

    /**
     * Points that come in order.
     *
     * @param load a full ring.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int append(final NewPoints load) {
        return load.engine.apply();
    }
}
