package io.tollgate.core.control;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.agent.ListenerThread;
import io.tollgate.core.config.Limits;
import io.tollgate.core.define.SubscriptionRoom;
import io.tollgate.core.group.ChangedSeries;
import io.tollgate.core.timeline.PanelCursors;
import io.tollgate.core.timeline.PanelText;
import io.tollgate.core.timeline.PanelTimeline;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.watch.FullQueueWait;
import io.tollgate.core.watch.PanelUpdates;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.watch.WatchTimeline;
import io.tollgate.core.writer.EngineWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Watches what is asked of many series: lets the writer tell what has changed, has it evaluated at the end of each duty
 * cycle, and gives queues out. Control threads, one at a time, but for {@link #evaluate}.
 */
public final class PanelWatcher {
    /** What has changed of one watch. */
    private record Changes(String name, int watch, ChangedSeries changed, PanelTimeline course, PanelUpdates updates)
            implements ChangedSeries.Follower {
        @Override
        public void changed(final long seriesNumber, final long fromNs) {
            updates.touch(name, watch, seriesNumber, course.changed(seriesNumber, fromNs));
        }
    }

    private final EngineWriter writer;
    private final Limits limits;
    private final SubscriptionRoom room;
    private final CommandInvoker calls;
    private final Supplier<PanelCursors> looks;
    private final ListenerThread listeners;
    private final EngineState state;
    private final PanelUpdates updates;
    private final PanelUpdates.Journal journal;
    /** Of the engine's thread. */
    private final List<Changes> changes = new ArrayList<>();

    private final Map<String, List<Changes>> changesByName = new ConcurrentHashMap<>();

    public PanelWatcher(
            final EngineWriter writer,
            final Limits limits,
            final CommandInvoker calls,
            final Supplier<PanelCursors> looks,
            final ListenerThread listeners,
            final EngineState state) {
        this.writer = writer;
        this.limits = limits;
        room = writer.subscriptions().room();
        this.calls = calls;
        this.looks = looks;
        this.listeners = listeners;
        this.state = state;
        updates = new PanelUpdates(subscribed().panels());
        journal = writer::logPanelState;
    }

    private EngineUpdates subscribed() {
        return writer.resources().updates();
    }

    /** Lets the engine's thread evaluate watches in each duty cycle; before it starts. */
    public void evaluateEachCycle(final FullQueueWait wait) {
        updates.fullQueueWait(wait);
        writer.agent().duty(this::evaluate, updates::isHeldBack);
    }

    PolledUpdates watch(final WatchSet watches, final QueueOptions options, final boolean isListened) {
        calls.requireOutside("watch");
        return watchAlone(watches, options, isListened);
    }

    private synchronized PolledUpdates watchAlone(
            final WatchSet watches, final QueueOptions options, final boolean isListened) {
        final String name = watches.name();
        call(() -> requireFree(watches));
        final PolledUpdates queue = new PolledUpdates(name, options, isListened, limits.maxUpdatesKept(), this::detach);
        boolean isAttached = false;
        try {
            if (changesByName.containsKey(name)) {
                call(() -> queue.attach(updates));
            } else {
                begin(watches, queue);
            }
            isAttached = true;
        } finally {
            if (!isAttached) {
                queue.giveUp();
            }
        }
        return queue;
    }

    Registration watch(final WatchSet watches, final QueueOptions options, final UpdateHandler listener) {
        return listeners.attach(watch(watches, options, true), listener);
    }

    /** The watches that are followed, in the order in which they were made. */
    List<WatchSet> followed() {
        return calls.call("list", updates::followed);
    }

    /** How many queues are open, those of subscriptions and of watches; engine thread. */
    public int queueCount() {
        return subscribed().queueCount() + updates.queueCount();
    }

    /** Refuses watches in whose place there are others, or for which there is no room; engine thread. */
    private void requireFree(final WatchSet watches) {
        final String name = watches.name();
        final Optional<WatchSet> followed = updates.find(name);
        final Optional<String> logged = subscribed().panels().text(name);
        final boolean isOther = followed.isPresent() && !followed.get().equals(watches)
                || logged.isPresent() && !PanelText.isSame(logged.get(), watches.text());
        if (isOther || subscribed().find(name).isPresent()) {
            throw new IllegalStateException("subscription=" + name
                    + " is another one, expected the same watches; end that first, or take another name");
        }
        room.requireQueue(name, queueCount());
        if (logged.isEmpty()) {
            room.requireSubscription(name);
        }
    }

    private void begin(final WatchSet watches, final PolledUpdates queue) {
        final List<Changes> added = new ArrayList<>();
        final List<WatchTimeline> courses = new ArrayList<>();
        for (int watch = 0; watch < watches.watches().size(); watch++) {
            final WatchedPanel panel = watches.panel(watch);
            final ChangedSeries changed = new ChangedSeries(panel.keys(), panel.patterns());
            final PanelTimeline course = new PanelTimeline(looks.get().look(panel), panel.gridNs(SeriesKind.STEP));
            added.add(new Changes(watches.name(), watch, changed, course, updates));
            courses.add(course);
        }
        // Only now, as a course of another engine's series is refused.
        call(() -> begin(watches, queue, added, courses));
        changesByName.put(watches.name(), added);
    }

    private void begin(
            final WatchSet watches,
            final PolledUpdates queue,
            final List<Changes> added,
            final List<WatchTimeline> courses) {
        // Once more: a subscription may have taken the name, or the room, meanwhile.
        requireFree(watches);
        try {
            added.forEach(change -> writer.groups().follow(change.changed()));
            if (subscribed().panels().text(watches.name()).isEmpty()) {
                writer.beginPanel(watches, writer.resources().clock().publishedNow() + 1);
            }
            updates.add(watches, courses);
            // At once, as watches that are made again tell what is missing in the next duty cycle.
            queue.attach(updates);
            changes.addAll(added);
        } catch (final RuntimeException | Error e) {
            added.forEach(change -> writer.groups().unfollow(change.changed()));
            remove(watches.name());
            throw e;
        }
    }

    /** Follows watches no more; engine thread. */
    private void remove(final String name) {
        updates.remove(name);
        changes.removeIf(change -> change.name().equals(name));
    }

    /** Ends watches; false if there are none of that name. */
    boolean unwatch(final String name) {
        calls.requireOutside("unsubscribe");
        return unwatchAlone(name);
    }

    private synchronized boolean unwatchAlone(final String name) {
        final List<Changes> ended = changesByName.getOrDefault(name, List.of());
        final boolean isFound = calls.call("watch", () -> {
            final boolean isThere = subscribed().panels().text(name).isPresent();
            if (isThere) {
                writer.endPanel(name);
            }
            ended.forEach(change -> writer.groups().unfollow(change.changed()));
            remove(name);
            return isThere;
        });
        changesByName.remove(name);
        return isFound;
    }

    private void detach(final PolledUpdates queue) {
        try {
            call(() -> queue.detach(updates));
        } catch (final IllegalStateException e) {
            // The engine is closed, or is this very thread: the ring is closed, which is enough.
        }
    }

    private void call(final Runnable action) {
        calls.run("watch", action);
    }

    private int evaluate() {
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).changed().poll(changes.get(i));
        }
        return updates.evaluate(
                writer.resources().clock().now(), writer.appliedSequence(), journal, state.isStopRequested());
    }
}
