package io.tollgate.core.define;

import io.tollgate.api.LimitExceededException;
import io.tollgate.core.config.Limits;
import io.tollgate.core.watch.EngineUpdates;

/** Enforces the limits of subscriptions and their queues. Engine thread only. */
public record SubscriptionSpace(EngineUpdates updates, Limits limits) {
    /** Refuses another subscription or panel watch if the limit is reached. */
    public void requireSubscription(final String name) {
        requireSubscription(name, 0);
    }

    /** Refuses another subscription or panel watch after others that are not there yet. */
    void requireSubscription(final String name, final int before) {
        final int count = updates.subscriptions().size() + updates.panels().size() + before;
        if (count >= limits.maxSubscriptionCount()) {
            throw new LimitExceededException(
                    "subscription=" + name + " subscriptionCount=" + count
                            + ", expected room for one more within maxSubscriptionCount="
                            + limits.maxSubscriptionCount() + "; raise the limit, or end one",
                    "maxSubscriptionCount",
                    limits.maxSubscriptionCount());
        }
    }

    /** Refuses another update queue if the limit is reached. */
    public void requireQueue(final String name, final int count) {
        if (count >= limits.maxUpdateQueueCount()) {
            throw new LimitExceededException(
                    "subscription=" + name + " updateQueueCount=" + count
                            + ", expected room for one more within maxUpdateQueueCount="
                            + limits.maxUpdateQueueCount() + "; raise the limit, or close one",
                    "maxUpdateQueueCount",
                    limits.maxUpdateQueueCount());
        }
    }
}
