package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.oracle.Twin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A forgotten answer is never a number in any reading, and other answers are unchanged. */
class RetentionTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;
    private static final Window WINDOW = Window.slidingNs(40);

    @AutoClose
    private Engine engine;

    private TestReader reader;
    private PanelReader panel;

    private void launch() {
        engine = TollgateEngine.launch(
                TestContext.stepped(ClockMode.KNOWLEDGE).limits(Limits.DEFAULT.withFirstMapEntries(1_024)));
        reader = new TestReader(engine.newReader());
        panel = engine.newPanelReader();
    }

    /** A level from 10 on, 7 at first and revised at 200, and a change at 60. */
    private StepSeries rate(final String key) {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
        offer(rate, 10, 7, 100);
        offer(rate, 60, 9, 101);
        offer(rate, 10, 8, 200);
        return rate;
    }

    /** Events at 10, 20, ... 90. The first was 5 at first and revised at 200. */
    private FlowSeries events(final String key) {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
        for (int i = 1; i < 10; i++) {
            offer(events, 10L * i, i, 100);
        }
        offer(events, 10, 5, 200);
        return events;
    }

    private void offer(final Series series, final long time, final long value, final long known) {
        engine.awaitApplied(Twin.offer(engine, series, time, value, known, 1));
    }

    @Test
    void shouldAnswerNoReadBeforeTheHorizonAndAnyFromItOn() {
        launch();
        final StepSeries x = rate("rate.x");
        final StepSeries y = rate("rate.y");
        final FlowSeries f = events("flow.f");
        final FlowSeries g = events("flow.g");
        final List<String> before = statuses(x, y, f, g, 200);
        assertTrue(before.stream().noneMatch(text -> text.contains("FORGOTTEN")), before::toString);
        assertEquals(4, engine.series().retain("*", Retention.since(200)));
        assertEquals(before, statuses(x, y, f, g, 200));
        final List<String> forgotten = statuses(x, y, f, g, 199);
        assertTrue(forgotten.stream().allMatch(text -> text.endsWith(" FORGOTTEN NaN")), forgotten::toString);
    }

    /** Returns the status and a value of each kind of read, as known at an instant. */
    private List<String> statuses(
            final StepSeries x, final StepSeries y, final FlowSeries f, final FlowSeries g, final long known) {
        final List<String> all = new ArrayList<>();
        readSeries(x, f, known, all);
        readPairs(x, y, f, g, known, all);
        readGroups(x, y, known, all);
        readFlows(x, y, f, g, known, all);
        return all;
    }

    private void readSeries(final StepSeries x, final FlowSeries f, final long known, final List<String> all) {
        for (final Series series : List.of(x, f)) {
            final WindowReading window = reader.newReading(Metric.MEDIAN);
            reader.read(series, WINDOW, 80, known, window);
            for (final Metric metric :
                    List.of(Metric.COUNT, Metric.COVERAGE, Metric.MEAN, Metric.MAX, Metric.MEDIAN, Metric.LAST)) {
                add(all, metric.text(), window.status(metric), window.value(metric));
            }
            final PendingReading pending = reader.newPendingReading(5);
            reader.readPending(series, 20, known, pending);
            add(all, "pending", pending.status(), pending.count() == 0 ? Double.NaN : pending.pipeline());
            final VersionReading versions = reader.newVersionReading(20);
            reader.readPoints(series, WINDOW, 80, known, versions);
            add(all, "points", versions.status(), versions.count() == 0 ? Double.NaN : versions.value(0));
        }
        final LevelReading level = reader.level(x, 50, known);
        add(all, "level", level.status(), level.value());
        assertEquals(known >= 200 ? 60 : Instants.NONE, level.nextChangeAtNs());
    }

    private void readPairs(
            final StepSeries x,
            final StepSeries y,
            final FlowSeries f,
            final FlowSeries g,
            final long known,
            final List<String> all) {
        for (final Pair pair : List.of(Pair.asOf(x, y), Pair.byBucket(f, g, Bucket.of(Duration.ofNanos(10))))) {
            final PairReading reading = reader.newPairReading();
            reader.readPair(pair, Window.slidingNs(80), 90, known, reading);
            add(all, "pair", reading.status(PairMetric.COVARIANCE), reading.value(PairMetric.COVARIANCE));
            final LagRange lags = pair.bucket().isPresent()
                    ? LagRange.ofBuckets(0, 1)
                    : LagRange.of(Duration.ZERO, Duration.ofNanos(5), Duration.ofNanos(5));
            final LagReading lag = reader.newLagReading(lags);
            reader.readLags(pair, Window.slidingNs(80), 90, known, lag);
            add(all, "lag", lag.status(1), lag.correlation(1));
        }
    }

    private void readGroups(final StepSeries x, final StepSeries y, final long known, final List<String> all) {
        final Group group = Group.of(GroupMember.of(x), GroupMember.of(y));
        engine.series().register(group);
        final PanelReader then = panel.asOf(known);
        final GroupReading at = then.group(group).read(80);
        add(all, "group", at.status(GroupMetric.SIMPLE), at.value(GroupMetric.SIMPLE));
        final GroupReading over = then.group(group, WINDOW).read(80);
        add(all, "group window", over.status(GroupMetric.SIMPLE), over.value(GroupMetric.SIMPLE));
        final HierarchyReading tree = then.hierarchy(Hierarchy.byPrefix(
                Group.of(GroupMember.of(x).withCode("8541"), GroupMember.of(y).withCode("87")), 2));
        tree.read(80);
        final GroupReading top = tree.node(Hierarchy.ALL);
        add(all, "hierarchy", top.status(GroupMetric.SIMPLE), top.value(GroupMetric.SIMPLE));
        final EffectReading effects = then.effects(group).read(20, 80);
        add(all, "effects", effects.status(), effects.change());
        final StackReading stack = then.stack(Stack.of(Composition.of(Layer.add("x", x), Layer.add("y", y))));
        stack.read(80);
        add(all, "stack", stack.status(), stack.rate());
        final EventStudyReading study =
                then.study(EventStudy.ofMean(List.of(x), List.of(70L), List.of(20L, 30L, 40L, 50L, 60L, 70L, 80L), 4)
                        .withReturns(EventStudy.Returns.LEVEL));
        study.read();
        add(all, "study", study.status(0, 0, EventMetric.CAR), study.value(0, 0, EventMetric.CAR));
        add(all, "studies", study.status(StudyMetric.MEAN_CAR), study.value(StudyMetric.MEAN_CAR));
    }

    private void readFlows(
            final StepSeries x,
            final StepSeries y,
            final FlowSeries f,
            final FlowSeries g,
            final long known,
            final List<String> all) {
        final PanelReader then = panel.asOf(known);
        final RatioReading ratio = then.ratio(FlowRatio.of(f, g), WINDOW).read(80, 60);
        add(all, "ratio", ratio.status(), ratio.value());
        final SlopeReading slope =
                then.passThrough(new PassThrough(y, x, List.of(20L, 80L))).read();
        add(all, "pass-through", slope.status(), slope.value());
        final SlopeReading elasticity =
                then.elasticity(new Elasticity(List.of(f), x), WINDOW).read(50, 90);
        add(all, "elasticity", elasticity.status(), elasticity.value());
    }

    private static void add(final List<String> all, final String what, final Status status, final double value) {
        assertEquals(status.hasValue(), !Double.isNaN(value), () -> what + " " + status + " " + value);
        all.add(what + " " + status + " " + value);
    }

    @ParameterizedTest
    @CsvSource({"rate.*, 2", "rate.x, 1", "*, 3", "*.x, 2", "rate.z, 0", "rate.*.*, 0"})
    void shouldForgetOnlyInMatchingSeries(final String pattern, final int expected) {
        launch();
        final List<StepSeries> all = List.of(rate("rate.x"), rate("rate.y"), rate("other.x"));
        assertEquals(expected, engine.series().retain(pattern, Retention.versions(0)));
        final LevelReading level = reader.newLevelReading();
        for (final StepSeries series : all) {
            reader.readLevel(series, 20, 150, level);
            final boolean isForgotten = SeriesPattern.fits(pattern, series.key());
            assertEquals(isForgotten ? Status.FORGOTTEN : Status.OK, level.status(), series.key());
            reader.readLevel(series, 20, 200, level);
            assertEquals(8, level.scaledValue(), series.key());
        }
    }

    @Test
    void shouldForgetOnlyAsAskedAndRefuseMeaninglessRetentions() {
        launch();
        final StepSeries x = rate("rate.x");
        assertEquals(0, engine.series().retain("*", Retention.since(199)));
        assertEquals(0, engine.series().retain("*", Retention.versions(1)));
        assertEquals(0, engine.series().retain("*", Retention.age(Duration.ofNanos(1))));
        assertEquals(0, engine.series().retain("*", new Retention.Age(Long.MAX_VALUE)));
        final LevelReading level = reader.level(x, 20, 150);
        assertEquals(7, level.scaledValue());
        assertEquals(1, engine.series().retain("*", Retention.age(Duration.ZERO)));
        assertEquals(0, engine.series().retain("*", Retention.age(Duration.ZERO)), "it is forgotten already");
        assertThrows(IllegalArgumentException.class, () -> engine.series().retain("a..b", Retention.versions(0)));
        assertTrue(
                assertThrows(NullPointerException.class, () -> engine.series().retain("*", null))
                        .getMessage()
                        .startsWith("retention=null, expected "));
        assertThrows(IllegalArgumentException.class, () -> Retention.versions(-1));
        assertThrows(IllegalArgumentException.class, () -> Retention.age(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> Retention.age(Duration.ofDays(365_000)));
        assertThrows(IllegalArgumentException.class, () -> Retention.since(Long.MIN_VALUE));
    }

    /**
     * Versions that end at one instant are forgotten together, because answers as known then or later need none of
     * them.
     */
    @Test
    void shouldKeepAllOfAnInstantOrNone() {
        launch();
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        for (int i = 0; i < 4; i++) {
            offer(rate, i, i, 100);
        }
        for (int i = 0; i < 4; i++) {
            offer(rate, i, 10 + i, i < 3 ? 200 : 300);
        }
        assertEquals(3, engine.series().retain("*", Retention.versions(2)));
        final VersionReading versions = reader.newVersionReading(10);
        reader.readVersions(rate, WINDOW, 10, ALL_KNOWN, versions);
        assertEquals(Status.PARTIAL, versions.status());
        assertEquals(200, versions.horizonNs());
        assertEquals(5, versions.count());
        final RevisionReading revisions = reader.newRevisionReading();
        reader.readRevisions(rate, WINDOW, 10, ALL_KNOWN, revisions);
        assertEquals(Status.PARTIAL, revisions.status());
        assertEquals(1, revisions.revisionCount());
        reader.readRevisions(rate, WINDOW, 10, 199, revisions);
        assertEquals(Status.FORGOTTEN, revisions.status());
        reader.readVersions(rate, Window.slidingNs(5), 100, ALL_KNOWN, versions);
        assertEquals(Status.FORGOTTEN, versions.status(), "none is left, which is not that there was none");
    }

    /** The rates are revised again and again, and the last thousand revisions are kept. */
    @Test
    void shouldNeedNoMoreSpaceForMoreRevisions() {
        launch();
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        long known = 0;
        long bytes = 0;
        for (int round = 0; round < 120; round++) {
            known = restate(rate, known);
            engine.series().retain("rate", Retention.versions(1_000));
            if (round == 4) {
                bytes = engine.admin().statistics().offHeapBytes();
            }
        }
        assertEquals(bytes, engine.admin().statistics().offHeapBytes());
        final LevelReading level = reader.level(rate, 0, known - 500);
        assertEquals(Status.OK, level.status());
        reader.readLevel(rate, 0, known - 1_100, level);
        assertEquals(Status.FORGOTTEN, level.status());
        for (int round = 0; round < 20; round++) {
            known = restate(rate, known);
        }
        assertTrue(engine.admin().statistics().offHeapBytes() > bytes, "without retention it takes more");
    }

    /** Makes a thousand revisions. Returns the knowledge time of the last one. */
    private long restate(final StepSeries rate, final long known) {
        for (int i = 1; i <= 1_000; i++) {
            Twin.offer(engine, rate, (known + i) % 700, i, known + i, Publisher.NO_REFERENCE);
        }
        offer(rate, 0, 1, known + 1_000);
        return known + 1_000;
    }
}
