package io.tollgate.core;

import io.tollgate.api.Bucket;
import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.Closed;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.RatioMetric;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The watches of {@link ExamplePanels}. A log holds their texts: watches that are made again are known by them.
 *
 * @param panels that they rest on.
 */
record ExampleWatches(ExamplePanels panels) {
    private static final Window SINCE = Window.since(0);
    private static final Window.Sliding WINDOW = Window.slidingNs(20);
    private static final double NEVER = 1e18;

    /** Those that have much to tell. */
    PanelWatches told() {
        final WatchedPanel average = WatchedPanel.of(panels.group(), GroupMetric.WEIGHTED);
        final WatchedPanel collected = WatchedPanel.of(SINCE, panels.collected(), RatioMetric.PERCENT);
        return PanelWatches.of(
                "panels",
                Watch.above(average, 23).withClear(20),
                Watch.below(average, 15),
                Watch.above(WatchedPanel.of(panels.chapters(), "85", GroupMetric.SIMPLE), 25)
                        .withFor(Duration.ofNanos(3)),
                Watch.above(WatchedPanel.of(panels.stack()), 60),
                Watch.above(collected, 12),
                Watch.above(WatchedPanel.of(panels.recoded(), GroupMetric.WEIGHTED), 20.5));
    }

    /** One that ends behind a checkpoint. */
    PanelWatches ended() {
        return PanelWatches.of("gone", Watch.above(WatchedPanel.of(panels.group(), GroupMetric.SIMPLE), 1));
    }

    /** One that begins behind a checkpoint. */
    PanelWatches later() {
        return PanelWatches.of("later", Watch.above(WatchedPanel.of(panels.byPattern(), GroupMetric.SIMPLE), 28));
    }

    /** Each kind of what can be watched, which is never above such a threshold. */
    PanelWatches texts() {
        final List<Watch> watches =
                kinds().stream().map(panel -> Watch.above(panel, NEVER)).toList();
        return new PanelWatches("texts", watches);
    }

    private List<WatchedPanel> kinds() {
        final Pair asOf = Pair.asOf(panels.rate("8541"), panels.rate("8517"));
        final Pair byBucket =
                Pair.byBucket(panels.flow("duty.US"), panels.flow("import.US"), Bucket.of(Duration.ofNanos(10)));
        final Pair byMonth = Pair.byBucket(
                panels.flow("duty.US"),
                panels.rate("8541"),
                Bucket.of(CalendarPeriod.MONTH, ZoneId.of("America/New_York")));
        return List.of(
                WatchedPanel.of(panels.group(), GroupMetric.HHI_NORMALISED),
                WatchedPanel.of(WINDOW, panels.group(), GroupMetric.TRI),
                WatchedPanel.of(
                        Window.sliding(Duration.ofNanos(20), Closed.BOTH), panels.listed(), GroupMetric.COVERED),
                WatchedPanel.of(panels.chapters(), "VI", GroupMetric.EXPOSURE),
                WatchedPanel.of(panels.stack()),
                WatchedPanel.of(WINDOW, asOf.withLag(Duration.ofNanos(-2)), PairMetric.BETA),
                WatchedPanel.of(Window.last(4), asOf, PairMetric.CORRELATION),
                WatchedPanel.of(SINCE, byBucket.withLagBuckets(1), PairMetric.COVARIANCE),
                WatchedPanel.of(
                        Window.toDate(CalendarPeriod.YEAR, ZoneOffset.ofHours(8)), byMonth, PairMetric.CORRELATION),
                WatchedPanel.of(
                        Window.toDate(CalendarPeriod.QUARTER, ZoneId.of("Asia/Shanghai")),
                        panels.collected(),
                        Duration.ofNanos(10),
                        RatioMetric.GROWTH),
                WatchedPanel.of(Window.last(3), panels.collected(), RatioMetric.RATIO));
    }
}
