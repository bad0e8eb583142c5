package io.tollgate.core.control;

import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.core.define.SubscriptionRegistrar;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.watch.PolledUpdates;
import io.tollgate.core.writer.EngineWriter;
import java.util.List;
import java.util.function.IntSupplier;

/** Creates queues of updates, and delivers updates to listeners. Control threads. */
public final class Subscriber {
    private final SubscriptionRegistrar subscriptions;
    private final EngineUpdates updates;
    private final UpdateQueues queues;
    private final IntSupplier queueCount;
    private final CommandInvoker calls;

    /**
     * @param queueCount the number of open queues, called on the engine's thread.
     */
    public Subscriber(
            final EngineWriter writer,
            final UpdateQueues queues,
            final IntSupplier queueCount,
            final CommandInvoker calls) {
        subscriptions = writer.subscriptions();
        updates = writer.resources().updates();
        this.queues = queues;
        this.queueCount = queueCount;
        this.calls = calls;
    }

    /** Begins a subscription if it does not exist, and returns a queue of its later updates. */
    PolledUpdates subscribe(final Subscription subscription, final QueueOptions options) {
        return subscribe(subscription, options, false);
    }

    private PolledUpdates subscribe(
            final Subscription subscription, final QueueOptions options, final boolean isListened) {
        requireCapacity(subscription, options);
        final PolledUpdates queue = queues.newQueue(subscription.name(), options, isListened, this::detach);
        boolean isAttached = false;
        try {
            calls.run("subscribe", () -> {
                subscriptions.room().requireQueue(subscription.name(), queueCount.getAsInt());
                subscriptions.requirePossible(subscription);
                subscriptions.subscribe(subscription);
                queue.attach(updates);
            });
            isAttached = true;
        } finally {
            if (!isAttached) {
                queue.abandon();
            }
        }
        return queue;
    }

    /** Begins a subscription if it does not exist, and delivers its later updates to a listener. */
    Registration subscribe(final Subscription subscription, final QueueOptions options, final UpdateHandler listener) {
        return queues.attach(subscribe(subscription, options, true), listener);
    }

    /** An empty BLOCK queue must have room for all updates of one operation on one series. */
    private static void requireCapacity(final Subscription subscription, final QueueOptions options) {
        final int updateCount = EngineUpdates.updateCount(subscription);
        if (options.whenFull() == OverflowPolicy.BLOCK && options.capacity() < updateCount) {
            throw new IllegalArgumentException("subscription=" + subscription.name() + " queueCapacity="
                    + options.capacity() + ", expected " + updateCount
                    + " or more: one point may change each of its metrics and watches");
        }
    }

    private void detach(final PolledUpdates queue) {
        try {
            calls.run("close", () -> queue.detach(updates));
        } catch (final IllegalStateException e) {
            // The engine is closed, or this is its thread. The queue is closed, which is sufficient.
        }
    }

    /** Ends a subscription; false if the name is unknown. */
    boolean unsubscribe(final String name) {
        return calls.call("unsubscribe", () -> subscriptions.unsubscribe(name));
    }

    /** Returns the subscriptions. */
    List<Subscription> subscriptions() {
        return calls.call("subscriptions", updates::subscriptions);
    }
}
