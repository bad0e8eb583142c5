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

    /** Begins what only some shards have, as a kill in the middle of it leaves it, on the others; before they start. */
    void complete() {
        for (final ShardWorker worker : workers) {
            for (final Subscription subscription : worker.shard().updates().subscriptions()) {
                workers.forEach(other -> other.subscriptions().complete(subscription));
            }
        }
    }

    /** Begins a subscription, where it is not there yet, and gives a queue of its updates from now on. */
    PolledUpdates subscribe(final Subscription subscription, final QueueOptions options) {
        return subscribe(subscription, options, false);
    }

    private PolledUpdates subscribe(
            final Subscription subscription, final QueueOptions options, final boolean isListened) {
        requireCapacity(subscription, options);
        final PolledUpdates queue =
                new PolledUpdates(subscription.name(), options, workers.size(), isListened, this::detach);
        final JointPreparation joint = new JointPreparation(workers.size());
        try {
            caller.accept(
                    "subscribe",
                    worker -> new EngineCommand<>(
                            joint.start(), joint.with(() -> isPossible(worker, subscription)), () -> {
                                worker.subscriptions().subscribe(subscription);
                                queue.attach(indexOf(worker), worker.shard().updates());
                                return queue;
                            }));
        } catch (final RuntimeException | Error e) {
            queue.giveUp();
            throw e;
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
                    final List<Subscription> subscriptions =
                            worker.shard().updates().subscriptions();
                    // All shards have the same ones.
                    found.set(subscriptions);
                    return subscriptions;
                }));
        return found.get();
    }

    private static <T> EngineCommand<T> command(final Supplier<T> action) {
        return new EngineCommand<>(() -> true, action);
    }
}
