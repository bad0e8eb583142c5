package io.tollgate.core.admit;

import io.tollgate.api.series.Instants;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.event.BatchEvent;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.BatchSlots;

/**
 * Processes a committed batch as a whole. The batch is validated; then it is refused, or logged, marked, applied and
 * released. Engine thread only.
 */
public final class BatchWork {
    private final BatchSlots slots;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final BatchAdmission admission;
    private final BatchEvent event = EngineEvents.batch();

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

    /** Returns the batch named by a message on the ring. */
    public BatchSlot committed(final int slotIndex, final int ringIndex) {
        final BatchSlot slot = slots.committed(slotIndex, ringIndex);
        if (slot == null) {
            throw RingDamage.exception(
                    "batchSlot=" + slotIndex + " index=" + ringIndex, "the slot of a batch committed there");
        }
        return slot;
    }

    /** Processes a batch. All earlier operations are applied, and the journal is empty. */
    public void take(final BatchSlot batch, final long ticket) {
        final boolean isRecorded = event != null && event.tryBegin();
        final boolean isLetIn = admission.examine(batch, clock.knowledgeTimeOf(batch.lastTime(), Instants.NONE));
        if (isLetIn) {
            admission.accept(batch);
            journal.log();
            journal.mark();
            journal.applyBatch(ticket);
        } else {
            admission.refuse(batch, ticket);
        }
        if (isRecorded) {
            event.end(batch.pointCount(), isLetIn);
        }
        slots.end(batch, !isLetIn);
    }
}
