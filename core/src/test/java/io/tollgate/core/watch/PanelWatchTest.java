package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.group.GroupModel;
import io.tollgate.core.group.GroupOracle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches on groups, nodes and stacks: each event once, also with late points, closes and kills. */
final class PanelWatchTest extends PanelWatchFixture {
    private static final GroupMetric[] METRICS = {
        GroupMetric.WEIGHTED, GroupMetric.FREQUENCY, GroupMetric.COVERAGE, GroupMetric.HHI, GroupMetric.SIMPLE
    };

    /** Groups of the series of a {@link GroupModel}, read in each nanosecond. */
    private record Groups(GroupModel model) implements Model {
        @Override
        public void change() {
            model.change();
        }

        @Override
        public void reopened(final Engine reopened) {
            model.reopened(reopened);
        }

        @Override
        public Set<Event> events(final WatchSet watches, final long nowNs) {
            final Set<Event> events = new LinkedHashSet<>();
            for (int i = 0; i < watches.watches().size(); i++) {
                final WatchedPanel.OfGroup panel = (WatchedPanel.OfGroup) watches.panel(i);
                addEvents(i, watches.watches().get(i), nowNs, at -> value(panel, at), at -> at + 1, events);
            }
            return events;
        }

        private double value(final WatchedPanel.OfGroup panel, final long at) {
            final GroupOracle.Sums sums =
                    new GroupOracle.Sums(panel.group()).add(model.oracle().standings(panel.group(), at, at));
            return sums.status(panel.metric()).hasValue()
                    ? sums.value(panel.metric()).doubleValue()
                    : Double.NaN;
        }
    }

    /** Points are late, pending, revised and withdrawn. The engine is closed or killed, and opened again. */
    @ParameterizedTest
    @CsvSource({"11, false", "12, false", "34, true"})
    void shouldHaveReportedTheEventsOfTheCourseAsItIsKnown(final long seed, final boolean isBaseFixed)
            throws IOException {
        final Random random = new Random(seed);
        live(
                random,
                150,
                () -> random.nextInt(3),
                engine -> new Groups(new GroupModel(engine, random)),
                groups -> watches(group(groups.model(), random, isBaseFixed), random),
                "seed=" + seed);
    }

    private static Group group(final GroupModel model, final Random random, final boolean isBaseFixed) {
        final Group group = model.group();
        return isBaseFixed ? group.withWeightsFixedAt(random.nextInt(GroupModel.TIME)) : group;
    }

