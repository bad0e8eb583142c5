package io.tollgate.core.oracle;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;

/** Random streams of points, batches and time, and the expected events of watches, computed anew after each cycle. */
public final class WatchStream {
    private WatchStream() {}

    public static final int SERIES = 3;

    /** The watch on the first series alone. */
    private static final int FIRST_ALONE = 2;

    private static final int TIME = 40;

    /** A step: a point or a withdrawal of a series, the many points of a batch, or time. */
    public record Act(List<Change> changes, boolean isBatch, long advanceNs) {}

    /** A point or a withdrawal, which has no value. */
    public record Change(int series, long at, long value, long knownNs, boolean isWithdrawal) {}

    public record Recorded(int watch, String type, long atNs, Double value, UpdateCause cause) {
        public static Recorded of(final UpdateRecorder.Recorded update) {
            return new Recorded(
                    update.watchIndex(), update.type().name(), update.atNs(), update.newValue(), update.cause());
        }

        public Recorded withoutCause() {
            return new Recorded(watch, type, atNs, value, UpdateCause.TIME);
        }
    }

    /** Returns points in any order, each of which moves the clock in mode KNOWLEDGE, and moves of the clock alone. */
    public static List<Act> stream(final Random random, final ClockMode mode) {
        final List<Act> acts = new ArrayList<>();
        final List<TreeMap<Long, Long>> levels = levels();
        long nowNs = 1;
        for (int i = 0; i < 150; i++) {
            if (mode == ClockMode.MANUAL && random.nextInt(8) == 0) {
                nowNs += random.nextInt(3);
                acts.add(new Act(List.of(), false, nowNs));
                continue;
            }
            if (mode == ClockMode.KNOWLEDGE && random.nextInt(3) == 0) {
                nowNs += random.nextInt(3);
            }
            final boolean isBatch = random.nextInt(12) == 0;
            final List<Change> changes = new ArrayList<>();
            for (int k = isBatch ? 2 + random.nextInt(4) : 1; k > 0; k--) {
                final int series = random.nextInt(SERIES);
                final long at = random.nextInt(TIME);
                final boolean isWithdrawal =
                        random.nextInt(4) == 0 && levels.get(series).remove(at) != null;
                final long value = random.nextInt(30);
                if (!isWithdrawal) {
                    levels.get(series).put(at, value);
                }
                changes.add(new Change(
                        series, at, value, mode == ClockMode.KNOWLEDGE ? nowNs : Instants.NONE, isWithdrawal));
            }
            acts.add(new Act(changes, isBatch, 0));
        }
        return acts;
    }

