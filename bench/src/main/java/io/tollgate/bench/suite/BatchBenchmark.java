package io.tollgate.bench.suite;

import io.tollgate.api.Batch;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The cost of a point of a tariff revision, from its offer to published metrics. A revision changes 15,000 levels at
 * one instant, in one batch or one by one. The engine is stepped, so one thread does all the work.
 */
public class BatchBenchmark extends PointBenchmark {
    /** Points in a revision. */
    public static final int POINTS = 15_000;

    private static final int ROUNDS_TO_FILL = 30;

    /** The capacity of a block of points. */
    private static final int UNEVEN = 32;

    private static final long DAY_NS = 86_400_000_000_000L;

    /** Called by JMH. */
    public BatchBenchmark() {}

    /** The engine and the levels. */
    public static class Levels extends SteppedLoad {
        private final StepSeries[] series = new StepSeries[POINTS];
        private Batch batch;

        /** Called by JMH. */
        public Levels() {}

        @Override
        protected EngineContext context(final EngineContext context) {
            return context.clockMode(ClockMode.SYSTEM);
        }

        /** Defines the levels and gives them histories of different lengths that fill their windows. */
        @Override
        protected void fill() {
            batch = publisher.newBatch();
            for (int i = 0; i < POINTS; i++) {
                series[i] = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2)
                        .withWindows(Window.slidingNs(5 * DAY_NS), Window.slidingNs(20 * DAY_NS)));
            }
            makeUneven();
            for (int i = 0; i < ROUNDS_TO_FILL; i++) {
                revise();
            }
        }

        /** Gives the levels different counts of points, so that each revision meets every fill level of a block. */
        private void makeUneven() {
            long ticket = 0;
            for (int round = 0; round < UNEVEN - 1; round++) {
                timeNs += DAY_NS;
                for (int i = 0; i < POINTS; i++) {
                    if (i % UNEVEN > round) {
                        ticket = publisher.offer(series[i], timeNs, round);
                    }
                }
                engine.awaitApplied(ticket);
            }
        }

        long appliedCount() {
            return engine.admin().statistics().appliedCount();
        }

        private long revise() {
            timeNs += DAY_NS;
            batch.begin();
            for (int i = 0; i < POINTS; i++) {
                batch.offer(series[i], timeNs, timeNs / DAY_NS % 145);
            }
            final long ticket = batch.commit();
            engine.awaitApplied(ticket);
            return ticket;
        }

        private long offerAll() {
            timeNs += DAY_NS;
            long ticket = 0;
            for (int i = 0; i < POINTS; i++) {
                ticket = publisher.offer(series[i], timeNs, timeNs / DAY_NS % 145);
            }
            engine.awaitApplied(ticket);
            return ticket;
        }
    }

    /**
     * Changes all levels in one batch.
     *
     * @param levels to change.
     * @return the ticket.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public long batch(final Levels levels) {
        return levels.revise();
    }

    /**
     * Changes the levels one by one.
     *
     * @param levels to change.
     * @return the last ticket.
     */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public long single(final Levels levels) {
        return levels.offerAll();
    }
}
