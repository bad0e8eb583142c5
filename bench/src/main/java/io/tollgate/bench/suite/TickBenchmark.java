package io.tollgate.bench.suite;

import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of one update with all its metrics to a program that reacts to each point. One tick applies a point and then
 * reads count, sum, mean, sd, min and max of the three windows of its series, at the clock of the engine. On the same
 * points, {@link ApplyBenchmark#carefulAndRead} and {@link ApplyBenchmark#floorAndRead} do the same on the heap.
 */
public class TickBenchmark extends PointBenchmark {
    /** Made by JMH. */
    public TickBenchmark() {}

    /** The engine, and the next points, drawn before each invocation. */
    public static class Stepped extends FilledEngine {
        private static final int WINDOW_COUNT = 3;

        /** The workload. */
        @Param({"W1", "W2", "W3"})
        public String workload;

        /** The durability of the engine. */
        @Param({"IN_MEMORY", "NONE"})
        public Durability durability;

        private PointBatch batch;

        /** Made by JMH. */
        public Stepped() {}

        @Override
        protected String workload() {
            return workload;
        }

        @Override
        protected Durability durability() {
            return durability;
        }

        @Override
        protected int windowCount() {
            return WINDOW_COUNT;
        }

        /** Draws the next points. */
        @Setup(Level.Invocation)
        public void drawNext() {
            batch = draw();
        }

        private double ticks() {
            double blend = 0;
            for (int i = 0; i < BATCH; i++) {
                engine.apply(batch, i);
                blend += readAll(batch.series[i], nowNs());
            }
            return blend;
        }

        private double ticksByNumber() {
            double blend = 0;
            for (int i = 0; i < BATCH; i++) {
                engine.applyByNumber(batch, i);
                blend += readAllByNumber(batch.series[i], nowNs());
            }
            return blend;
        }

        private double ticksOffered() {
            double blend = 0;
            for (int i = 0; i < BATCH; i++) {
                engine.offer(batch, i);
                engine.engine().step();
                blend += readAll(batch.series[i], nowNs());
            }
            return blend;
        }
    }

    /**
     * Each point is applied at once, and its metrics are read.
     *
     * @param stepped the engine.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double tick(final Stepped stepped) {
        return stepped.ticks();
    }

    /**
     * The same by the numbers of the series, which a program with very many series keeps in place of their handles.
     *
     * @param stepped the engine.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double tickByNumber(final Stepped stepped) {
        return stepped.ticksByNumber();
    }

    /**
     * The way over the ring: each point is offered, the engine is stepped, and the metrics are read.
     *
     * @param stepped the engine.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double tickOffered(final Stepped stepped) {
        return stepped.ticksOffered();
    }
}
