package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.UpdateTimeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The last update of a metric equals a reading, also at the instants at which time begins to be covered or missing. */
public class UpdateTimelineTest {
    private final long seed = TestSeed.of("updates at each nanosecond");

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    /**
     * A metric that changes only at certain instants has an update at each. A metric that moves with time has updates
     * of its status.
     */
    @Test
    void shouldReportTheChangesThatAReadInEachNanosecondFinds() {
        int changeCount = 0;
        for (int i = 0; i < TestEffort.times(100); i++) {
            final Random random = new Random(31 * seed + i);
            changeCount += new UpdateTimeline(random, "seed=" + seed + " course=" + i).run();
        }
        final int recorded = changeCount;
        assertTrue(recorded > 0, () -> "recorded=" + recorded + " seed=" + seed);
    }

    private StepSeries step(final SeriesDefinition definition, final long atNs, final long value) {
        final StepSeries series = engine.defineStep(definition);
        engine.awaitApplied(engine.publisher().offer(series, atNs, value));
        return series;
    }

    private static SeriesDefinition rate() {
        return SeriesDefinition.step("rate", Unit.PERCENT, 0);
    }

    private UpdateQueue follow(final Window window, final Metric... metrics) {
        final WatchedMetric[] watched = new WatchedMetric[metrics.length];
        for (int i = 0; i < watched.length; i++) {
            watched[i] = WatchedMetric.of(window, metrics[i]);
        }
        return engine.updates().subscribe(Subscription.of("course", "*").withMetrics(watched), QueueOptions.DEFAULT);
    }

    /** Returns the updates up to an instant to which the clock jumps. */
    private List<String> changesTo(final long atNs, final UpdateQueue queue) {
        engine.advanceTo(atNs);
        return new UpdateRecorder().drain(queue).changes();
    }

    /** Requires the updates up to 100 of a metric that is followed from now on. */
    private void requireChanges(final Window window, final Metric metric, final String... expected) {
        assertEquals(List.of(expected), changesTo(100, follow(window, metric)));
    }

