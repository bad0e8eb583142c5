package io.tollgate.core;

import io.tollgate.api.Subscription;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.watch.PanelLedger;
import io.tollgate.core.watch.ShardUpdates;
import java.util.Optional;

/** Begins and ends subscriptions on a shard. Engine thread only. */
final class SubscriptionRegistrar {
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final ShardUpdates updates;
    private final Limits limits;
    private final WatchOperation operation = new WatchOperation();

    SubscriptionRegistrar(
            final OperationJournal journal,
            final PointAdmission admission,
            final ShardUpdates updates,
            final Limits limits) {
        this.journal = journal;
        this.admission = admission;
        this.updates = updates;
        this.limits = limits;
    }

    /** Refuses a subscription of whose name there is another one, or watches, or for which there is no room. */
    void requirePossible(final Subscription subscription) {
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
        limits.requireSubscriptionRoom(
                name, updates.subscriptions().size() + updates.panels().size());
        journal.requireForCommand("subscription=" + name, WatchOperation.lengthOf(SubscriptionText.of(subscription)));
    }

    /** Begins what other shards have, unless something else has its name here, or the disk is full. */
    void complete(final Subscription subscription) {
        final String name = subscription.name();
        final boolean isMissing =
                updates.find(name).isEmpty() && updates.panels().text(name).isEmpty() && hasRoomAtAll();
        if (isMissing && journal.reserveForCommand(WatchOperation.lengthOf(SubscriptionText.of(subscription)))) {
            subscribe(subscription);
            journal.reserveForCommand(0);
        }
    }

    /** What shards have that have lost some of their logs may be more together. */
    private boolean hasRoomAtAll() {
        return updates.subscriptions().size() < PanelLedger.MAX_NAMES;
    }

    /** Ends what has a name that the first shard gives to something else, as its end is lost; not on a full disk. */
    void endReplaced(final SubscriptionRegistrar first) {
        for (final Subscription subscription : updates.subscriptions()) {
            final String name = subscription.name();
            if (first.hasOther(subscription) && journal.reserveForCommand(WatchOperation.lengthOf(name))) {
                unsubscribe(name);
                journal.reserveForCommand(0);
            }
        }
    }

    private boolean hasOther(final Subscription subscription) {
        final Optional<Subscription> found = updates.find(subscription.name());
        return found.isPresent() && !found.get().equals(subscription)
                || updates.panels().text(subscription.name()).isPresent();
    }

    /**
     * Begins a subscription that is possible, or does nothing where there is the same one. Just before it the log says
     * where the clock stands, once more maybe: a replay may begin behind where it said so while nobody followed.
     */
    void subscribe(final Subscription subscription) {
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

    /** Whether a subscription may be ended, if there is one of that name; refuses it where there is no room. */
    boolean canEnd(final String name) {
        if (updates.find(name).isPresent()) {
            journal.requireForCommand("subscription=" + name, WatchOperation.lengthOf(name));
        }
        return true;
    }

    /** Ends a subscription; false if there is none of that name. */
    boolean unsubscribe(final String name) {
        if (updates.find(name).isEmpty()) {
            return false;
        }
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
