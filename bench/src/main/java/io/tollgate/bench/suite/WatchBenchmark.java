package io.tollgate.bench.suite;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a point costs whose level is watched, from its offer to the event that is polled. The engine is stepped, so that
 * one thread does all of it.
 */
public class WatchBenchmark extends PointBenchmark {
    private static final int SERIES = 100;
    private static final int RING_LENGTH = 1 << 20;

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
    @State(Scope.Thread)
    public static class Levels {
        /** What the points do to the watch. */
        @Param({"UNWATCHED", "QUIET", "CROSSING"})
        public Course course;

        private final StepSeries[] series = new StepSeries[SERIES];
        private TollgateEngine engine;
        private Publisher publisher;
        private UpdateQueue updates;
        private long timeNs;
        private long polled;

        /** Made by JMH. */
        public Levels() {}

        /** Defines the levels and watches them. */
        @Setup(Level.Trial)
        public void open() {
            engine = TollgateEngine.launch(new EngineContext()
                    .clockMode(ClockMode.EVENT)
                    .stepped(true)
                    .ringLength(RING_LENGTH)
                    .firstMapEntries(1 << 17));
            publisher = engine.publisher();
            for (int i = 0; i < SERIES; i++) {
                series[i] = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0));
            }
            final Subscription watched = Subscription.of("watched", course == Course.UNWATCHED ? "none.*" : "rate.*")
                    .withWatches(Watch.above(WatchedMetric.LEVEL, 100));
            updates = engine.subscribe(watched, QueueOptions.DEFAULT);
            change();
        }

        /** Closes the engine. */
        @TearDown(Level.Trial)
        public void close() {
            updates.close();
            engine.close();
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
                count = updates.poll(update -> polled++, BATCH);
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
