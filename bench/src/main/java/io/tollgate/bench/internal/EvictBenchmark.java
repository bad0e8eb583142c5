package io.tollgate.bench.internal;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.bench.suite.ClusterPoints;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.core.window.WindowStates;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.heap.RollingWindows;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.WorkloadEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs when points leave: one operation is one of 120 points that one behind a gap pushes out of all three
 * windows. The engine's states move with each fourth point of a series, so of a cluster it is the fourth that pushes;
 * of the floor, which takes them out of its sums, it is the first. That point itself is measured with what it pushes
 * out.
 */
public class EvictBenchmark extends PointBenchmark {
    /** Points that leave in one invocation, each of them all three windows. */
    public static final int LEAVING = ClusterPoints.SERIES * ClusterPoints.CLUSTER;

    /** Made by JMH. */
    public EvictBenchmark() {}

    /** The engine, with the fourth point of each series' next cluster on its ring. */
    @State(Scope.Thread)
    public static class FullWindows {
        /** The kind of all series. */
        @Param({"FLOW", "STEP"})
        public SeriesKind kind;

        public final ClusterPoints points = new ClusterPoints(WindowStates.GROUP_LENGTH - 1);
        public WorkloadEngine engine;

        /** Made by JMH. */
        public FullWindows() {}

        /** Fills all windows. */
        @Setup(Level.Trial)
        public void open() {
            engine = new WorkloadEngine(ClusterPoints.workload(), kind, Durability.NONE);
            points.next();
            for (int i = 0; i < ClusterPoints.ROUNDS_TO_FILL; i++) {
                offerPushing();
                engine.apply();
            }
        }

        /** Applies the rest of the last clusters and the first points of the next ones, and offers those that push. */
        @Setup(Level.Invocation)
        public void offerPushing() {
            engine.offer(points.rest());
            points.next();
            engine.offer(points.before());
            engine.apply();
            engine.offer(points.pushing());
        }

        /** Closes the engine. */
        @TearDown(Level.Trial)
        public void close() {
            engine.close();
        }
    }

    /** The floor, before the first point of each series' next cluster. */
    @State(Scope.Thread)
    public static class FloorWindows {
        private final ClusterPoints points = new ClusterPoints(0);
        private final RollingWindows windows = new HeapFloor(ClusterPoints.workload());

        /** Made by JMH. */
        public FloorWindows() {}

        /** Fills all windows. */
        @Setup(Level.Trial)
        public void fill() {
            points.next();
            for (int i = 0; i < ClusterPoints.ROUNDS_TO_FILL; i++) {
                windows.addAll(points.pushing());
                addRest();
            }
        }

        /** Adds the rest of the last clusters. */
        @Setup(Level.Invocation)
        public void addRest() {
            windows.addAll(points.rest());
            points.next();
        }
    }

    /**
     * The engine.
     *
     * @param full windows.
     * @return how much was done.
     */
    @Benchmark
    @OperationsPerInvocation(LEAVING)
    public int evict(final FullWindows full) {
        return full.engine.apply();
    }

    /**
     * The floor.
     *
     * @param full windows.
     * @return the windows.
     */
    @Benchmark
    @OperationsPerInvocation(LEAVING)
    public RollingWindows floor(final FloorWindows full) {
        full.windows.addAll(full.points.pushing());
        return full.windows;
    }
}
