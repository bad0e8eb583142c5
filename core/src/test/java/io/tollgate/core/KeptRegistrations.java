package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.open.EngineResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The registrations of an engine that is fed by {@link Lanes}: windows, a group by pattern, and a subscription and
 * watches on that group. The subscription and the watches belong to a turn, whose number only grows. Each turn ends the
 * registrations of the turn before and begins new ones.
 */
public final class KeptRegistrations {
    /** Only the permanent registrations are made; the first turn has not begun. */
    private static final long NO_TURN = 0;

    /** No registration is certain. */
    private static final long NOTHING = -1;

    private static final String PATTERN = "lane.*";
    private static final String SUBSCRIPTION = "turns";
    private static final String PANELS = "panels";
    private static final WindowRegistration WINDOWS =
            WindowRegistration.of(PATTERN).withWindows(Window.slidingNs(3_333));
    private static final Group GROUP = Group.fitting(MemberPattern.of(new LevelPattern(PATTERN, Unit.PERCENT, 2)));

    /** An instant before all points. */
    private static final long BEFORE_NS = -1_000;

    /** Levels cross this threshold in each turn. Each turn has its own threshold, which a double represents exactly. */
    private static final double FIRST_THRESHOLD = 40;

    private static final double THRESHOLDS_OF_ONE = 1 << 20;

    private final Engine engine;

    public KeptRegistrations(final Engine engine) {
        this.engine = engine;
    }

    /**
     * The progress of a turn. The permanent registrations are made with the first turn.
     *
     * @param number     number of the last acknowledged turn.
     * @param isChanging true if another turn is about to replace it.
     */
    public record Turn(long number, boolean isChanging) {
        public static final Turn NONE = new Turn(NOTHING, true);

        public static Turn parse(final String text) {
            final boolean isChanging = text.endsWith("-");
            return new Turn(Long.parseLong(isChanging ? text.substring(0, text.length() - 1) : text), isChanging);
        }

        @Override
        public String toString() {
            return number + (isChanging ? "-" : "");
        }

        /** The same turn, while another one replaces it. */
        public Turn changing() {
            return new Turn(number, true);
        }

        /** The registrations that certainly remain if a later turn has begun. */
        public Turn before(final Turn later) {
            return equals(later) ? this : changing();
        }

        /** True if a registration may be missing or belong to another turn. */
        private boolean allows(final OptionalLong found) {
            return found.isPresent() && found.getAsLong() == number
                    || isChanging && (found.isEmpty() || found.getAsLong() > number);
        }
    }

    /** Makes the permanent registrations. */
    public void register() {
        engine.series().register(WINDOWS);
        engine.series().register(GROUP);
    }

    /** Returns the turn that is completely registered. Otherwise returns the earlier turn as changing. */
    public Turn turn(final Turn earlier) {
        final OptionalLong subscribed = subscribed();
        return subscribed.isPresent() && subscribed.equals(watched())
                ? new Turn(subscribed.getAsLong(), false)
                : new Turn(Math.max(NO_TURN, earlier.number()), true);
    }

    /** Makes the permanent registrations, ends the current turn, and begins another one. */
    public void change(final long number) {
        register();
        change(number, () -> {});
    }

    /** Ends the current turn and begins another one; calls back after each step. */
    public void change(final long number, final Runnable step) {
        engine.updates().unsubscribe(SUBSCRIPTION);
        step.run();
        engine.updates().unsubscribe(PANELS);
        step.run();
        subscribe(number).close();
        step.run();
        engine.updates().subscribe(watches(number), QueueOptions.DEFAULT).close();
    }

    private UpdateQueue subscribe(final long number) {
        return engine.updates().subscribe(subscription(number), QueueOptions.DEFAULT);
    }