    /** At the first instant of a month no time has passed. One nanosecond later, all elapsed time is covered. */
    @Test
    void shouldReportThatAMonthIsCoveredAfterItsFirstInstant() {
        final long january = Instants.of(Instant.parse("2024-01-01T00:00:00Z"));
        final long february = Instants.of(Instant.parse("2024-02-01T00:00:00Z"));
        step(rate(), january, 10);
        engine.advanceTo(january + 1_000);
        final UpdateQueue queue = follow(Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC), Metric.MAX);
        assertEquals(List.of("TIME at=" + february + " OK 10.0 -> PARTIAL 10.0"), changesTo(february, queue));
        assertEquals(
                List.of("TIME at=" + (february + 1) + " PARTIAL 10.0 -> OK 10.0"),
                changesTo(february + 1_000_000, queue));
    }

    @Test
    void shouldReportThatAWindowIsCoveredAfterItsAnchor() {
        step(rate(), 0, 10);
        engine.advanceTo(10);
        requireChanges(
                Window.since(20),
                Metric.MEAN,
                "TIME at=20 EMPTY NaN -> INSUFFICIENT NaN",
                "TIME at=21 INSUFFICIENT NaN -> OK 10.0");
    }

    @Test
    void shouldReportThatTheTimeOfTheLastPointIsCovered() {
        final StepSeries series = step(rate(), 0, 10);
        engine.awaitApplied(engine.publisher().offer(series, 20, 30));
        engine.advanceTo(10);
        requireChanges(
                Window.last(1), Metric.MAX, "TIME at=20 OK 10.0 -> PARTIAL 30.0", "TIME at=21 PARTIAL 30.0 -> OK 30.0");
    }

    /** The whole window is covered up to then. */
    @Test
    void shouldReportThatTimeIsMissingAfterAHeartbeat() {
        step(rate().withHeartbeat(Duration.ofNanos(50)), 0, 10);
        engine.advanceTo(40);
        requireChanges(
                Window.slidingNs(20),
                Metric.MAX,
                "TIME at=51 OK 10.0 -> PARTIAL 10.0",
                "TIME at=70 PARTIAL 10.0 -> EMPTY NaN");
    }

    @Test
    void shouldReportThatTimeIsMissingAfterAnUnknownPoint() {
        final StepSeries series = step(rate(), 0, 10);
        engine.awaitApplied(engine.publisher().offerUnknown(series, 50));
        engine.advanceTo(40);
        requireChanges(
                Window.slidingNs(20),
                Metric.MIN,
                "TIME at=51 OK 10.0 -> PARTIAL 10.0",
                "TIME at=70 PARTIAL 10.0 -> EMPTY NaN");
    }

    @Test
    void shouldReportThatTimeIsMissingAfterTheEndOfALevel() {
        engine.series().close(step(rate(), 0, 10), LifeEnd.at(50));
        engine.advanceTo(40);
        requireChanges(Window.since(10), Metric.MAX, "TIME at=51 OK 10.0 -> PARTIAL 10.0");
    }

    @Test
    void shouldReportThatTimeIsMissingAfterTheEndOfAFlow() {
        final FlowSeries granted = engine.defineFlow(
                SeriesDefinition.flow("granted", Unit.COUNT, 0).withLifeStart(0));
        engine.series().close(granted, LifeEnd.at(50));
        engine.advanceTo(40);
        requireChanges(Window.since(10), Metric.SUM, "TIME at=51 OK 0.0 -> PARTIAL 0.0");
    }

    /**
     * The window excludes its end, so the first instant of the life is not inside at once. From the next nanosecond on,
     * no events mean zero.
     */
    @Test
    void shouldReportTheStartOfALifeIfTheWindowExcludesItsEnd() {
        engine.defineFlow(SeriesDefinition.flow("granted", Unit.COUNT, 0).withLifeStart(50));
        engine.advanceTo(40);
        final Window window = new Window.Sliding(20, Closed.LEFT);
        final UpdateQueue queue = follow(window, Metric.SUM);
        final UpdateQueue watched = engine.updates()
                .subscribe(
                        Subscription.of("watch", "*").withWatches(Watch.below(WatchedMetric.of(window, Metric.SUM), 1)),
                        QueueOptions.DEFAULT);
        assertEquals(
                List.of("TIME at=51 EMPTY NaN -> PARTIAL 0.0", "TIME at=70 PARTIAL 0.0 -> OK 0.0"),
                changesTo(100, queue));
        assertEquals(
                List.of("TIME at=51 EMPTY NaN -> PARTIAL 0.0"),
                new UpdateRecorder().drain(watched).changes());
    }

    /**
     * At the instant of a change the window still has one level. The other one is inside from the next nanosecond on.
     */
    @Test
    void shouldReportThatAWindowHasTwoLevelsAfterTheInstantAtWhichThatChanges() {
        final StepSeries series = step(rate(), 0, 0);
        engine.awaitApplied(engine.publisher().offer(series, 30, 145));
        engine.advanceTo(25);
        final Window window = Window.slidingNs(1_000);
        final Metric ratio = Metric.ratioTo(Baseline.earlier(Duration.ofNanos(10), 1));
        final UpdateQueue queue = engine.updates()
                .subscribe(
                        Subscription.of("course", "*")
                                .withMetrics(WatchedMetric.of(window, Metric.SKEW), WatchedMetric.of(window, ratio))
                                .withWatches(Watch.above(WatchedMetric.of(window, Metric.ZSCORE_INCLUSIVE), 3)),
                        QueueOptions.DEFAULT);
        engine.advanceTo(900);
        assertEquals(
                List.of("CHANGED 0 31 PARTIAL", "FIRED 0 31 PARTIAL", "CLEARED 0 34 PARTIAL", "CHANGED 1 41 PARTIAL"),
                new UpdateRecorder()
                        .drain(queue).recorded().stream()
                                .filter(update -> update.oldStatus() != update.newStatus())
                                .map(UpdateTimelineTest::inShort)
                                .toList());
    }

    /**
     * The baseline of the newest point includes the start of the window, and the window does not. At 20 all of the
     * baseline begins to be covered, and at 21 the first point leaves it.
     */
    @Test
    void shouldReportAScoreWhenAPointLeavesTheBaselineOfTheNewest() {
        final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("granted", Unit.COUNT, 0));
        final long[] times = {0, 5, 8, 15};
        final long[] values = {1, 3, 4, 9};
        for (int i = 0; i < times.length; i++) {
            engine.awaitApplied(engine.publisher().offer(granted, times[i], values[i]));
        }
        engine.advanceTo(16);
        final Window window = Window.slidingNs(20);
        final UpdateQueue queue = follow(window, Metric.ZSCORE);
        final UpdateQueue watched = engine.updates()
                .subscribe(
                        Subscription.of("watch", "*")
                                .withWatches(Watch.above(WatchedMetric.of(window, Metric.ZSCORE), 5)),
                        QueueOptions.DEFAULT);
        assertEquals(
                List.of("CHANGED 0 20 OK", "CHANGED 0 21 OK", "CHANGED 0 26 INSUFFICIENT", "CHANGED 0 35 EMPTY"),
                recordedTo(100, queue));
        assertEquals(List.of("FIRED 0 21 OK"), recordedTo(100, watched));
    }

    /** A level moves from the start of a window to before it without any time passing in between. */
    @Test
    void shouldReportAScoreAndAMeanOnceWhenALevelLeaves() {
        final StepSeries series = step(rate(), 0, 10);
        final long[] times = {5, 8, 15};
        final long[] values = {30, 40, 90};
        for (int i = 0; i < times.length; i++) {
            engine.awaitApplied(engine.publisher().offer(series, times[i], values[i]));
        }
        engine.advanceTo(16);
        final UpdateQueue queue = follow(Window.slidingNs(20), Metric.ZSCORE, Metric.MEAN);
        assertEquals(
                List.of(
                        "CHANGED 0 20 OK",
                        "CHANGED 1 20 OK",
                        "CHANGED 0 25 OK",
                        "CHANGED 1 25 OK",
                        "CHANGED 0 28 UNDEFINED",
                        "CHANGED 1 28 OK",
                        "CHANGED 0 35 INSUFFICIENT",
                        "CHANGED 1 35 OK"),
                recordedTo(100, queue));
    }

    /** Follows the updates of a minimum, and the events of a watch on it. */
    private UpdateQueue followMinimum(final ReadOptions options) {
        final WatchedMetric minimum = WatchedMetric.of(Window.slidingNs(100), Metric.MIN);
        return engine.updates()
                .subscribe(
                        Subscription.of("course", "*")
                                .withMetrics(minimum)
                                .withWatches(Watch.above(minimum, 1))
                                .withOptions(options),
                        QueueOptions.DEFAULT);
    }

    private List<String> recordedTo(final long atNs, final UpdateQueue queue) {
        engine.advanceTo(atNs);
        return new UpdateRecorder()
                .drain(queue).recorded().stream()
                        .map(UpdateTimelineTest::inShort)
                        .toList();
    }

    @Test
    void shouldReportWhenTheCoverageOfALevelReachesTheLimitAndLeavesIt() {
        engine.advanceTo(10);
        final UpdateQueue queue = followMinimum(ReadOptions.DEFAULT.withMinCoverage(0.5));
        final StepSeries series = step(rate(), 10, 5);
        engine.awaitApplied(engine.publisher().offerUnknown(series, 120));
        assertEquals(
                List.of(
                        "CHANGED 0 10 INSUFFICIENT",
                        "CHANGED 0 60 PARTIAL",
                        "FIRED 0 60 PARTIAL",
                        "CHANGED 0 110 OK",
                        "CHANGED 0 121 PARTIAL",
                        "CHANGED 0 171 INSUFFICIENT",
                        "CHANGED 0 220 EMPTY"),
                recordedTo(300, queue));
    }

    @Test
    void shouldReportWhenTheCoverageOfAFlowReachesTheLimit() {
        engine.advanceTo(10);
        final UpdateQueue queue = followMinimum(ReadOptions.DEFAULT.withMinCoverage(0.5));
        final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("granted", Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(granted, 10, 7));
        assertEquals(
                List.of(
                        "CHANGED 0 10 INSUFFICIENT",
                        "CHANGED 0 60 PARTIAL",
                        "FIRED 0 60 PARTIAL",
                        "CHANGED 0 110 EMPTY"),
                recordedTo(300, queue));
    }

    @Test
    void shouldReportWhenTheSpanReachesTheLimit() {
        engine.advanceTo(10);
        final UpdateQueue queue = followMinimum(ReadOptions.DEFAULT.withMinSpan(Duration.ofNanos(30)));
        step(rate(), 10, 5);
        assertEquals(
                List.of("CHANGED 0 10 INSUFFICIENT", "CHANGED 0 40 PARTIAL", "FIRED 0 40 PARTIAL", "CHANGED 0 110 OK"),
                recordedTo(300, queue));
    }

    private static String inShort(final UpdateRecorder.Recorded recorded) {
        final int index = recorded.type() == UpdateType.CHANGED ? recorded.metricIndex() : recorded.watchIndex();
        return recorded.type() + " " + index + " " + recorded.atNs() + " " + recorded.newStatus();
    }

    /** A mean has no value at the first instant of a level. One nanosecond later it is that level. */
    @Test
    void shouldReportAMeanAfterTheFirstPoint() {
        engine.advanceTo(10);
        final UpdateQueue queue = follow(Window.slidingNs(20), Metric.MEAN);
        step(rate(), 30, 10);
        assertEquals(
                List.of(
                        "TIME at=30 EMPTY NaN -> INSUFFICIENT NaN",
                        "TIME at=31 INSUFFICIENT NaN -> PARTIAL 10.0",
                        "TIME at=50 PARTIAL 10.0 -> OK 10.0"),
                changesTo(100, queue));
    }
}
