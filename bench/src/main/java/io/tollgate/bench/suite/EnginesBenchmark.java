package io.tollgate.bench.suite;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.EngineContext;
import io.tollgate.core.config.Limits;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The cost of a point from the ring to published metrics with one or two engines that apply at the same time. Each
 * engine has its share of the series and a thread that never idles, so as many processors must be free. The floor
 * divides the points among as many threads. {@link ApplyBenchmark} measures a stepped engine.
 */
public class EnginesBenchmark extends PointBenchmark {
    /**
     * Points in one invocation, of all engines together. There are so many that starting and awaiting the threads is
     * negligible.
     */
    public static final int POINTS = 20_000;

    private static final int RING_LENGTH = 1 << 22;

    /** Called by JMH. */
    public EnginesBenchmark() {}

    /** The engines, with points on their rings before each invocation. */
    @State(Scope.Thread)
    public static class FilledRings {
        /** The workload. */
        @Param({"W1", "W2", "W3"})
        public String workload;

        /** The kind of all series. */
        @Param({"FLOW", "STEP"})
        public SeriesKind kind;

        /** Number of engines. */
        @Param({"1", "2"})
        public int engineCount;

        /** Durability level as {@link io.tollgate.api.admin.Durability#parse(String)} reads it: NONE, INTERVAL:10. */
        @Param("NONE")
        public String level;

        private final List<Part> parts = new ArrayList<>();
        private HeldAgents agents;

        /** Called by JMH. */
        public FilledRings() {}

        /** Opens the engines and fills all windows. */
        @Setup(Level.Trial)
        public void open() {
            agents = new HeldAgents(engineCount);
            final Workload all = Workload.named(workload);
            final int seriesCount = all.seriesCount() / engineCount / all.groupCount() * all.groupCount();
            final Workload share = Workload.named(workload.replaceFirst(":.*", "") + ':' + seriesCount);
            for (int i = 0; i < engineCount; i++) {
                parts.add(new Part(share));
            }
        }

        /** An engine with its share of the series. */
        private final class Part {
            private final PointBatch batch = new PointBatch(POINTS / engineCount);
            private final PointStream stream;
            private final WorkloadEngine engine;
            private final MeasuredStretch measured;

            private Part(final Workload load) {
                stream = new PointStream(load);
                engine = new WorkloadEngine(
                        load,
                        kind,
                        Durability.NONE,
                        new EngineContext()
                                .durability(io.tollgate.api.admin.Durability.parse(level))
                                .limits(Limits.DEFAULT.withRingLength(RING_LENGTH))
                                .idleStrategySupplier(agents::newIdleStrategy));
                engine.fill(stream, batch, load.fillLength());
                measured = new MeasuredStretch(load, stream, engine);
            }
        }

        /** Offers the next points while the engines are held. */
        @Setup(Level.Invocation)
        public void offerNext() {
            parts.forEach(part -> part.stream.next(part.batch));
            agents.hold();
            parts.forEach(part -> part.engine.offer(part.batch));
        }

        long appliedCount() {
            return parts.stream()
                    .mapToLong(part -> part.engine.engine().admin().statistics().appliedCount())
                    .sum();
        }

        /**
         * Checks that this iteration has a valid result.
         *
         * @throws IllegalStateException if it has none.
         */
        @TearDown(Level.Iteration)
        public void endIteration() {
            IllegalStateException failure = null;
            for (final Part part : parts) {
                try {
                    part.measured.endIteration();
                } catch (final IllegalStateException e) {
                    // All parts are checked: if one fails, all do, because their streams are alike, and each closes its
                    // engine.
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        /** Closes the engines. */
        @TearDown(Level.Trial)
        public void close() {
            agents.letGo();
            parts.forEach(part -> part.measured.endTrial());
        }
    }

    /**
     * Applies all offered points.
     *
     * @param rings full rings.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int apply(final FilledRings rings) {
        rings.agents.letGoAndAwait();
        int sum = 0;
        for (final FilledRings.Part part : rings.parts) {
            sum += part.engine.apply();
        }
        return sum;
    }

    /**
     * Adds the points to the floor on as many threads.
     *
     * @param floor with the next points.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public int floor(final FloorThreads floor) {
        return floor.addAll();
    }
}