    private static Subscription subscription(final long number) {
        return Subscription.of(SUBSCRIPTION, PATTERN)
                .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.since(BEFORE_NS - number), Metric.COUNT));
    }

    private static WatchSet watches(final long number) {
        return WatchSet.of(
                PANELS,
                Watch.above(WatchedPanel.of(GROUP, GroupMetric.SIMPLE), FIRST_THRESHOLD + number / THRESHOLDS_OF_ONE));
    }

    private OptionalLong subscribed() {
        final Optional<Subscription> found = engine.updates().list().stream()
                .filter(request -> request.name().equals(SUBSCRIPTION))
                .map(Subscription.class::cast)
                .findFirst();
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        final WatchedMetric.OfWindow watched =
                (WatchedMetric.OfWindow) found.get().metrics().get(1);
        final long number = BEFORE_NS - ((Window.Since) watched.window()).instantNs();
        assertEquals(subscription(number), found.get());
        return OptionalLong.of(number);
    }

    private OptionalLong watched() {
        final Optional<String> text = resources().updates().panels().text(PANELS);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        final double threshold = Double.parseDouble(text.get().split(" ")[1]);
        final long number = (long) ((threshold - FIRST_THRESHOLD) * THRESHOLDS_OF_ONE);
        assertEquals(watches(number).text(), text.get());
        return OptionalLong.of(number);
    }

    private EngineResources resources() {
        return ((TollgateEngine) engine).resources();
    }

    /** Requires the acknowledged registrations, and all or none of an unacknowledged one. */
    public void require(final Turn acknowledged, final String what) {
        final OptionalLong subscribed = subscribed();
        assertTrue(
                acknowledged.allows(subscribed),
                () -> what + " subscribed=" + subscribed + " acknowledged=" + acknowledged);
        assertEquals(engine.updates().list(), resources().updates().subscriptions(), what);
        final boolean isKept = resources()
                .store()
                .registrations()
                .under(PATTERN)
                .filter(registered -> registered.windows().equals(WINDOWS.windows()))
                .isPresent();
        assertTrue(isKept || acknowledged.number() == NOTHING, () -> what + " windows=" + isKept);
        final OptionalLong watched = watched();
        assertTrue(acknowledged.allows(watched), () -> what + " watched=" + watched + " acknowledged=" + acknowledged);
    }

    /**
     * Requires that an engine reads the group like a twin that got the same points and was never killed. Both must send
     * the same updates for the next operation of each lane. The engine has applied that operation before.
     */
    public static void requireSame(final Engine engine, final int laneCount, final String what) {
        final KeptRegistrations kept = new KeptRegistrations(engine);
        kept.register();
        try (Engine twin = TollgateEngine.launch(
                Lanes.context().clockMode(ClockMode.EVENT).threadingMode(ThreadingMode.STEPPED))) {
            final Lanes twinLanes = new Lanes(twin, laneCount);
            twinLanes.defineThoseOf(engine);
            final long[] numbers = new long[laneCount];
            for (int lane = 0; lane < laneCount; lane++) {
                numbers[lane] = Lanes.numberIn(engine, lane);
                twinLanes.feed(lane, 0, numbers[lane]);
            }
            requireSameGroup(twin, engine, numbers, what);
            final Lanes lanes = new Lanes(engine, laneCount);
            // A kill may come before the first level is defined, and a subscription to levels needs one.
            lanes.defineAll();
            twinLanes.defineAll();
            final OptionalLong subscribed = kept.subscribed();
            final long number = subscribed.orElse(Lanes.SPACE_NS);
            final UpdateQueue queue = kept.subscribe(number);
            final UpdateQueue twinQueue = new KeptRegistrations(twin).subscribe(number);
            for (int lane = 0; lane < laneCount; lane++) {
                engine.awaitApplied(lanes.offer(lane, numbers[lane]));
                twin.awaitApplied(twinLanes.offer(lane, numbers[lane]));
                numbers[lane]++;
            }
            assertEquals(recorded(twin, twinQueue), recorded(engine, queue), what + " updates of the next operations");
            requireSameGroup(twin, engine, numbers, what + " after the next operations");
            if (subscribed.isEmpty()) {
                engine.updates().unsubscribe(SUBSCRIPTION);
            }
        }
    }

    /** Returns the updates in the order of each series. */
    private static Map<String, List<String>> recorded(final Engine engine, final UpdateQueue queue) {
        final Map<String, List<String>> recorded = new TreeMap<>();
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        assertEquals(List.of(), recorder.gaps());
        recorder.recorded()
                .forEach(update -> recorded.computeIfAbsent(
                                engine.series()
                                        .find(update.seriesNumber())
                                        .orElseThrow()
                                        .key(),
                                key -> new ArrayList<>())
                        .add(update.metricIndex() + " " + update.cause() + " " + update.oldStatus() + " "
                                + update.oldValue() + " -> " + update.newStatus() + " " + update.newValue()));
        return recorded;
    }

    private static void requireSameGroup(
            final Engine twin, final Engine engine, final long[] numbers, final String what) {
        final List<Long> instants = new ArrayList<>(List.of(engine.now()));
        for (final long number : numbers) {
            final LongConsumer around = at -> instants.addAll(List.of(at - 1, at, at + Lanes.SPACE_NS));
            around.accept(Lanes.SPACE_NS * number);
            around.accept(Lanes.SPACE_NS * number / 2);
        }
        for (final long at : instants) {
            assertEquals(group(twin, at), group(engine, at), what + " group at=" + at);
        }
    }

    private static String group(final Engine engine, final long at) {
        final PanelReader reader = engine.newPanelReader();
        final GroupReading reading = reader.group(GROUP).read(at);
        final StringBuilder text = new StringBuilder();
        for (final GroupMetric metric : GroupMetric.values()) {
            text.append(reading.status(metric))
                    .append(' ')
                    .append(reading.value(metric))
                    .append(' ');
        }
        return text + "members=" + reading.memberCount() + " known=" + reading.knownCount() + " leftOut="
                + reading.leftOutCount();
    }
}
