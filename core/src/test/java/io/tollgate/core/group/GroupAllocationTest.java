package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.group.Branch;
import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.ElasticityReading;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.PassThroughReading;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.AllocationMeasurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applying with maintained groups, and reading groups, allocate no byte. */
class GroupAllocationTest extends AllocationMeasurement {
    private static final LevelPattern RATES = new LevelPattern("step.*", Unit.PERCENT, 6);
    private static final GroupMetric[] METRICS = {
        GroupMetric.WEIGHTED, GroupMetric.TRI, GroupMetric.HHI_NORMALISED, GroupMetric.COVERED
    };

    @Test
    void shouldAllocateNothingOnApplyingToGroupsThatAreKept() {
        engine.series().register(group(1, SERIES));
        engine.series().register(group(2, SERIES));
        engine.series().register(group(3, 8));
        engine.series().register(hierarchy(Group.fitting(MemberPattern.of(RATES)), SERIES));
        assertEquals(0, bytesOfOfferingAndApplying(false));
    }

    @Test
    void shouldAllocateNothingOnApplyingToGroupsThatAreWatched() {
        final Group group = group(1, SERIES);
        engine.updates()
                .subscribe(
                        WatchSet.of(
                                "groups",
                                Watch.above(WatchedPanel.of(group, GroupMetric.WEIGHTED), 1_000),
                                Watch.below(WatchedPanel.of(group, GroupMetric.FREQUENCY), -1)
                                        .withFor(Duration.ofNanos(3)),
                                Watch.above(WatchedPanel.of(hierarchy(group, SERIES), "odd", GroupMetric.COVERAGE), 2)),
                        QueueOptions.DEFAULT);
        assertEquals(0, bytesOfOfferingAndApplying(false));
    }

    @Test
    void shouldAllocateNothingOnApplyingToPairsAndRatiosThatAreWatched() {
        final Window window = Window.slidingNs(300);
        engine.updates()
                .subscribe(
                        WatchSet.of(
                                "pairs",
                                Watch.above(
                                        WatchedPanel.of(window, Pair.asOf(steps[0], steps[1]), PairMetric.CORRELATION),
                                        2),
                                Watch.below(
                                                WatchedPanel.of(
                                                        window,
                                                        Pair.byBucket(flows[0], steps[2], new Bucket.Fixed(50)),
                                                        PairMetric.COVARIANCE),
                                                -1e15)
                                        .withFor(Duration.ofNanos(3)),
                                Watch.above(
                                        WatchedPanel.of(
                                                window,
                                                FlowRatio.of(flows[1], flows[2]),
                                                Duration.ofNanos(500),
                                                RatioMetric.GROWTH),
                                        1e15)),
                        QueueOptions.DEFAULT);
        assertEquals(0, bytesOfOfferingAndApplying(false));
    }

    @Test
    void shouldAllocateNothingOnReadingAGroupThatIsKept() {
        final Group group = group(1, SERIES);
        engine.series().register(group);
        fill();
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.group(group);
        assertEquals(0, bytesOf(number -> {
            reading.read(engine.now());
            look(reading);
        }));
        assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
    }

    @Test
    void shouldAllocateNothingOnReadingAGroupFromItsSeries() {
        final Group group = group(1, 2);
        fill();
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.group(group);
        final GroupReading over = reader.group(group, Window.slidingNs(300));
        final EffectReading effects = reader.effects(group);
        assertEquals(0, bytesOf(number -> {
            final long at = time - number % 1_000;
            switch (number % 3) {
                case 0 -> reading.read(at);
                case 1 -> look(over.read(at));
                default -> {
                    effects.read(at - 500, at);
                    sink += effects.change() + effects.rateEffect() + effects.mixEffect();
                }
            }
            look(reading);
        }));
        assertEquals(Status.OK, effects.status());
    }

