package io.tollgate.bench.suite;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.DequeHeap;
import io.tollgate.examples.heap.ExactFloor;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.heap.RollingWindows;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of applying a point, from the ring to published metrics: admission, log, tree, three window states. The
 * floor, hand-written windows and deques take the same points without ring and log.
 */
public class ApplyBenchmark extends PointBenchmark {
    /** Called by JMH. */
    public ApplyBenchmark() {}

    /** The engine, with a batch on its ring before each invocation. */
    public static class FilledRing extends EngineLoad {
        /** The workload; in W4, which is otherwise W1, each point is pending for an hour. */
        @Param({"W1", "W2", "W3", "W4"})
        public String workload;

        private PointBatch batch;

        /** Called by JMH. */
        public FilledRing() {}

        @Override
        protected String workload() {
            return workload;
        }

        /** Offers a batch. */
        @Setup(Level.Invocation)
        public void offerNext() {
            batch = draw();
            offer();
        }

        /** Applies the batch, then reads all windows of the series of each of its points at the clock of the engine. */
        private double applyAndRead() {
            double blend = engine.apply();
            final long nowNs = nowNs();
            for (int i = 0; i < batch.length(); i++) {
                blend += readAll(batch.series[i], nowNs);
            }
            return blend;
        }
    }

    /** The engine, and the next batch, drawn before each invocation. */
    public static class EmptyRing extends EngineLoad {
        /** The workload. */
        @Param({"W1", "W2", "W3", "W4"})
        public String workload;

        /** Made by JMH. */
        public EmptyRing() {}

        @Override
        protected String workload() {
            return workload;
        }

        /** Draws the next batch. */
        @Setup(Level.Invocation)
        public void drawNext() {
            draw();
        }

        private int offerAndApply() {
            offer();
            return engine.apply();
        }
    }

    /** Windows on the heap. */
    public abstract static class Heap extends HeapLoad {
        /** The workload; W4 equals W1 here, because windows on the heap have no pending points. */
        @Param({"W1", "W2", "W3", "W4"})
        public String workload;

        /**
         * For the subclasses below.
         *
         * @param factory creates the windows, empty.
         */
        protected Heap(final Function<Workload, RollingWindows> factory) {
            super(factory);
        }

        @Override
        protected String workload() {
            return workload;
        }
    }

    /** The floor. */
    public static class Floor extends Heap {
        /** Called by JMH. */
        public Floor() {
            super(HeapFloor::new);
        }
    }

    /** The floor with exact sums. */
    public static class Exact extends Heap {
        /** Called by JMH. */
        public Exact() {
            super(ExactFloor::new);
        }
    }

    /** Carefully hand-written windows. */
    public static class Careful extends Heap {
        /** Called by JMH. */
        public Careful() {
            super(CarefulHeap::new);
        }
    }

    /** Carefully hand-written windows with exact sums. */
    public static class CarefulExact extends Heap {
        /** Called by JMH. */
        public CarefulExact() {
            super(CarefulHeap::exact);
        }
    }

    /** Simple windows of deques. */
    public static class Deques extends Heap {
        /** Called by JMH. */
        public Deques() {
            super(DequeHeap::new);
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
    public int apply(final FilledRing load) {
        return load.engine.apply();
    }

    /**
     * The way of a program with one thread: the points of a batch are offered, and then applied.
     *
     * @param load an empty ring.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int offerAndApply(final EmptyRing load) {
        return load.offerAndApply();
    }

    /**
     * The engine, and behind each batch all six metrics of the three windows of the series of each point.
     *
     * @param load a full ring.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double applyAndRead(final FilledRing load) {
        return load.applyAndRead();
    }

    /**
     * Adds the batch to the floor.
     *
     * @param load the next batch.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public RollingWindows floor(final Floor load) {
        return load.addAll();
    }

    /**
     * Adds the batch to the floor with exact sums: the price of exactness for sums kept for each window.
     *
     * @param load the next batch.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public RollingWindows exact(final Exact load) {
        return load.addAll();
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

    /**
     * Adds the batch to hand-written windows with exact sums. All metrics are as correct as the engine's; other
     * features are missing.
     *
     * @param load the next batch.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public RollingWindows carefulExact(final CarefulExact load) {
        return load.addAll();
    }

    /**
     * Adds the batch to windows of deques.
     *
     * @param load the next batch.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public RollingWindows deques(final Deques load) {
        return load.addAll();
    }

    /**
     * Adds the batch to the floor, and after each point reads count, sum, mean and sd of its three windows.
     *
     * @param load the next batch.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double floorAndRead(final Floor load) {
        return load.addAndReadAll();
    }

    /**
     * Adds the batch to hand-written windows, and after each point reads all six metrics of its three windows.
     *
     * @param load the next batch.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double carefulAndRead(final Careful load) {
        return load.addAndReadAll();
    }
}
