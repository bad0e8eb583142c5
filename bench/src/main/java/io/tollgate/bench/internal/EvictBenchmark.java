package io.tollgate.bench.internal;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.bench.suite.ClusterPoints;
import io.tollgate.bench.suite.PointBenchmark;
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
 * The cost of evicting points. In each series, one point after a gap evicts a cluster of 120 points from all three
 * windows; one operation is one evicted point. The cost of the evicting point itself is included.
 */
public class EvictBenchmark extends PointBenchmark {
    /** Points evicted from all three windows in one invocation. */
    public static final int LEAVING = ClusterPoints.SERIES * ClusterPoints.CLUSTER;

    /** Called by JMH. */
    public EvictBenchmark() {}

    /** The engine, with the first point of each series' next cluster on its ring. */
    @State(Scope.Thread)
    public static class FullWindows {
        /** The kind of all series. */
        @Param({"FLOW", "STEP"})
        public SeriesKind kind;

        public final ClusterPoints points = new ClusterPoints();
        public WorkloadEngine engine;

        /** Called by JMH. */
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

        /** Applies the rest of the last clusters, then offers the evicting points. */
        @Setup(Level.Invocation)
        public void offerPushing() {
            engine.offer(points.rest());
            engine.apply();
            points.next();
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
        private final ClusterPoints points = new ClusterPoints();
        private final RollingWindows windows = new HeapFloor(ClusterPoints.workload());

        /** Called by JMH. */
        public FloorWindows() {}

        /** Fills all windows. */
        @Setup(Level.Trial)
        public void fill() {
            points.next();
            for (int i = 0; i < ClusterPoints.ROUNDS_TO_FILL; i++) {
                windows.addAll(points.pushing());
                addOthers();
            }
        }

        /** Adds the rest of the last clusters. */
        @Setup(Level.Invocation)
        public void addOthers() {
            windows.addAll(points.rest());
            points.next();
        }
    }

    /**
     * Evicts with the engine.
     *
     * @param full windows.
     * @return the work count of the engine.
     */
    @Benchmark
    @OperationsPerInvocation(LEAVING)
    public int evict(final FullWindows full) {
        return full.engine.apply();
    }

    /**
     * Evicts with the floor.
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
