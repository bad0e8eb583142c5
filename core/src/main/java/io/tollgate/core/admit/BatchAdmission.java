package io.tollgate.core.admit;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Instants;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.EngineUpdates;
import java.util.Arrays;

/**
 * Validates a batch and stages it in the journal. The store is not changed before the whole batch is admitted. Engine
 * thread only.
 */
public final class BatchAdmission {
    private final SeriesStore store;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final EngineUpdates updates;
    private final BatchSeries series;
    private final BatchReservation room;
    private final PointValidator examination;
    private final ClockOperation advance = new ClockOperation();

    /** The refusal code of each point, by its position in the batch. */
    private final byte[] codes;

    private boolean isClockCollected;

    public BatchAdmission(
            final SeriesStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final PointAdmission admission,
            final EngineUpdates updates,
            final int maxPointCount) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        this.admission = admission;
        this.updates = updates;
        series = new BatchSeries(maxPointCount);
        room = new BatchReservation(store);
        examination = new PointValidator(store, clock, journal, series);
        codes = new byte[maxPointCount];
    }

    /**
     * Validates all points of a batch, and stages them in the empty journal.
     *
     * @param knowledgeTime of points without a given one.
     * @return true if all points can be admitted.
     */
    boolean examine(final BatchSlot batch, final long knowledgeTime) {
        isClockCollected = updates.watchedCount() > 0;
        if (isClockCollected) {
            putAdvance(batch);
            journal.add();
        }
        final int begin = journal.offset();
        putBound(OperationDescriptor.BATCH_BEGIN, begin, batch, 0);
        series.begin(journal.offset());
        final boolean hasLogSpace = journal.hasSpaceForBatch(batch.pointCount());
        int taken = 0;
        for (int i = 0; i < batch.pointCount(); i++) {
            final PointOperation offered = examination.wrapKnown(batch.points(), BatchSlot.offset(i));
            offered.batchId(BatchOperation.batchId(batch.number()));
            codes[i] = (byte) (hasLogSpace ? examine(offered, knowledgeTime) : RefusalReason.DISK_FULL.code());
            if (codes[i] == PointValidator.PASSED) {
                taken++;
            }
        }
        BatchOperation.put(journal.buffer(), begin, OperationDescriptor.BATCH_BEGIN, batch.number(), taken);
        putBound(OperationDescriptor.BATCH_COMMIT, journal.offset(), batch, taken);
        // A batch without points takes log space too.
        return hasLogSpace && taken == batch.pointCount() && hasStoreSpace(batch, taken);
    }

    /** Puts the clock advance of the batch before the batch, because timers fire first. It belongs to the batch. */
    private void putAdvance(final BatchSlot batch) {
        advance.encode(journal.buffer(), 0, clock.now()).batchId(BatchOperation.batchId(batch.number()));
    }

    private boolean hasStoreSpace(final BatchSlot batch, final int taken) {
        if (room.isThereFor(series, journal.buffer(), taken)) {
            return true;
        }
        final RefusalReason reason = store.blocks().isDiskFull() ? RefusalReason.DISK_FULL : RefusalReason.STORE_FULL;
        Arrays.fill(codes, 0, batch.pointCount(), (byte) reason.code());
        return false;
    }

    private void putBound(final int type, final int offset, final BatchSlot batch, final int pointCount) {
        BatchOperation.put(journal.buffer(), offset, type, batch.number(), pointCount);
        journal.add();
    }

    private int examine(final PointOperation offered, final long knowledgeTime) {
        if (examination.isKnowledgeMissing()) {
            return RefusalReason.KNOWLEDGE_MISSING.code();
        }
        final long number = offered.seriesNumber();
        final long known = offered.knowledgeTime() == Instants.NONE ? knowledgeTime : offered.knowledgeTime();
        final long before = examination.series().lastKnowledgeTime();
        final int code = examination.examine(known, series.lastKnowledgeTime(number, before));
        if (code == PointValidator.PASSED) {
            collect(offered, number, known);
        }
        return code;
    }

    private void collect(final PointOperation offered, final long number, final long knowledgeTime) {
        final int offset = journal.offset();
        PointOperation.put(
                journal.buffer(),
                offset,
                offered.type(),
                offered.batchId(),
                number,
                offered.validTime(),
                offered.value(),
                knowledgeTime,
                examination.reference());
        if (offered.knowledgeTime() == Instants.NONE) {
            OperationDescriptor.putStamped(journal.buffer(), offset);
        }
        journal.add();
        series.add(number, offset, knowledgeTime);
    }

    /** Admits the batch: advances the clock. The batch must be logged and applied next. */
    void accept(final BatchSlot batch) {
        clock.advanceTo(clock.nowAfter(batch.lastTime(), batch.lastKnowledgeTime()));
        if (isClockCollected) {
            putAdvance(batch);
            admission.clockIsJournaled();
        }
    }

    /** Refuses all points of the batch, including valid ones, and logs the refusals. */
    void refuse(final BatchSlot batch, final long ticket) {
        journal.clear();
        final boolean isLogged = journal.hasSpaceForBatch(batch.pointCount());
        RefusalReason cause = RefusalReason.BATCH_REFUSED;
        for (int i = 0; i < batch.pointCount(); i++) {
            final PointOperation offered = examination.wrapKnown(batch.points(), BatchSlot.offset(i));
            final RefusalReason reason = isLogged ? reason(i) : RefusalReason.DISK_FULL;
            admission.refusals().add(reason, offered, ticket);
            cause = cause == RefusalReason.BATCH_REFUSED ? reason : cause;
        }
        journal.commit();
        admission.outcomes().refused(ticket, cause);
    }

    private RefusalReason reason(final int position) {
        return codes[position] == PointValidator.PASSED
                ? RefusalReason.BATCH_REFUSED
                : RefusalReason.of(codes[position]);
    }
}
