package io.tollgate.core;

import io.tollgate.api.Listening;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Subscription;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.WhenFull;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.watch.ShardUpdates;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Gives queues of updates out, and feeds listeners from them. Control threads. */
final class Subscriber {
    private final List<ShardWorker> workers;
    private final Limits limits;
    private final ListenerThread listeners;
    private final ToIntFunction<ShardWorker> queueCount;
    private final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller;

    /**
     * @param queueCount how many queues are open as a shard sees it, on its thread.
     * @param caller     gives every shard a command, and waits for all of them.
     */
    Subscriber(
            final List<ShardWorker> workers,
            final Limits limits,
            final ListenerThread listeners,
            final ToIntFunction<ShardWorker> queueCount,
            final BiConsumer<String, Function<ShardWorker, EngineCommand<?>>> caller) {
        this.workers = workers;
        this.limits = limits;
        this.listeners = listeners;
        this.queueCount = queueCount;
        this.caller = caller;
    }

    /**
     * Gives all shards the same subscriptions, before they start. One that only some have, as a kill in the middle of
     * it leaves it, begins on the others. Where shards have several of one name, as some have lost an end, that of the
     * first counts: it alone knows of watches on panels, which may have the name.
     */
    void complete() {
        final ShardWorker first = workers.get(0);
        for (final ShardWorker worker : workers) {
            subscriptionsOf(worker).forEach(first.subscriptions()::complete);
        }
        for (final ShardWorker worker : workers) {
            worker.subscriptions().endReplaced(first.subscriptions());
            subscriptionsOf(first).forEach(worker.subscriptions()::complete);
        }
    }

    private static List<Subscription> subscriptionsOf(final ShardWorker worker) {
        return worker.shard().updates().subscriptions();
    }

    /** Begins a subscription, where it is not there yet, and gives a queue of its updates from now on. */
    PolledUpdates subscribe(final Subscription subscription, final QueueOptions options) {
        return subscribe(subscription, options, false);
    }

    private PolledUpdates subscribe(
            final Subscription subscription, final QueueOptions options, final boolean isListened) {
        requireCapacity(subscription, options);
        final PolledUpdates queue = new PolledUpdates(
                subscription.name(), options, workers.size(), isListened, limits.maxUpdatesKept(), this::detach);
        final JointPreparation joint = new JointPreparation(workers.size());
        boolean isAttached = false;
        try {
            caller.accept(
                    "subscribe",
                    worker -> new EngineCommand<>(
                            joint.start(), joint.with(() -> isPossible(worker, subscription)), () -> {
                                worker.subscriptions().subscribe(subscription);
                                queue.attach(indexOf(worker), worker.shard().updates());
                                return queue;
                            }));
            isAttached = true;
        } finally {
            if (!isAttached) {
                queue.giveUp();
            }
        }
        return queue;
    }

    private boolean isPossible(final ShardWorker worker, final Subscription subscription) {
        limits.requireQueueRoom(subscription.name(), queueCount.applyAsInt(worker));
        worker.subscriptions().requirePossible(subscription);
        return true;
    }

    private static int indexOf(final ShardWorker worker) {
        return worker.shard().store().place().index();
    }

    /** Begins a subscription, where it is not there yet, and hands its updates to a listener from now on. */
    Listening subscribe(final Subscription subscription, final QueueOptions options, final UpdateHandler listener) {
        Objects.requireNonNull(listener, "listener=null, expected a handler");
        return listeners.attach(subscribe(subscription, options, true), listener);
    }

    /** All updates of one operation on one series must find room in an empty queue that must not lose any. */
    private static void requireCapacity(final Subscription subscription, final QueueOptions options) {
        final int updateCount = ShardUpdates.updateCount(subscription);
        if (options.whenFull() == WhenFull.BLOCK && options.capacity() < updateCount) {
            throw new IllegalArgumentException("subscription=" + subscription.name() + " queueCapacity="
                    + options.capacity() + ", expected " + updateCount
                    + " or more: one point may change each of its metrics and watches");
        }
    }

    private void detach(final PolledUpdates queue) {
        try {
            caller.accept(
                    "close",
                    worker -> command(() -> {
                        queue.detach(indexOf(worker), worker.shard().updates());
                        return queue;
                    }));
        } catch (final IllegalStateException e) {
            // The engine is closed, or is this very thread: the ring is closed, which is enough.
        }
    }

    /** Ends a subscription; false if there is none of that name. */
    boolean unsubscribe(final String name) {
        final AtomicBoolean isFound = new AtomicBoolean();
        final JointPreparation joint = new JointPreparation(workers.size());
        caller.accept(
                "unsubscribe",
                worker -> new EngineCommand<>(
                        joint.start(), joint.with(() -> worker.subscriptions().canEnd(name)), () -> {
                            if (worker.subscriptions().unsubscribe(name)) {
                                isFound.set(true);
                            }
                            return name;
                        }));
        return isFound.get();
    }

    /** What is subscribed to. */
    List<Subscription> subscriptions() {
        final AtomicReference<List<Subscription>> found = new AtomicReference<>(List.of());
        caller.accept(
                "subscriptions",
                worker -> command(() -> {
                    final List<Subscription> subscriptions = subscriptionsOf(worker);
                    // All shards have the same ones, unless the disk was too full for that when they were opened.
                    if (worker == workers.get(0)) {
                        found.set(subscriptions);
                    }
                    return subscriptions;
                }));
        return found.get();
    }

    private static <T> EngineCommand<T> command(final Supplier<T> action) {
        return new EngineCommand<>(() -> true, action);
    }
}