    private static List<TreeMap<Long, Long>> levels() {
        final List<TreeMap<Long, Long>> levels = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            levels.add(new TreeMap<>());
        }
        return levels;
    }

    /** Returns watches on the average and on one series, with and without a duration. */
    public static WatchSet watches(final List<StepSeries> series) {
        final WatchedPanel average =
                WatchedPanel.of(Group.of(series.stream().map(GroupMember::of).toList()), GroupMetric.SIMPLE);
        final WatchedPanel first = WatchedPanel.of(Group.of(GroupMember.of(series.get(0))), GroupMetric.SIMPLE);
        return WatchSet.of(
                "spread",
                Watch.above(average, 14).withClear(12),
                Watch.below(average, 13).withFor(Duration.ofNanos(3)),
                Watch.above(first, 15).withClear(14));
    }

    private static double value(final int watch, final List<TreeMap<Long, Long>> levels, final long at) {
        final List<Long> all = levels.stream()
                .map(level -> level.floorEntry(at))
                .filter(entry -> entry != null)
                .map(Map.Entry::getValue)
                .toList();
        final Map.Entry<Long, Long> first = levels.get(0).floorEntry(at);
        final double one = first == null ? Double.NaN : first.getValue();
        final double average = all.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
        return watch == FIRST_ALONE ? one : average;
    }

    /** Splits steps into duty cycles. A step that only moves the clock ends its cycle. */
    public static List<List<Act>> cycles(final List<Act> acts, final Random random) {
        final List<List<Act>> cycles = new ArrayList<>();
        List<Act> cycle = new ArrayList<>();
        for (final Act act : acts) {
            cycle.add(act);
            if (act.changes().isEmpty() || random.nextInt(4) == 0) {
                cycles.add(cycle);
                cycle = new ArrayList<>();
            }
        }
        cycles.add(cycle);
        return cycles;
    }

    /** Computes all events anew after each cycle. */
    public static List<List<Recorded>> expected(
            final List<List<Act>> cycles, final ClockMode mode, final WatchSet watches, final long startNs) {
        final List<List<Recorded>> recorded = new ArrayList<>();
        final List<TreeMap<Long, PanelWatchFixture.Event>> standing = new ArrayList<>();
        for (int watch = 0; watch < watches.watches().size(); watch++) {
            recorded.add(new ArrayList<>());
            standing.add(new TreeMap<>());
        }
        final List<TreeMap<Long, Long>> levels = levels();
        long nowNs = startNs;
        for (final List<Act> cycle : cycles) {
            final Set<Integer> touched = new HashSet<>();
            for (final Act act : cycle) {
                nowNs = Math.max(nowNs, act.advanceNs());
                for (final Change change : act.changes()) {
                    nowNs = mode == ClockMode.KNOWLEDGE ? Math.max(nowNs, change.knownNs()) : nowNs;
                    touched.add(change.series());
                    if (change.isWithdrawal()) {
                        levels.get(change.series()).remove(change.at());
                    } else {
                        levels.get(change.series()).put(change.at(), change.value());
                    }
                }
            }
            follow(watches, levels, standing, recorded, nowNs, startNs, touched);
        }
        return recorded;
    }

    private static void follow(
            final WatchSet watches,
            final List<TreeMap<Long, Long>> levels,
            final List<TreeMap<Long, PanelWatchFixture.Event>> standing,
            final List<List<Recorded>> recorded,
            final long nowNs,
            final long startNs,
            final Set<Integer> touched) {
        for (int watch = 0; watch < watches.watches().size(); watch++) {
            final int index = watch;
            final boolean isTouched = index == FIRST_ALONE ? touched.contains(0) : !touched.isEmpty();
            final UpdateCause cause = isTouched ? UpdateCause.BATCH : UpdateCause.TIME;
            final LongToDoubleFunction timeline = at -> value(index, levels, at);
            final TreeMap<Long, PanelWatchFixture.Event> found = new TreeMap<>();
            events(watches.watches().get(watch), nowNs, startNs, timeline)
                    .forEach((at, isFire) -> found.put(at, new PanelWatchFixture.Event(index, at, isFire)));
            final List<Recorded> changes = new ArrayList<>();
            standing.get(watch).forEach((at, event) -> {
                if (!event.equals(found.get(at))) {
                    changes.add(new Recorded(
                            index,
                            event.isFire() ? "FIRE_RETRACTED" : "CLEAR_RETRACTED",
                            at,
                            timeline.applyAsDouble(at),
                            cause));
                }
            });
            found.forEach((at, event) -> {
                if (!event.equals(standing.get(index).get(at))) {
                    changes.add(new Recorded(
                            index, event.isFire() ? "FIRED" : "CLEARED", at, timeline.applyAsDouble(at), cause));
                }
            });
            // Changes are ordered by instant, with retractions first.
            changes.sort(Comparator.comparingLong(Recorded::atNs)
                    .thenComparing(change -> change.type().contains("RETRACTED") ? 0 : 1));
            recorded.get(watch).addAll(changes);
            standing.set(watch, found);
        }
    }

    private static Map<Long, Boolean> events(
            final Watch watch, final long nowNs, final long startNs, final LongToDoubleFunction timeline) {
        final Map<Long, Boolean> events = new TreeMap<>();
        boolean isFired = false;
        long beyond = -1;
        for (long at = startNs + 1; at <= nowNs; at++) {
            final double value = timeline.applyAsDouble(at);
            if (isFired ? watch.isClearing(value) : watch.isBeyond(value)) {
                beyond = beyond < 0 ? at : beyond;
                if (isFired || at - beyond >= watch.forNs()) {
                    isFired = !isFired;
                    events.put(at, isFired);
                    beyond = -1;
                }
            } else {
                beyond = -1;
            }
        }
        return events;
    }
}
