package io.tollgate.core;

import io.tollgate.api.Listening;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Subscription;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.WhenFull;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.watch.ShardUpdates;
import java.util.List;
import java.util.function.Supplier;

/** Gives queues of updates out, and feeds listeners from them. Control threads. */
final class Subscriber {
    /** Does something on the engine's thread, and waits for it. */
    @FunctionalInterface
    interface Caller {
        /**
         * Does it.
         *
         * @param name   of the call, for messages.
         * @param action to be done.
         * @return what came of it.
         */
        Object call(String name, Supplier<Object> action);
    }

    private static final int SHARD = 0;
    private static final int SHARD_COUNT = 1;

    private final SubscriptionRegistrar registrar;
    private final ShardUpdates updates;
    private final Limits limits;
    private final ListenerThread listeners;
    private final Caller caller;

    Subscriber(
            final SubscriptionRegistrar registrar,
            final ShardUpdates updates,
            final Limits limits,
            final ListenerThread listeners,
            final Caller caller) {
        this.registrar = registrar;
        this.updates = updates;
        this.limits = limits;
        this.listeners = listeners;
        this.caller = caller;
    }

    /** Begins a subscription, where it is not there yet, and gives a queue of its updates from now on. */
    PolledUpdates subscribe(final Subscription subscription, final QueueOptions options) {
        return subscribe(subscription, options, false);
    }

    private PolledUpdates subscribe(
            final Subscription subscription, final QueueOptions options, final boolean isListened) {
        requireCapacity(subscription, options);
        final PolledUpdates queue =
                new PolledUpdates(subscription.name(), options, SHARD_COUNT, isListened, this::detach);
        caller.call("subscribe", () -> {
            requireQueueRoom(subscription);
            registrar.subscribe(subscription);
            queue.attach(SHARD, updates);
            return queue;
        });
        return queue;
    }

    /** Begins a subscription, where it is not there yet, and hands its updates to a listener from now on. */
    Listening subscribe(final Subscription subscription, final QueueOptions options, final UpdateHandler listener) {
        final Listening listening = listeners.agent().attach(subscribe(subscription, options, true), listener);
        listeners.start();
        return listening;
    }

    /** All updates of one operation on one series must find room in an empty queue that must not lose any. */
    private static void requireCapacity(final Subscription subscription, final QueueOptions options) {
        if (options.whenFull() == WhenFull.BLOCK
                && options.capacity() < subscription.metrics().size()) {
            throw new IllegalArgumentException("subscription=" + subscription.name() + " queueCapacity="
                    + options.capacity() + ", expected "
                    + subscription.metrics().size() + " or more: one point may change each of its metrics");
        }
    }

    private void requireQueueRoom(final Subscription subscription) {
        final int count = updates.queueCount();
        if (count >= limits.maxUpdateQueueCount()) {
            throw new IllegalStateException("subscription=" + subscription.name() + " updateQueueCount=" + count
                    + ", expected room for one more within maxUpdateQueueCount=" + limits.maxUpdateQueueCount()
                    + "; raise the limit, or close one");
        }
    }

    private void detach(final PolledUpdates queue) {
        try {
            caller.call("close", () -> {
                queue.detach(SHARD, updates);
                return queue;
            });
        } catch (final IllegalStateException e) {
            // The engine is closed, or is this very thread: the ring is closed, which is enough.
        }
    }

    /** Ends a subscription; false if there is none of that name. */
    boolean unsubscribe(final String name) {
        return (Boolean) caller.call("unsubscribe", () -> registrar.unsubscribe(name));
    }

    /** What is subscribed to. */
    @SuppressWarnings("unchecked")
    List<Subscription> subscriptions() {
        return (List<Subscription>) caller.call("subscriptions", updates::subscriptions);
    }
}
