package io.tollgate.bench.suite;

import io.tollgate.api.SeriesKind;
import io.tollgate.core.EngineContext;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
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
 * What a point costs from the ring to published metrics where one or two shards apply at once, each on a thread
 * that never rests: there must be as many processors free. The floor divides the same points among as many threads
 * that share nothing. {@link ApplyBenchmark} has the same for an engine that is stepped.
 */
public class ShardBenchmark extends PointBenchmark {
    /** Points of one invocation: many, so that starting and awaiting the threads does not count. */
    public static final int POINTS = 20_000;

    private static final int RING_LENGTH = 1 << 22;

    /** Made by JMH. */
    public ShardBenchmark() {}

    /** The engine, with points on its rings before each invocation. */
    @State(Scope.Thread)
    public static class FilledRings {
        /** The workload. */
        @Param({"W1", "W2", "W3"})
        public String workload;

        /** Of all series. */
        @Param({"FLOW", "STEP"})
        public SeriesKind kind;

        /** How many shards. */
        @Param({"1", "2"})
        public int shardCount;

        /** When the log is forced, as {@link io.tollgate.api.Durability#parse(String)} reads it; NONE, INTERVAL:10. */
        @Param("NONE")
        public String level;

        private final PointBatch batch = new PointBatch(POINTS);
        private HeldAgents agents;
        private PointStream stream;
        private MeasuredStretch measured;
        private WorkloadEngine engine;

        /** Made by JMH. */
        public FilledRings() {}

        /** Opens the engine and fills all windows. */
        @Setup(Level.Trial)
        public void open() {
            agents = new HeldAgents(shardCount);
            final Workload load = Workload.named(workload);
            stream = new PointStream(load);
            engine = new WorkloadEngine(
                    load,
                    kind,
                    Durability.NONE,
                    new EngineContext()
                            .shardCount(shardCount)
                            .durability(io.tollgate.api.Durability.parse(level))
                            .ringLength(RING_LENGTH)
                            .idleStrategySupplier(agents::newIdleStrategy));
            engine.fill(stream, batch, load.fillLength());
            measured = new MeasuredStretch(load, stream, engine);
        }

        /** Offers the next points while nobody takes them. */
        @Setup(Level.Invocation)
        public void offerNext() {
            stream.next(batch);
            agents.hold();
            engine.offer(batch);
        }

        long appliedCount() {
            return engine.engine().statistics().appliedCount();
        }

        /**
         * Looks whether this iteration has a figure.
         *
         * @throws IllegalStateException if it has none.
         */
        @TearDown(Level.Iteration)
        public void endIteration() {
            measured.endIteration();
        }

        /** Closes the engine. */
        @TearDown(Level.Trial)
        public void close() {
            agents.letGo();
            measured.endTrial();
        }
    }

    /**
     * Applies all.
     *
     * @param rings full ones.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int apply(final FilledRings rings) {
        rings.agents.letGoAndAwait();
        return rings.engine.apply();
    }

    /**
     * The floor, on as many threads.
     *
     * @param floor with the next points.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int floor(final FloorShards floor) {
        return floor.addAll();
    }
}
