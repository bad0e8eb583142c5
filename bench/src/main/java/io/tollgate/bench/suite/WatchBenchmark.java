package io.tollgate.bench.suite;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * The cost of a point of a watched level, or of a watched metric of it, from its offer to the polled event. The engine
 * is stepped, so one thread does all the work.
 */
public class WatchBenchmark extends PointBenchmark {
    private static final int SERIES = 100;

    /** Contains 100 points of a series. */
    private static final Window WINDOW = Window.slidingNs(10_000);

    /** Called by JMH. */
    public WatchBenchmark() {}

    /** The effect of the points on the watch. */
    public enum Course {
        /** There is no watch: the points alone, the floor of the others. */
        UNWATCHED,
        /** The points stay below the threshold. */
        QUIET,
        /** Each point fires or clears the watch. */
        CROSSING
    }

    /** The metric that is watched. */
    public enum Watched {
        /** The level in force, which changes only at points. */
        LEVEL,
        /** The mean of a window, which changes continuously. */
        MEAN,
        /** The standard deviation of a window, which has one turning point between two points. */
        SD
    }

    /** The engine and its levels. */
    public static class Levels extends SteppedLoad {
        /** The effect of the points on the watch. */
        @Param({"UNWATCHED", "QUIET", "CROSSING"})
        public Course course;

        /** The metric that is watched. */
        @Param({"LEVEL", "MEAN", "SD"})
        public Watched watched;

        private final StepSeries[] series = new StepSeries[SERIES];
        private UpdateQueue updates;
        private long polled;
        private final UpdateHandler counter = update -> polled++;

        /** Called by JMH. */
        public Levels() {}

        /** Defines the levels and subscribes the watches. */
        @Override
        protected void fill() {
            for (int i = 0; i < SERIES; i++) {
                series[i] = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0));
            }
            final WatchedMetric metric = watched == Watched.LEVEL
                    ? WatchedMetric.LEVEL
                    : WatchedMetric.of(WINDOW, watched == Watched.MEAN ? Metric.MEAN : Metric.SD);
            final Subscription subscription = Subscription.of(
                            "watched", course == Course.UNWATCHED ? "none.*" : "rate.*")
                    .withWatches(Watch.above(metric, threshold()));
            updates = engine.updates().subscribe(subscription, QueueOptions.DEFAULT);
            change();
        }

        /**
         * Each high level crosses 100. If a window is full of crossings, its mean is about 80 and its deviation about
         * 65.
         */
        private double threshold() {
            return switch (watched) {
                case LEVEL -> 100;
                case MEAN -> 80;
                case SD -> 65;
            };
        }

        @Override
        public void close() {
            updates.close();
            super.close();
        }

        /** Returns the number of events polled since the start. */
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
     * Offers points of watched levels.
     *
     * @param levels to change.
     * @return the number of events polled so far.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long point(final Levels levels) {
        levels.change();
        return levels.polled;
    }
}
