package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.watch.PanelLedger;
import org.agrona.MutableDirectBuffer;

/**
 * Applies logged operations on subscriptions and on panel watches. A name is unique among both. If a name in use begins
 * again, the log has lost the operation that ended it. Engine thread only.
 */
final class WatchApplier {
    private final EngineUpdates updates;
    private final PanelLedger ledger;
    private final WatchOperation watch = new WatchOperation();
    private final PanelOperation panel = new PanelOperation();
    private final byte[] state = new byte[PanelLedger.MAX_STATE_LENGTH];

    /**
     * @param updates to change.
     */
    WatchApplier(final EngineUpdates updates) {
        this.updates = updates;
        ledger = updates.panels();
    }

    /**
     * Applies one operation on a subscription.
     *
     * @param isLossy true if earlier operations are lost, and this one may depend on them.
     * @return false if the operation was skipped because it depends on a lost one.
     */
    boolean applyWatch(final MutableDirectBuffer buffer, final int offset, final long sequence, final boolean isLossy) {
        watch.wrap(buffer, offset);
        final boolean isApplied = switch (watch.action()) {
            case WatchOperation.BEGIN, WatchOperation.RESUME -> begin(sequence, isLossy);
            case WatchOperation.FOLLOW -> updates.follow(watch.text(), watch.number(), watch.state());
            default -> end();
        };
        if (!isApplied && !isLossy) {
            throw new DirectoryDamagedException(
                    "subscription=" + watch.text() + " seriesNumber=" + watch.number() + " sequence=" + sequence
                            + ", expected a subscription that began, and a series; restore the log from a backup");
        }
        return isApplied;
    }

    private boolean begin(final long sequence, final boolean isLossy) {
        final Subscription subscription = SubscriptionText.parse(watch.text());
        free(subscription.name(), isLossy);
        if (!hasSpace(subscription.name(), updates.subscriptions().size(), sequence, isLossy)) {
            return false;
        }
        if (watch.action() == WatchOperation.BEGIN) {
            updates.subscribe(subscription);
        } else {
            updates.resume(subscription, watch.number());
        }
        return true;
    }

    private boolean end() {
        final boolean isKnown = updates.find(watch.text()).isPresent();
        if (isKnown) {
            updates.unsubscribe(watch.text());
        }
        return isKnown;
    }

    /**
     * Applies one operation on watches on panels.
     *
     * @param isLossy true if earlier operations are lost, and this one may depend on them.
     * @return false if the operation was skipped because it depends on a lost one.
     */
    boolean applyPanel(final MutableDirectBuffer buffer, final int offset, final long sequence, final boolean isLossy) {
        panel.wrap(buffer, offset);
        final String name = panel.name();
        final boolean isKnown = switch (panel.action()) {
            case PanelOperation.BEGIN -> {
                free(name, isLossy);
                final boolean hasSpace = hasSpace(name, ledger.size(), sequence, isLossy);
                if (hasSpace) {
                    ledger.begin(name, panel.text(), panel.startNs(), panel.watchCount());
                }
                yield hasSpace;
            }
            case PanelOperation.STATE -> ledger.state(name, panel.watch(), state, panel.state(state));
            default -> ledger.end(name);
        };
        if (!isKnown && !isLossy) {
            throw new DirectoryDamagedException("subscription=" + name + " sequence=" + sequence
                    + ", expected watches that began; the log is damaged, restore it from a backup");
        }
        return isKnown;
    }

    /**
     * Returns true if there is room for another name. The limit is exceeded only if the log is forged, or has lost
     * operations that ended others.
     */
    private static boolean hasSpace(final String name, final int count, final long sequence, final boolean isLossy) {
        final int most = PanelLedger.MAX_NAMES;
        if (count >= most && !isLossy) {
            throw new DirectoryDamagedException("subscription=" + name + " sequence=" + sequence + " subscriptionCount="
                    + count + ", expected room for one more within " + most
                    + "; the log is damaged, restore it from a backup");
        }
        return count < most;
    }

    /** Ends the current owner of a name that is used again, if its end may be lost. */
    private void free(final String name, final boolean isLossy) {
        if (isLossy) {
            if (updates.find(name).isPresent()) {
                updates.unsubscribe(name);
            }
            ledger.end(name);
        }
    }
}
