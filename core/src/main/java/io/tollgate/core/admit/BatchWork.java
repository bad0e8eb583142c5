package io.tollgate.core.admit;

import io.tollgate.api.series.Instants;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.BatchSlots;

/**
 * Takes a batch that was committed, all of it in one go: it is examined; then it is refused, or logged, marked, applied
 * and released. Engine thread only.
 */
public final class BatchWork {
    private final BatchSlots slots;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final BatchAdmission admission;

    public BatchWork(
            final BatchSlots slots,
            final EngineClock clock,
            final OperationJournal journal,
            final BatchAdmission admission) {
        this.slots = slots;
        this.clock = clock;
        this.journal = journal;
        this.admission = admission;
    }

    /** The batch that a message on the ring names. */
    public BatchSlot committed(final int slotIndex, final int ringIndex) {
        final BatchSlot slot = slots.committed(slotIndex, ringIndex);
        if (slot == null) {
            throw RingDamage.exception(
                    "batchSlot=" + slotIndex + " index=" + ringIndex, "the slot of a batch committed there");
        }
        return slot;
    }

    /** Takes a batch; all that came before it is applied, and the journal is empty. */
    public void take(final BatchSlot batch, final long ticket) {
        final boolean isLetIn = admission.examine(batch, clock.knowledgeTimeOf(batch.lastTime(), Instants.NONE));
        if (isLetIn) {
            admission.accept(batch);
            journal.log();
            journal.mark();
            journal.applyBatch(ticket);
        } else {
            admission.refuse(batch, ticket);
        }
        slots.end(batch, !isLetIn);
    }
}
