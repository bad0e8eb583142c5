package io.tollgate.bench.suite;

import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What a point costs whose level is watched, from its offer to the event that is polled. The engine is stepped, so that
 * one thread does all of it.
 */
public class WatchBenchmark extends PointBenchmark {
    private static final int SERIES = 100;

    /** Made by JMH. */
    public WatchBenchmark() {}

    /** What the points do to the watch. */
    public enum Course {
        /** There is none: the points alone, the floor of the others. */
        UNWATCHED,
        /** They stay below its threshold. */
        QUIET,
        /** Each one fires or clears it. */
        CROSSING
    }

    /** The engine and its levels. */
    public static class Levels extends SteppedLoad {
        /** What the points do to the watch. */
        @Param({"UNWATCHED", "QUIET", "CROSSING"})
        public Course course;

        private final StepSeries[] series = new StepSeries[SERIES];
        private UpdateQueue updates;
        private long polled;
        private final UpdateHandler counter = update -> polled++;

        /** Made by JMH. */
        public Levels() {}

        /** Defines the levels and watches them. */
        @Override
        protected void fill() {
            for (int i = 0; i < SERIES; i++) {
                series[i] = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0));
            }
            final Subscription watched = Subscription.of("watched", course == Course.UNWATCHED ? "none.*" : "rate.*")
                    .withWatches(Watch.above(WatchedMetric.LEVEL, 100));
            updates = engine.subscribe(watched, QueueOptions.DEFAULT);
            change();
        }

        @Override
        public void close() {
            updates.close();
            super.close();
        }

        /** Events polled since the beginning. */
        long polledCount() {
            return polled;
        }

        private void change() {
            long ticket = 0;
            for (int i = 0; i < BATCH; i++) {
                timeNs++;
                final boolean isHigh = course == Course.CROSSING && timeNs / SERIES % 2 == 1;
                ticket = publisher.offer(series[(int) (timeNs % SERIES)], timeNs, isHigh ? 145 : timeNs % 30);
            }
            engine.awaitApplied(ticket);
            int count;
            do {
                count = updates.poll(counter, BATCH);
            } while (count > 0);
        }
    }

    /**
     * A point of a watched level.
     *
     * @param levels to change.
     * @return the events so far.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long point(final Levels levels) {
        levels.change();
        return levels.polled;
    }
}
