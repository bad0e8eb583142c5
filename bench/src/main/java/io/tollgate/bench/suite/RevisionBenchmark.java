package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of restating a point inside three windows, from the ring to published metrics. The old version goes to the
 * history; the new value goes to the tree and the window states. Some newer points follow the restated one, because the
 * states take in the newest points only later. The reference is a point in order.
 */
public class RevisionBenchmark extends PointBenchmark {
    private static final int BATCHES_BETWEEN = 8;

    /** Called by JMH. */
    public RevisionBenchmark() {}

    /**
     * The engine. Its points are identified by their instants, so a different value at the same instant is a revision.
     */
    public abstract static class Load extends EngineLoad {
        /** The workload. */
        @Param("W1")
        public String workload;

        /** For the two subclasses. */
        protected Load() {}

        @Override
        protected String workload() {
            return workload;
        }
    }

    /** New points on the ring before each invocation. */
    public static class NewPoints extends Load {
        /** Called by JMH. */
        public NewPoints() {}

        /** Offers a batch. */
        @Setup(Level.Invocation)
        public void offerNext() {
            draw();
            offer();
        }
    }

    /** Before each invocation, applies new points and offers other values for earlier ones. */
    public static class Revisions extends Load {
        private final PointBatch[] earlier = new PointBatch[BATCHES_BETWEEN];
        private PointBatch next = new PointBatch(BATCH);
        private int oldest;

        /** Called by JMH. */
        public Revisions() {}

        /** Applies the first batches, to be restated later. */
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
     * Applies restated points.
     *
     * @param load a full ring.
     * @return the work count of the engine.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int revise(final Revisions load) {
        return load.engine.apply();
    }

    /**
     * Applies points in order.
     *
     * @param load a full ring.
     * @return the work count of the engine.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int append(final NewPoints load) {
        return load.engine.apply();
    }
}
