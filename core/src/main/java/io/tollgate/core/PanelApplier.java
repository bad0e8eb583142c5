package io.tollgate.core;

import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.watch.PanelLedger;
import org.agrona.MutableDirectBuffer;

/** Applies what the log says of watches on panels. Engine thread only. */
final class PanelApplier {
    private final PanelLedger ledger;
    private final PanelOperation operation = new PanelOperation();
    private final byte[] state = new byte[PanelLedger.MAX_STATE_LENGTH];

    /**
     * @param ledger that keeps it.
     */
    PanelApplier(final PanelLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Applies one operation.
     *
     * @param isLossy whether operations before it are lost, which it may rest on.
     */
    void apply(final MutableDirectBuffer buffer, final int offset, final long sequence, final boolean isLossy) {
        operation.wrap(buffer, offset);
        final boolean isKnown = switch (operation.action()) {
            case PanelOperation.BEGIN -> {
                ledger.begin(operation.name(), operation.text(), operation.startNs(), operation.watchCount());
                yield true;
            }
            case PanelOperation.STATE ->
                ledger.state(operation.name(), operation.watch(), state, operation.state(state));
            default -> ledger.end(operation.name());
        };
        if (!isKnown && !isLossy) {
            throw new IllegalStateException("subscription=" + operation.name() + " sequence=" + sequence
                    + ", expected watches that began; the log is damaged, restore it from a backup");
        }
    }
}
