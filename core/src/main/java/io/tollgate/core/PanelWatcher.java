package io.tollgate.core;

import io.tollgate.api.Instants;
import io.tollgate.api.Listening;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.WatchedPanel;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.panel.ChangedSeries;
import io.tollgate.core.watch.FullQueueWait;
import io.tollgate.core.watch.PanelUpdates;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.watch.ShardUpdates;
import io.tollgate.core.watch.WatchedCourse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Watches what is asked of many series: lets each shard tell what has changed, follows it on the thread of the first
 * shard, logs there what is to be told, and gives queues out. Control threads, one at a time, but for {@link #follow}.
 */
final class PanelWatcher {
    /** What has changed of one watch, by shard. */
    private record Changes(String name, int watch, ChangedSeries[] shards, PanelCourse course, PanelUpdates updates)
            implements ChangedSeries.Follower {
        @Override
        public void changed(final long seriesNumber, final long fromNs, final boolean isLife) {
            final long lifeNs = isLife ? fromNs : Publisher.NONE;
            updates.touch(name, watch, seriesNumber, course.changed(seriesNumber, fromNs), lifeNs);
        }
    }

    private final List<ShardWorker> workers;
    private final ShardWorker first;
    private final Limits limits;
    private final EngineCalls calls;
    private final EnginePanels panels;
    private final Supplier<MetricReader> readers;
    private final ListenerThread listeners;
    private final LongSupplier now;
    private final WatchTurn turn;
    private final EngineState state;
    private final PanelUpdates updates;
    private final PanelUpdates.Journal journal;
    /** Of the thread that follows. */
    private final List<Changes> changes = new ArrayList<>();

    private long followedNs = Instants.MIN;
    private final Map<String, List<Changes>> changesByName = new ConcurrentHashMap<>();

    PanelWatcher(
            final List<ShardWorker> workers,
            final Limits limits,
            final EngineCalls calls,
            final EnginePanels panels,
            final Supplier<MetricReader> readers,
            final ListenerThread listeners,
            final LongSupplier now,
            final WatchTurn turn,
            final EngineState state) {
        this.workers = workers;
        first = workers.get(0);
        this.limits = limits;
        this.calls = calls;
        this.panels = panels;
        this.readers = readers;
        this.listeners = listeners;
        this.now = now;
        this.turn = turn;
        this.state = state;
        updates = new PanelUpdates(first.shard().updates().panels());
        journal = first::logPanelState;
    }

    /** Lets an agent follow watches, and groups over several shards; before it starts. */
    void follow(final EngineAgent agent, final Function<EngineAgent, FullQueueWait> waits) {
        updates.fullQueueWait(waits.apply(agent));
        agent.duty(() -> panels.follow() + follow(updates.hasLeft()));
        agent.follower(() -> follow(false));
    }

    PolledUpdates watch(final PanelWatches watches, final QueueOptions options, final boolean isListened) {
        calls.requireOutside("watch");
        return watchAlone(watches, options, isListened);
    }

    private synchronized PolledUpdates watchAlone(
            final PanelWatches watches, final QueueOptions options, final boolean isListened) {
        final String name = watches.name();
        call(0, () -> requireFree(watches));
        final PolledUpdates queue =
                new PolledUpdates(name, options, 1, isListened, limits.maxUpdatesKept(), this::detach);
        boolean isAttached = false;
        try {
            if (changesByName.containsKey(name)) {
                call(0, () -> queue.attach(updates));
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

    Listening watch(final PanelWatches watches, final QueueOptions options, final UpdateHandler listener) {
        Objects.requireNonNull(listener, "listener=null, expected a handler");
        return listeners.attach(watch(watches, options, true), listener);
    }

    /** How many queues are open as a shard sees it: the first one those of watches, too; on its thread. */
    int queueCount(final ShardWorker worker) {
        return worker.shard().updates().queueCount() + (worker == first ? updates.queueCount() : 0);
    }

    /** Refuses watches in whose place there are others, or for which there is no room; on the first shard's thread. */
    private void requireFree(final PanelWatches watches) {
        final String name = watches.name();
        final Optional<PanelWatches> followed = updates.find(name);
        final Optional<String> logged = first.shard().updates().panels().text(name);
        final boolean isOther = followed.isPresent() && !followed.get().equals(watches)
                || logged.isPresent() && !PanelText.isSame(logged.get(), watches.text());
        if (isOther || first.shard().updates().find(name).isPresent()) {
            throw new IllegalStateException("subscription=" + name
                    + " is another one, expected the same watches; end that first, or take another name");
        }
        limits.requireQueueRoom(name, queueCount(first));
        if (logged.isEmpty()) {
            final ShardUpdates all = first.shard().updates();
            limits.requireSubscriptionRoom(
                    name, all.subscriptions().size() + all.panels().size());
        }
    }

    private void begin(final PanelWatches watches, final PolledUpdates queue) {
        final List<Changes> added = new ArrayList<>();
        final List<WatchedCourse> courses = new ArrayList<>();
        for (int watch = 0; watch < watches.watches().size(); watch++) {
            final WatchedPanel panel = watches.panel(watch);
            final ChangedSeries[] shards = new ChangedSeries[workers.size()];
            Arrays.setAll(shards, i -> new ChangedSeries(panel.keys(), panel.patterns(), true));
            final PanelLooks looks = new PanelLooks(panels.newReader(), readers.get());
            final PanelCourse course = new PanelCourse(looks.look(panel), shards);
            added.add(new Changes(watches.name(), watch, shards, course, updates));
            courses.add(course);
        }
        try {
            // Only now, as a course of another engine's series is refused.
            for (int i = 0; i < workers.size(); i++) {
                final int shard = i;
                call(shard, () -> follow(shard, added));
            }
            begin(watches, queue, added, courses);
        } catch (final RuntimeException | Error e) {
            unfollowAfter(e, added);
            throw e;
        }
        changesByName.put(watches.name(), added);
    }

    /**
     * Lets a shard tell what changes from now on. The first one, which comes before all others, says that the turn is
     * in use: they take it for all that they tell, also for what they are in the midst of when the watches begin.
     */
    private void follow(final int shard, final List<Changes> added) {
        if (shard == 0) {
            turn.inUse(true);
        }
        added.forEach(change -> workers.get(shard).groups().follow(change.shards()[shard]));
    }

    private void begin(
            final PanelWatches watches,
            final PolledUpdates queue,
            final List<Changes> added,
            final List<WatchedCourse> courses) {
        call(0, () -> {
            // Once more: a subscription may have taken the name, or the room, meanwhile.
            requireFree(watches);
            if (first.shard().updates().panels().text(watches.name()).isEmpty()) {
                first.beginPanel(watches, now.getAsLong() + 1);
            }
            try {
                updates.add(watches, courses);
                // At once, as watches that are made again tell what is missing in the next duty cycle.
                queue.attach(updates);
                changes.addAll(added);
            } catch (final RuntimeException | Error e) {
                remove(watches.name());
                throw e;
            }
        });
    }

    /** Follows watches no more; on the first shard's thread. */
    private void remove(final String name) {
        updates.remove(name);
        changes.removeIf(change -> change.name().equals(name));
        releaseTurn();
    }

    private void unfollowAfter(final Throwable cause, final List<Changes> ended) {
        try {
            unfollow(ended);
        } catch (final RuntimeException | Error e) {
            Closing.both(cause, e);
        }
    }

    /** Lets shards tell nothing of watches any more, which may not have begun on all; an interrupt is put off. */
    private void unfollow(final List<Changes> ended) {
        final boolean isInterrupted = Thread.interrupted();
        try {
            for (int i = 0; i < workers.size(); i++) {
                final int shard = i;
                // Needs no turn: it is not held back in an engine that its caller steps.
                calls.callOrRun(workers.get(shard), () -> {
                    unfollow(shard, ended);
                    return workers;
                });
            }
        } finally {
            Uninterrupted.restore(isInterrupted);
        }
    }

    private void unfollow(final int shard, final List<Changes> ended) {
        ended.forEach(change -> workers.get(shard).groups().unfollow(change.shards()[shard]));
        if (shard == 0) {
            releaseTurn();
        }
    }

    /** Needs the turn no more where nothing is watched; who holds it gives it back as always. */
    private void releaseTurn() {
        turn.inUse(!changes.isEmpty());
    }

    /** Ends watches; false if there are none of that name. */
    boolean unwatch(final String name) {
        calls.requireOutside("unsubscribe");
        return unwatchAlone(name);
    }

    private synchronized boolean unwatchAlone(final String name) {
        final boolean[] isFound = new boolean[1];
        call(0, () -> {
            isFound[0] = first.shard().updates().panels().text(name).isPresent();
            if (isFound[0]) {
                first.endPanel(name);
            }
            remove(name);
        });
        final List<Changes> ended = changesByName.remove(name);
        if (ended != null) {
            unfollow(ended);
        }
        return isFound[0];
    }

    private void detach(final PolledUpdates queue) {
        try {
            call(0, () -> queue.detach(updates));
        } catch (final IllegalStateException e) {
            // The engine is closed, or is this very thread: the ring is closed, which is enough.
        }
    }

    private void call(final int shard, final Runnable action) {
        calls.call(workers.get(shard), "watch", () -> {
            action.run();
            return workers;
        });
    }

    /** Follows what has changed, where it is its turn, and what was left behind; the first shard's thread only. */
    private int follow(final boolean isLate) {
        if (!turn.tryFollow(now.getAsLong(), isLate)) {
            return 0;
        }
        int work = 0;
        for (int i = 0; i < changes.size(); i++) {
            final Changes change = changes.get(i);
            for (final ChangedSeries shard : change.shards()) {
                work += shard.poll(change);
            }
        }
        // Never back: where time was followed up to a point that is still to come, it stays so.
        followedNs = Math.max(followedNs, turn.untilNs(now.getAsLong()));
        work += updates.follow(followedNs, turn.change(), journal, state.isStopRequested());
        if (isLate) {
            work += updates.followLeft(followedNs, journal, state.isStopRequested());
        }
        if (updates.isBehind(followedNs)) {
            turn.heldBack();
        } else {
            work += turn.followed(updates.nextNs()) ? 1 : 0;
        }
        return work;
    }
}
