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
 * Examines a batch, and puts it into the journal; nothing else is changed before all of it can be let in. Engine
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

    /** By the position of a point in its batch: why it is refused. */
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
     * Examines all points of a batch, and collects them in the journal, which is empty.
     *
     * @param knowledgeTime of points without one.
     * @return whether all of them can be let in.
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
        // One without a point takes room in the log, too.
        return hasLogSpace && taken == batch.pointCount() && hasStoreSpace(batch, taken);
    }

    /** The advance that a batch makes stands before it, as what time alone changes comes first, and counts with it. */
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

    /** Lets the batch in: it moves the clock, and is to be logged and applied. */
    void accept(final BatchSlot batch) {
        clock.advanceTo(clock.nowAfter(batch.lastTime(), batch.lastKnowledgeTime()));
        if (isClockCollected) {
            putAdvance(batch);
            admission.clockIsJournaled();
        }
    }

    /** Refuses all points of the batch, those that could have been let in as well, and logs that. */
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