    @Test
    void shouldAllocateNothingOnReadingAHierarchy() {
        final Hierarchy kept = hierarchy(Group.fitting(MemberPattern.of(RATES)), SERIES);
        engine.series().register(kept);
        fill();
        final PanelReader reader = engine.newPanelReader();
        final HierarchyReading reading = reader.hierarchy(kept);
        final HierarchyReading scanned = reader.hierarchy(hierarchy(group(1, 2), 2));
        final HierarchyReading over = reader.hierarchy(scanned.hierarchy(), Window.slidingNs(300));
        assertEquals(0, bytesOf(number -> {
            switch (number % 16) {
                case 0 -> scanned.read(time - number % 1_000);
                case 1 -> look(over.read(time).node("odd"));
                default -> reading.read(engine.now());
            }
            look(reading.node("odd"));
            look(scanned.node("odd"));
        }));
        assertEquals(Status.OK, reading.node("even").status(GroupMetric.WEIGHTED));
    }

    @Test
    void shouldAllocateNothingOnReadingAStackAndARatio() {
        fill();
        final PanelReader reader = engine.newPanelReader();
        final StackReading stack = reader.stack(Stack.of(Composition.of(
                Layer.add("base", steps[0]),
                Layer.max("steel", "metal", steps[1]),
                Layer.max("derivative", "metal", steps[2]))));
        final RatioReading ratio = reader.ratio(FlowRatio.of(flows[0], flows[1]), Window.slidingNs(2_000));
        assertEquals(0, bytesOf(number -> {
            if ((number & 1) == 0) {
                stack.read(time - number % 1_000);
                sink += stack.rate() + stack.duty(1_417_200);
            } else {
                ratio.read(time - number % 1_000);
                sink += ratio.value();
            }
        }));
        assertEquals(Status.OK, stack.status());
        assertEquals(Status.OK, ratio.status());
    }

    @Test
    void shouldAllocateNothingOnReadingAStudyAndSlopes() {
        fill();
        final List<Long> calendar = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            final long at = time + 10L * i;
            calendar.add(at);
            for (int k = 0; k < 3; k++) {
                offer(steps[k], at, 100 + 7L * i * (k + 1) % 13);
            }
        }
        applyAll();
        final PanelReader reader = engine.newPanelReader();
        final EventStudyReading study = reader.study(
                EventStudy.ofMarket(steps[0], List.of(steps[1], steps[2]), calendar.subList(40, 42), calendar, 20)
                        .withWindow(1, 2, 3)
                        .asKnown());
        final PassThroughReading passThrough =
                reader.passThrough(new PassThrough(steps[1], steps[0], calendar.subList(0, 5)));
        final ElasticityReading elasticity =
                reader.elasticity(new Elasticity(List.of(flows[1], flows[2]), steps[0]), Window.slidingNs(2_000));
        assertEquals(0, bytesOf(number -> {
            if (number % 128 == 0) {
                study.read();
                sink += study.value(StudyMetric.RANK) + study.value(1, 1, EventMetric.T_EXACT);
            } else if (number % 16 == 1) {
                passThrough.read();
                sink += passThrough.value();
            } else if (number % 16 == 2) {
                elasticity.read(calendar.get(0), calendar.get(number / 16 % 50 + 1));
                sink += elasticity.value();
            }
        }));
        assertEquals(Status.OK, study.status(StudyMetric.RANK));
        assertEquals(Status.OK, passThrough.status());
        assertEquals(2, elasticity.count());
    }

    private static Hierarchy hierarchy(final Group group, final int size) {
        final Branch[] branches = new Branch[2 * size];
        for (int i = 0; i < size; i++) {
            final String parent = i % 2 == 0 ? "even" : "odd";
            branches[2 * i] = Branch.of(Integer.toString(i), parent);
            branches[2 * i + 1] = Branch.of("step." + i, parent);
        }
        return Hierarchy.of(group, branches);
    }

    private double sink;

    private void look(final GroupReading reading) {
        for (final GroupMetric metric : METRICS) {
            sink += reading.value(metric);
        }
    }

    /** Returns a group in which each series is the rate of one member and the weight of another. */
    private Group group(final int distance, final int size) {
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(GroupMember.of(steps[i], steps[(i + distance) % SERIES]));
        }
        return Group.of(members);
    }
}