    private static WatchSet watches(final Group group, final Random random) {
        final List<Watch> watches = new ArrayList<>();
        for (final GroupMetric metric : METRICS) {
            final boolean isShare = metric != GroupMetric.WEIGHTED && metric != GroupMetric.SIMPLE;
            final double fire = isShare ? random.nextInt(9) / 10.0 : random.nextInt(1_000) / 1_000.0;
            final WatchedPanel panel = WatchedPanel.of(group, metric);
            final Watch watch = random.nextBoolean() ? Watch.above(panel, fire) : Watch.below(panel, fire);
            final double quiet = watch.side() == Watch.Side.ABOVE ? -0.1 : 0.1;
            watches.add(watch.withClear(fire + quiet).withFor(Duration.ofNanos(random.nextInt(5))));
        }
        return new WatchSet(NAME, watches);
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static void offer(final Engine engine, final StepSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
        work(engine);
    }

    /** A late point of a member retracts the event, and the update names that member. */
    @Test
    void shouldRetractAnEventThatALatePointOfAMemberUndoes() {
        try (Engine engine = launch(directory.resolve("late"))) {
            final StepSeries a = define(engine, "a");
            final StepSeries b = define(engine, "b");
            offer(engine, a, 0, 10);
            offer(engine, b, 0, 10);
            engine.advanceTo(10);
            final Group group = Group.of(GroupMember.of(a), GroupMember.of(b));
            final UpdateRecorder recorder = new UpdateRecorder();
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(NAME, Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 20)),
                            QueueOptions.DEFAULT);
            engine.advanceTo(100);
            offer(engine, a, 50, 50);
            recorder.drain(queue);
            assertEquals(List.of("BATCH at=50 EMPTY NaN -> OK 30.0"), recorder.changes());
            offer(engine, b, 40, -30);
            recorder.drain(queue);
            assertEquals(1, recorder.recorded().size());
            final UpdateRecorder.Recorded retraction = recorder.recorded().get(0);
            assertEquals(UpdateType.FIRE_RETRACTED, retraction.type());
            assertEquals(b.number(), retraction.seriesNumber());
            assertEquals("BATCH at=50 OK 30.0 -> OK 10.0", retraction.change());
            assertEquals(2, retraction.number());
            assertEquals(2, retraction.revision());
        }
    }

    /** A revision of all rates causes no update with a partly revised average. */
    @Test
    void shouldReportNoAverageInTheMiddleOfABatch() {
        try (Engine engine = launch(directory.resolve("batch"))) {
            final List<GroupMember> members = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                final StepSeries rate = define(engine, "rate." + i);
                offer(engine, rate, 0, 0);
                members.add(GroupMember.of(rate));
            }
            engine.advanceTo(10);
            final WatchedPanel panel = WatchedPanel.of(Group.of(members), GroupMetric.SIMPLE);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(NAME, Watch.above(panel, 0.5), Watch.above(panel, 50)), QueueOptions.DEFAULT);
            engine.advanceTo(20);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            members.forEach(member -> batch.offer(member.rate(), 15, 60));
            final long ticket = batch.commit();
            final UpdateRecorder recorder = new UpdateRecorder();
            while (!engine.isApplied(ticket)) {
                engine.step();
                recorder.drain(queue);
            }
            work(engine);
            recorder.drain(queue);
            final String change = "BATCH at=15 EMPTY NaN -> OK 60.0";
            assertEquals(List.of(change, change), recorder.changes());
        }
    }

    @Test
    void shouldWatchANodeAndAStackAndAWindow() {
        try (Engine engine = launch(directory.resolve("kinds"))) {
            final StepSeries base = define(engine, "base");
            final StepSeries extra = define(engine, "extra");
            offer(engine, base, 0, 10);
            offer(engine, extra, 0, 0);
            engine.advanceTo(10);
            final Group group = Group.of(
                    GroupMember.of(base).withCode("8541"), GroupMember.of(extra).withCode("2805"));
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    NAME,
                                    Watch.above(
                                            WatchedPanel.of(
                                                    Hierarchy.byPrefix(group, 2).withBranches(Branch.of("28", "VI")),
                                                    "VI",
                                                    GroupMetric.SIMPLE),
                                            5),
                                    Watch.above(
                                            WatchedPanel.of(Stack.of(Composition.of(
                                                    Layer.add("base", base), Layer.add("extra", extra)))),
                                            15),
                                    Watch.above(WatchedPanel.of(Window.slidingNs(10), group, GroupMetric.SIMPLE), 7)),
                            QueueOptions.DEFAULT);
            offer(engine, extra, 20, 10);
            engine.advanceTo(60);
            work(engine);
            final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
            // The average over the window rises from 5 at 20 to 10 at 30: at 24 it is 7.
            assertEquals(
                    List.of("0 FIRED 20 10.0", "1 FIRED 20 20.0", "2 FIRED 25 7.5"),
                    recorder.recorded().stream()
                            .map(update -> update.watchIndex() + " " + update.type() + " " + update.atNs() + " "
                                    + update.newValue())
                            .sorted()
                            .toList());
        }
    }

    /** The average rises from 0 at 20 to 10 at 30, and because of a point at 22 only to 4.6 at 31. */
    @Test
    void shouldMoveTheCrossingOfAWindowWithItsPoints() {
        try (Engine engine = launch(directory.resolve("looks"))) {
            final StepSeries level = define(engine, "a");
            offer(engine, level, 0, 0);
            offer(engine, level, 20, 10);
            engine.advanceTo(10);
            final Group group = Group.of(GroupMember.of(level));
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    NAME,
                                    Watch.above(WatchedPanel.of(Window.slidingNs(10), group, GroupMetric.SIMPLE), 4)),
                            QueueOptions.DEFAULT);
            engine.advanceTo(60);
            work(engine);
            final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
            assertEquals(List.of("FIRED 25 5.0"), texts(recorder));
            offer(engine, level, 22, 4);
            assertEquals(
                    List.of("FIRE_RETRACTED 25 3.2", "FIRED 28 4.4", "CLEARED 32 4.0"), texts(recorder.drain(queue)));
            engine.awaitApplied(engine.publisher().withdraw(level, 22));
            work(engine);
            assertEquals(
                    List.of("FIRED 25 5.0", "FIRE_RETRACTED 28 8.0", "CLEAR_RETRACTED 32 10.0"),
                    texts(recorder.drain(queue)));
        }
    }

    /** Returns the updates in short form and clears them. */
    private static List<String> texts(final UpdateRecorder recorder) {
        final List<String> texts = recorder.recorded().stream()
                .map(update -> update.type() + " " + update.atNs() + " " + update.newValue())
                .toList();
        recorder.changes();
        return texts;
    }

    @Test
    void shouldRefuseOtherWatchesOfTheSameNameUntilTheyEnd() {
        final Path data = directory.resolve("names");
        final WatchSet watches;
        try (Engine engine = launch(data)) {
            final Group group = Group.of(GroupMember.of(define(engine, "a")));
            watches = WatchSet.of(NAME, Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 1));
            final WatchSet others = WatchSet.of(NAME, Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 2));
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(others, QueueOptions.DEFAULT));
            assertTrue(engine.updates().unsubscribe(NAME));
            engine.updates().subscribe(others, QueueOptions.DEFAULT);
        }
        try (Engine engine = launch(data)) {
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(watches, QueueOptions.DEFAULT));
            assertTrue(engine.updates().unsubscribe(NAME));
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
        }
    }

    /** The watches may also be from an earlier run of the engine and not created again yet. */
    @Test
    void shouldRefuseASubscriptionThatHasTheNameOfWatches() {
        final Path data = directory.resolve("taken");
        final Subscription subscription = Subscription.of(NAME, "*").withMetrics(WatchedMetric.LEVEL);
        final WatchSet watches;
        try (Engine engine = launch(data)) {
            watches = watches(engine, NAME);
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            assertRefused("subscription=" + NAME + " is watches", engine, subscription);
        }
        try (Engine engine = launch(data)) {
            assertRefused("subscription=" + NAME + " is watches", engine, subscription);
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            assertEquals(List.of(watches), engine.updates().list());
            assertTrue(engine.updates().unsubscribe(NAME));
            engine.updates().subscribe(subscription, QueueOptions.DEFAULT);
        }
    }

    private static WatchSet watches(final Engine engine, final String name) {
        final Group group = Group.of(GroupMember.of(define(engine, "a")));
        return WatchSet.of(name, Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 1));
    }

    private static void assertRefused(final String message, final Engine engine, final Subscription subscription) {
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> engine.updates().subscribe(subscription, QueueOptions.DEFAULT));
        assertTrue(refused.getMessage().startsWith(message), refused::getMessage);
    }

    @Test
    void shouldRefuseWatchesWithoutAListener() {
        try (Engine engine = launch(directory.resolve("left.out"))) {
            final WatchSet watches = watches(engine, "w");
            final NullPointerException refused = assertThrows(
                    NullPointerException.class, () -> engine.updates().subscribe(watches, QueueOptions.DEFAULT, null));
            assertTrue(refused.getMessage().startsWith("listener=null, expected "), refused::getMessage);
            assertFalse(engine.updates().unsubscribe("w"));
        }
    }

    /** Watches of an earlier run count like subscriptions, so that they have space when created again. */
    @Test
    void shouldCountWatchesAndSubscriptionsTogether() {
        final Path data = directory.resolve("count");
        final int most = Limits.DEFAULT.maxSubscriptionCount();
        try (Engine engine = launch(data)) {
            engine.updates()
                    .subscribe(watches(engine, "w"), QueueOptions.DEFAULT)
                    .close();
            for (int i = 1; i < most; i++) {
                engine.updates()
                        .subscribe(subscription(i), QueueOptions.DEFAULT)
                        .close();
            }
            assertRefused("subscription=s." + most + " subscriptionCount=" + most, engine, subscription(most));
        }
        try (Engine engine = launch(data)) {
            assertRefused("subscription=s." + most + " subscriptionCount=" + most, engine, subscription(most));
            final WatchSet other = watches(engine, "other");
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(other, QueueOptions.DEFAULT));
            engine.updates().subscribe(watches(engine, "w"), QueueOptions.DEFAULT);
            assertTrue(engine.updates().unsubscribe("w"));
            engine.updates().subscribe(subscription(most), QueueOptions.DEFAULT);
        }
    }

    private static Subscription subscription(final int number) {
        return Subscription.of("s." + number, "*").withMetrics(WatchedMetric.LEVEL);
    }

    /** The limit includes queues of watches and of subscriptions. */
    @Test
    void shouldRefuseMoreQueuesThanTheLimit() {
        try (Engine engine = launch(directory.resolve("queues"))) {
            final int most = Limits.DEFAULT.maxUpdateQueueCount();
            final WatchSet watches = watches(engine, NAME);
            final UpdateQueue ofSubscription = engine.updates().subscribe(subscription(1), QueueOptions.DEFAULT);
            final List<UpdateQueue> queues = new ArrayList<>();
            for (int i = 1; i < most; i++) {
                queues.add(engine.updates().subscribe(watches, QueueOptions.DEFAULT));
            }
            final IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> engine.updates().subscribe(watches, QueueOptions.DEFAULT));
            assertTrue(
                    refused.getMessage().startsWith("subscription=" + NAME + " updateQueueCount=" + most),
                    refused::getMessage);
            assertRefused("subscription=s.2 updateQueueCount=" + most, engine, subscription(2));
            queues.get(0).close();
            engine.updates().subscribe(subscription(2), QueueOptions.DEFAULT);
            ofSubscription.close();
            engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(watches, QueueOptions.DEFAULT));
        }
    }

    @Test
    void shouldKeepMetricsOfSeriesAndOfPanelsApart() {
        try (Engine engine = launch(directory.resolve("apart"))) {
            final WatchedPanel panel =
                    WatchedPanel.of(Group.of(GroupMember.of(define(engine, "a"))), GroupMetric.SIMPLE);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Subscription.of("s", "a").withMetrics(panel));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Subscription.of("s", "a").withWatches(Watch.above(panel, 1)));
            assertThrows(IllegalArgumentException.class, () -> WatchSet.of("p", Watch.above(WatchedMetric.LEVEL, 1)));
        }
    }
}
