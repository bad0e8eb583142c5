package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What it costs to restate a point that lies inside three windows, from the ring to published metrics: its version goes
 * into the history, and the value into the tree and the states. Beside it the point that comes in order.
 */
public class RevisionBenchmark extends PointBenchmark {
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

    /** Before each invocation new points that are applied, and other values for them on the ring. */
    public static class Revisions extends Load {
        /** Made by JMH. */
        public Revisions() {}

        /** Offers a batch, applies it, and offers its points with other values. */
        @Setup(Level.Invocation)
        public void offerAgain() {
            final PointBatch batch = draw();
            offer();
            engine.apply();
            for (int i = 0; i < batch.length(); i++) {
                batch.scaled[i]++;
            }
            offer();
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
