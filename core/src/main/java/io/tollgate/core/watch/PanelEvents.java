package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.UpdateType;
import java.util.ArrayList;
import java.util.List;

/** The events of a watch on a panel that are not logged yet, in reusable objects. Used by one thread. */
final class PanelEvents implements WatchEvaluator.UpdateSink {
    private static final class Event {
        private UpdateType type;
        private long instantNs;
        private Status oldStatus;
        private double oldValue;
        private Status newStatus;
        private double newValue;
    }

    private final List<Event> events = new ArrayList<>();
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    @Override
    public void publishUpdate(
            final UpdateType type,
            final long instantNs,
            final Status oldStatus,
            final double oldValue,
            final Status newStatus,
            final double newValue) {
        if (count == events.size()) {
            events.add(new Event());
        }
        final Event event = events.get(count++);
        event.type = type;
        event.instantNs = instantNs;
        event.oldStatus = oldStatus;
        event.oldValue = oldValue;
        event.newStatus = newStatus;
        event.newValue = newValue;
    }

    /** Puts an event into queues, with its number and revision. */
    void put(
            final int index,
            final UpdateWriter writer,
            final UpdateRings rings,
            final long number,
            final long revision) {
        final Event event = events.get(index);
        writer.event(event.type, event.instantNs);
        writer.publishUpdate(rings, number, revision, event.oldStatus, event.oldValue, event.newStatus, event.newValue);
    }
}
