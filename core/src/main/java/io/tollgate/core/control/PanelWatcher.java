package io.tollgate.core.control;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.define.SubscriptionSpace;
import io.tollgate.core.timeline.PanelCursors;
import io.tollgate.core.timeline.PanelText;
import io.tollgate.core.timeline.PanelTimeline;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.watch.PanelLedger;
import io.tollgate.core.watch.PanelUpdates;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.writer.EngineWriter;
import io.tollgate.core.writer.PanelDuty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Begins and ends panel watches, and creates queues of their events. Control threads, one at a time. */
public final class PanelWatcher {
    private static final String WATCH = "watch";

    private final PanelDuty panels;
    private final PanelUpdates updates;
    private final EngineUpdates subscribed;
    private final SubscriptionSpace room;
    private final UpdateQueues queues;
    private final CommandInvoker calls;
    private final Supplier<PanelCursors> cursors;

    public PanelWatcher(
            final EngineWriter writer,
            final UpdateQueues queues,
            final CommandInvoker calls,
            final Supplier<PanelCursors> cursors) {
        panels = writer.panels();
        updates = panels.updates();
        room = writer.subscriptions().room();
        subscribed = room.updates();
        this.queues = queues;
        this.calls = calls;
        this.cursors = cursors;
    }

    PolledUpdates watch(final WatchSet watches, final QueueOptions options, final boolean isListened) {
        calls.requireOutside(WATCH);
        return watchAlone(watches, options, isListened);
    }

    private synchronized PolledUpdates watchAlone(
            final WatchSet watches, final QueueOptions options, final boolean isListened) {
        final boolean isFollowed = calls.call(WATCH, () -> isFollowed(watches));
        final PolledUpdates queue = queues.newQueue(watches.name(), options, isListened, this::detach);
        boolean isAttached = false;
        try {
            if (isFollowed) {
                calls.run(WATCH, () -> queue.attach(updates));
            } else {
                begin(watches, queue);
            }
            isAttached = true;
        } finally {
            if (!isAttached) {
                queue.abandon();
            }
        }
        return queue;
    }

    Registration watch(final WatchSet watches, final QueueOptions options, final UpdateHandler listener) {
        return queues.attach(watch(watches, options, true), listener);
    }

    /** Returns the active watches, in the order of their creation. */
    List<WatchSet> followed() {
        return calls.call("list", updates::followed);
    }

    /** Returns the number of open queues of subscriptions and watches; engine thread. */
    public int queueCount() {
        return subscribed.queueCount() + updates.queueCount();
    }

    /**
     * Returns true if the watches are active. Refuses different watches of the same name, and watches without room;
     * engine thread.
     */
    private boolean isFollowed(final WatchSet watches) {
        final String name = watches.name();
        final Optional<WatchSet> followed = updates.find(name);
        final PanelLedger ledger = subscribed.panels();
        final Optional<String> logged = ledger.text(name);
        final boolean isOther = followed.isPresent() && !followed.get().equals(watches)
                || logged.isPresent() && !PanelText.isSame(logged.get(), watches.text());
        if (isOther || subscribed.find(name).isPresent()) {
            throw new IllegalStateException("subscription=" + name
                    + " is another one, expected the same watches; end that first, or take another name");
        }
        room.requireQueue(name, queueCount());
        if (logged.isEmpty()) {
            room.requireSubscription(name);
        }
        return followed.isPresent();
    }

    private void begin(final WatchSet watches, final PolledUpdates queue) {
        final List<PanelTimeline> timelines = new ArrayList<>();
        for (int watch = 0; watch < watches.watches().size(); watch++) {
            final WatchedPanel panel = watches.panel(watch);
            timelines.add(new PanelTimeline(cursors.get().cursor(panel), panel.gridNs(SeriesKind.STEP)));
        }
        // Submitted only now, because a timeline refuses series of another engine.
        calls.run(WATCH, () -> {
            // Checked again: a subscription may have taken the name or the room meanwhile.
            isFollowed(watches);
            panels.begin(watches, timelines, queue);
        });
    }

    /** Ends watches; false if the name is unknown. */
    boolean unwatch(final String name) {
        calls.requireOutside("unsubscribe");
        return unwatchAlone(name);
    }

    private synchronized boolean unwatchAlone(final String name) {
        return calls.call(WATCH, () -> panels.end(name));
    }

    private void detach(final PolledUpdates queue) {
        try {
            calls.run(WATCH, () -> queue.detach(updates));
        } catch (final IllegalStateException e) {
            // The engine is closed, or this is its thread. The queue is closed, which is sufficient.
        }
    }
}
