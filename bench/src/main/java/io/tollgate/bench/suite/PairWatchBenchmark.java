package io.tollgate.bench.suite;

import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * The cost of a point of two series that are watched together, from its offer to the polled event. The engine is
 * stepped, so one thread does all the work. The watch is evaluated once a step.
 */
public class PairWatchBenchmark extends PointBenchmark {
    private static final int WINDOW_POINTS = 20;

    /** Called by JMH. */
    public PairWatchBenchmark() {}

    /** The watch. Two levels and two flows receive points in turn. */
    public enum Watched {
        /** No watch: the points alone, the floor of the others. */
        NOTHING,
        /** The correlation of the levels. */
        PAIR,
        /** The ratio of the flows. */
        RATIO
    }

    /** The engine and its series. */
    public static class Series extends SteppedLoad {
        /** The watch. */
        @Param({"NOTHING", "PAIR", "RATIO"})
        public Watched watched;

        private final StepSeries[] levels = new StepSeries[2];
        private final FlowSeries[] flows = new FlowSeries[2];
        private UpdateQueue updates;
        private long polled;
        private final UpdateHandler counter = update -> polled++;

        /** Called by JMH. */
        public Series() {}

        /** Defines the series and subscribes the watch. */
        @Override
        protected void fill() {
            for (int i = 0; i < 2; i++) {
                levels[i] = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0));
                flows[i] = engine.defineFlow(SeriesDefinition.flow("trade." + i, new Unit("USD"), 0));
            }
            final Window window = Window.slidingNs(2 * WINDOW_POINTS);
            if (watched != Watched.NOTHING) {
                final WatchedPanel panel = watched == Watched.PAIR
                        ? WatchedPanel.of(window, Pair.asOf(levels[0], levels[1]), PairMetric.CORRELATION)
                        : WatchedPanel.of(window, FlowRatio.of(flows[0], flows[1]), RatioMetric.PERCENT);
                updates = engine.updates()
                        .subscribe(
                                WatchSet.of("watched", Watch.above(panel, watched == Watched.PAIR ? 0 : 100)),
                                QueueOptions.DEFAULT);
            }
            change();
        }

        @Override
        public void close() {
            if (updates != null) {
                updates.close();
            }
            super.close();
        }

        private void change() {
            long ticket = 0;
            for (int i = 0; i < BATCH; i++) {
                timeNs++;
                final int place = (int) (timeNs >> 1 & 1);
                final long value = 1 + (timeNs * 31 + place * 7) % 29;
                ticket = (timeNs & 1) == 0
                        ? publisher.offer(levels[place], timeNs, value)
                        : publisher.offer(flows[place], timeNs, value);
            }
            engine.awaitApplied(ticket);
            while (updates != null && updates.poll(counter, BATCH) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Offers points of the series in turn.
     *
     * @param series to change.
     * @return the number of events polled so far.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long point(final Series series) {
        series.change();
        return series.polled;
    }
}
