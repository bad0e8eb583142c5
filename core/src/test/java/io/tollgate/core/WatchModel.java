package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Instants;
import io.tollgate.api.Series;
import io.tollgate.api.Subscription;
import io.tollgate.api.UpdateType;
import io.tollgate.api.Watch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the events of the watches of a subscription should be: all of the course of each metric is gone through again,
 * from the beginning of the watch up to now, with all points as they are known.
 */
final class WatchModel {
    /** One event of a watch. */
    record Event(long seriesNumber, int watchIndex, long instantNs, boolean isFire) {}

    private final Subscription subscription;
    private final UpdateModel[] metrics;
    private final Map<Long, Long> starts = new HashMap<>();

    /** The events told and not retracted. */
    private final Set<Event> told = new HashSet<>();

    private long retractedCount;

    WatchModel(final Engine engine, final Subscription subscription) {
        this.subscription = subscription;
        metrics = subscription.watches().stream()
                .map(watch ->
                        new UpdateModel(engine, subscription.withWatches().withMetrics(watch.metric()), Instants.MIN))
                .toArray(UpdateModel[]::new);
    }

    /** A series is followed from behind an instant on. */
    void follow(final Series series, final long nowNs) {
        starts.putIfAbsent(series.number(), nowNs + 1);
    }

    /** Takes what was told: an event only where it is not told already, a retraction only of one that was told. */
    void take(final List<UpdateRecorder.Told> updates, final String context) {
        for (final UpdateRecorder.Told update : updates) {
            final boolean isFire = update.type() == UpdateType.FIRED || update.type() == UpdateType.FIRE_RETRACTED;
            final Event event = new Event(update.seriesNumber(), update.watchIndex(), update.atNs(), isFire);
            if (update.type() == UpdateType.FIRED || update.type() == UpdateType.CLEARED) {
                assertTrue(told.add(event), () -> "told twice: " + update + " " + context);
            } else {
                assertTrue(told.remove(event), () -> "not told: " + update + " " + context);
                retractedCount++;
            }
        }
    }

    /** Asserts that what was told and not retracted is right. */
    int check(final Map<Series, Oracle> oracles, final long nowNs, final String context) {
        final Set<Event> expected = new LinkedHashSet<>();
        oracles.forEach((series, oracle) -> {
            for (int i = 0; i < metrics.length; i++) {
                addEvents(series, oracle, i, nowNs, expected);
            }
        });
        assertEquals(expected, told, context);
        return expected.size();
    }

    private void addEvents(
            final Series series, final Oracle oracle, final int index, final long nowNs, final Set<Event> events) {
        final Watch watch = subscription.watches().get(index);
        final UpdateModel metric = metrics[index];
        boolean isFired = false;
        long beyondSince = Long.MIN_VALUE;
        long at = starts.get(series.number());
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
            final long next = metric.nextLook(series, oracle, at);
            final long due = beyondSince == Long.MIN_VALUE ? Long.MAX_VALUE : beyondSince + watch.forNs();
            at = due > at ? Math.min(next, due) : next;
        }
    }

    long retractedCount() {
        return retractedCount;
    }
}
