package io.tollgate.core.define;

import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointAdmission;
import io.tollgate.core.apply.SubscriptionText;
import io.tollgate.core.config.Limits;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.watch.EngineUpdates;
import java.util.Optional;

/** Begins and ends subscriptions. Engine thread only. */
public final class SubscriptionRegistrar {
    private final SeriesStore store;
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final EngineUpdates updates;
    private final SubscriptionSpace room;
    private final WatchOperation operation = new WatchOperation();

    public SubscriptionRegistrar(
            final SeriesStore store,
            final OperationJournal journal,
            final PointAdmission admission,
            final EngineUpdates updates,
            final Limits limits) {
        this.store = store;
        this.journal = journal;
        this.admission = admission;
        this.updates = updates;
        room = new SubscriptionSpace(updates, limits);
    }

    /** {@return the limits of subscriptions and their queues} */
    public SubscriptionSpace room() {
        return room;
    }

    /**
     * Refuses a subscription whose name another subscription or panel watch uses, that exceeds the limits, or that
     * follows the level of series without levels.
     */
    public void requirePossible(final Subscription subscription) {
        final String name = subscription.name();
        final Optional<Subscription> found = updates.find(name);
        if (found.isPresent()) {
            requireSame(subscription, found.get());
            return;
        }
        final Optional<String> watches = updates.panels().text(name);
        if (watches.isPresent()) {
            throw new IllegalStateException("subscription=" + name + " is watches on panels: " + watches.get()
                    + ", expected a name of its own; end those first, or take another name");
        }
        requireLevels(subscription);
        room.requireSubscription(name);
        journal.requireForCommand("subscription=" + name, WatchOperation.lengthOf(SubscriptionText.of(subscription)));
    }

    /**
     * Refuses to follow the level if all matching series are FLOW series. If there is at least one STEP series, FLOW
     * series are ignored.
     */
    private void requireLevels(final Subscription subscription) {
        final boolean isOfLevel = subscription.metrics().contains(WatchedMetric.LEVEL)
                || subscription.watches().stream()
                        .anyMatch(watch -> watch.metric().equals(WatchedMetric.LEVEL));
        final SeriesRecord record = new SeriesRecord();
        String flow = null;
        for (long number = 0; isOfLevel && number < store.seriesCount(); number++) {
            final String key = store.keyOf(number);
            if (SeriesPattern.fits(subscription.pattern(), key)) {
                if (record.wrap(store.recordAddress(number)).isStep()) {
                    return;
                }
                flow = key;
            }
        }
        if (flow != null) {
            throw new IllegalArgumentException("subscription=" + subscription.name() + " pattern="
                    + subscription.pattern() + " metric=LEVEL fits only FLOW series, as series=" + flow
                    + ", expected a STEP: a FLOW has no level; use WatchedMetric.of(window, metric)");
        }
    }

    /**
     * Begins a subscription if it does not exist. The clock is journaled directly before it, even if that
     * repeats a value. A replay may start after an earlier record of the clock, written without subscribers.
     */
    public void subscribe(final Subscription subscription) {
        if (updates.find(subscription.name()).isEmpty()) {
            log(admission::journalNow, WatchOperation.BEGIN, SubscriptionText.of(subscription));
        }
    }

    private static void requireSame(final Subscription wanted, final Subscription found) {
        if (!wanted.equals(found)) {
            throw new IllegalStateException("subscription=" + wanted.name() + " is " + found + ", expected " + wanted
                    + "; end that first, or take another name");
        }
    }

    /** Ends a subscription. Returns false if the name is unknown, and refuses the call if the log has no room. */
    public boolean unsubscribe(final String name) {
        if (updates.find(name).isEmpty()) {
            return false;
        }
        journal.requireForCommand("subscription=" + name, WatchOperation.lengthOf(name));
        log(admission::journalClock, WatchOperation.END, name);
        return true;
    }

    private void log(final Runnable clockJournal, final int action, final String text) {
        try {
            clockJournal.run();
            operation.encode(journal.buffer(), journal.offset(), action, text);
            journal.add();
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
    }
}
