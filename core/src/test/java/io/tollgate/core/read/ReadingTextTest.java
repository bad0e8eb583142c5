package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The text of a reading is UNREAD before its first read, and its answers afterwards. */
class ReadingTextTest {
    private static final long START = Instants.parse("2025-05-14T04:01:00Z");
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final long END = START + DAY_NS;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 1));
    private final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 1));
    private final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("count", Unit.COUNT, 0));
    private final Group group = Group.of(GroupMember.of(rate), GroupMember.of(other));
    private final MetricReader reader = engine.newReader();
    private final PanelReader panels = engine.newPanelReader();

    private static void assertUnread(final String text, final Status status, final Object reading) {
        assertEquals(Status.UNREAD, status);
        assertEquals(text, reading.toString());
    }

    @Test
    void shouldBeUnreadOfOneSeries() {
        final WindowReading window = reader.window(Window.last(1), Metric.MEDIAN, Metric.COUNT);
        assertEquals(Status.UNREAD, window.status(Metric.COUNT));
        assertEquals(Double.NaN, window.value(Metric.COUNT));
        assertEquals(Instants.NONE, window.atNs());
        assertUnread("WindowReading[status=UNREAD]", window.status(Metric.MEDIAN), window);
        final LevelReading level = reader.level();
        assertEquals(Double.NaN, level.value());
        assertUnread("LevelReading[value=UNREAD]", level.status(), level);
        final PendingReading pending = reader.pending(1);
        assertEquals(Double.NaN, pending.pipeline());
        assertUnread("PendingReading[status=UNREAD, count=0]", pending.status(), pending);
        final var points = reader.points(Window.last(1), 1);
        assertUnread("VersionReading[status=UNREAD, count=0]", points.status(), points);
        final var versions = reader.versions(Window.last(1), 1);
        assertUnread("VersionReading[status=UNREAD, count=0]", versions.status(), versions);
        final var revisions = reader.revisions(Window.last(1));
        assertUnread(
                "RevisionReading[status=UNREAD, points=0, restated=0, revisions=0, withdrawals=0]",
                revisions.status(),
                revisions);
        final var life = reader.life();
        assertUnread("LifeReading[status=UNREAD]", life.status(), life);
        final PairReading pair = reader.pair(Pair.asOf(rate, other), Window.last(1));
        assertEquals(Double.NaN, pair.value(PairMetric.BETA));
        assertUnread(
                "PairReading[coverage=0.0, cov=UNREAD, corr=UNREAD, beta=UNREAD]", pair.status(PairMetric.BETA), pair);
        final LagReading lags = reader.lags(
                Pair.byBucket(rate, flow, Bucket.of(Duration.ofDays(1))),
                Window.slidingNs(DAY_NS),
                LagRange.ofBuckets(0, 1));
        assertUnread("LagReading[lags=2, status=UNREAD]", lags.status(1), lags);
    }

    @Test
    void shouldBeUnreadOfManySeries() {
        final GroupReading groups = panels.group(group);
        assertEquals(Double.NaN, groups.value(GroupMetric.COVERED));
        assertUnread(
                "GroupReading[members=0, simple=UNREAD, weighted=UNREAD, covered-share=UNREAD]",
                groups.status(GroupMetric.COVERED),
                groups);
        final var hierarchy = panels.hierarchy(Hierarchy.byPrefix(group, 2), "85");
        final GroupReading node = hierarchy.node("85");
        assertEquals(Status.UNREAD, node.status(GroupMetric.HHI));
        final EffectReading effects = panels.effects(group);
        assertUnread("EffectReading[change=UNREAD, rateEffect=UNREAD, mixEffect=UNREAD]", effects.status(), effects);
        final StackReading stack = panels.stack(stack());
        assertUnread("StackReading[rate=UNREAD]", stack.status(), stack);
        final var ratio = panels.ratio(FlowRatio.of(flow, flow), Window.slidingNs(DAY_NS));
        assertUnread("RatioReading[value=UNREAD]", ratio.status(), ratio);
        final var slope = panels.passThrough(new PassThrough(rate, other, List.of(1L, 2L)));
        assertUnread("SlopeReading[value=UNREAD, count=0]", slope.status(), slope);
        final var elasticity = panels.elasticity(new Elasticity(List.of(flow), rate), Window.slidingNs(DAY_NS));
        assertUnread("SlopeReading[value=UNREAD, count=0]", elasticity.status(), elasticity);
        final var comparison = panels.comparison(Comparison.of(rate, other), Window.slidingNs(DAY_NS), 1);
        assertUnread("ComparisonReading[largestDifference=UNREAD, stretches=0]", comparison.status(), comparison);
        final EventStudyReading study =
                panels.study(EventStudy.ofMean(List.of(rate), List.of(4L), List.of(0L, 1L, 2L, 3L, 4L, 5L), 3));
        assertEquals(Status.UNREAD, study.status(0, 0, EventMetric.CAR));
        assertUnread(
                "EventStudyReading[MEAN_CAR=UNREAD, T_CROSS=UNREAD, RANK=UNREAD]",
                study.status(StudyMetric.RANK),
                study);
    }

    private Stack stack() {
        return Stack.of(Composition.of(Layer.add("base", rate)));
    }

    @Test
    void shouldReportWhatWasRead() {
        KnownPoint.apply(engine, rate, START, 205, START);
        KnownPoint.apply(engine, rate, END + DAY_NS, 300, START);
        final WindowReading window =
                reader.window(Window.slidingNs(2 * DAY_NS), Metric.MEAN, Metric.COUNT, Metric.ZSCORE);
        window.read(rate, END);
        assertEquals(
                "WindowReading[at=2025-05-15T04:01:00Z, count=1, coverage=0.5, mean=20.5 PARTIAL,"
                        + " zscore=INSUFFICIENT]",
                window.toString());
        final WindowReading two = reader.windows(List.of(Window.slidingNs(DAY_NS), Window.last(2)), Metric.LAST);
        two.read(rate, END);
        assertEquals(
                "WindowReading[at=2025-05-15T04:01:00Z, window=1d, count=0,"
                        + " coverage=1.0, last=20.5, window=last 2 points, count=1, coverage=1.0,"
                        + " last=20.5 PARTIAL]",
                two.toString());
        final LevelReading level = reader.level();
        level.read(rate, END);
        assertEquals(
                "LevelReading[at=2025-05-15T04:01:00Z, value=20.5, since=2025-05-14T04:01:00Z,"
                        + " next=2025-05-16T04:01:00Z]",
                level.toString());
        final GroupReading groups = panels.group(group).read(END);
        assertEquals(
                "GroupReading[at=2025-05-15T04:01:00Z, members=2, simple=20.5 PARTIAL, weighted=20.5 PARTIAL,"
                        + " covered-share=0.5]",
                groups.toString());
        final StackReading stack = panels.stack(stack()).read(END);
        assertEquals("StackReading[rate=20.5]", stack.toString());
    }
}
