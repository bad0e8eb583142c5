package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.core.fixture.UpdateRecorder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The expected events of the watches of a subscription. The model evaluates each metric again, from the start of the
 * watch or from its last final event. It uses all points as known now.
 */
public final class WatchModel {
    record Event(long seriesNumber, int watchIndex, long instantNs, boolean isFire) {
        Watched watched() {
            return new Watched(seriesNumber, watchIndex);
        }
    }

    /** A watch on a series. */
    private record Watched(long seriesNumber, int watchIndex) {}

    private final Subscription subscription;
    private final UpdateModel[] metrics;
    private final Map<Long, Long> starts = new HashMap<>();

    /** The events sent and not retracted. */
    private final Set<Event> recorded = new HashSet<>();

    /** The events that can no longer be retracted, whatever becomes known, and the last of each watch. */
    private final Set<Event> finals = new HashSet<>();

    private final Map<Watched, Event> lastFinals = new HashMap<>();

    private long retractedCount;

    public WatchModel(final Engine engine, final Subscription subscription) {
        this.subscription = subscription;
        metrics = subscription.watches().stream()
                .map(watch ->
                        new UpdateModel(engine, subscription.withWatches().withMetrics(watch.metric()), Instants.MIN))
                .toArray(UpdateModel[]::new);
    }

    /** Follows a series from after an instant. */
    public void follow(final Series series, final long nowNs) {
        starts.putIfAbsent(series.number(), nowNs + 1);
    }

    /** Takes updates. An event must be new, and a retraction must belong to an earlier event. */
    public void take(final List<UpdateRecorder.Recorded> updates, final String context) {
        boolean isOfTime = true;
        for (final UpdateRecorder.Recorded update : updates) {
            if (isOfTime && update.cause() != UpdateCause.TIME) {
                // Events caused by time alone come after all compared before, and stay if no point comes.
                makeFinal();
                isOfTime = false;
            }
            final boolean isFire = update.type() == UpdateType.FIRED || update.type() == UpdateType.FIRE_RETRACTED;
            final Event event = new Event(update.seriesNumber(), update.watchIndex(), update.atNs(), isFire);
            if (update.type() == UpdateType.FIRED || update.type() == UpdateType.CLEARED) {
                assertTrue(recorded.add(event), () -> "sent twice: " + update + " " + context);
            } else {
                assertTrue(recorded.remove(event), () -> "never sent: " + update + " " + context);
                assertFalse(finals.contains(event), () -> "final: " + update + " " + context);
                retractedCount++;
            }
        }
    }

    private void makeFinal() {
        recorded.stream()
                .filter(event -> !finals.contains(event))
                .collect(Collectors.groupingBy(Event::watched))
                .values()
                .forEach(this::makeFinal);
    }

    /** Only the last {@link Watch#MAX_EVENTS} events of a watch can be retracted. */
    private void makeFinal(final List<Event> events) {
        events.sort(Comparator.comparingLong(Event::instantNs));
        for (final Event event : events.subList(0, Math.max(0, events.size() - Watch.MAX_EVENTS))) {
            finals.add(event);
            lastFinals.put(event.watched(), event);
        }
    }

    /** Requires the events sent and not retracted to be the expected ones. */
    public int check(final Map<Series, Oracle> oracles, final long nowNs, final String context) {
        final Set<Event> expected = new LinkedHashSet<>(finals);
        oracles.forEach((series, oracle) -> {
            for (int i = 0; i < metrics.length; i++) {
                addEvents(series, oracle, i, nowNs, expected);
            }
        });
        assertEquals(expected, recorded, context);
        makeFinal();
        return expected.size();
    }

    private void addEvents(
            final Series series, final Oracle oracle, final int index, final long nowNs, final Set<Event> events) {
        final Watch watch = subscription.watches().get(index);
        final UpdateModel metric = metrics[index];
        final Event last = lastFinals.get(new Watched(series.number(), index));
        boolean isFired = last != null && last.isFire();
        long beyondSince = Long.MIN_VALUE;
        long at = last == null ? starts.get(series.number()) : metric.nextRead(series, oracle, last.instantNs());
        while (at <= nowNs) {
            final double value = metric.valueAt(series, at);
            if (isFired) {
                if (watch.side() == Watch.Side.ABOVE ? value <= watch.clear() : value >= watch.clear()) {
                    events.add(new Event(series.number(), index, at, false));
                    isFired = false;
                }
            } else if (watch.side() == Watch.Side.ABOVE ? value > watch.fire() : value < watch.fire()) {
                beyondSince = beyondSince == Long.MIN_VALUE ? at : beyondSince;
                if (at - beyondSince >= watch.forNs()) {
                    events.add(new Event(series.number(), index, at, true));
                    isFired = true;
                    beyondSince = Long.MIN_VALUE;
                }
            } else {
                beyondSince = Long.MIN_VALUE;
            }
            final long next = metric.nextRead(series, oracle, at);
            final long due = beyondSince == Long.MIN_VALUE ? Long.MAX_VALUE : beyondSince + watch.forNs();
            at = due > at ? Math.min(next, due) : next;
        }
    }

    public long retractedCount() {
        return retractedCount;
    }

    public int finalCount() {
        return finals.size();
    }
}
