package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalHandler;
import io.tollgate.api.RefusalReason;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardStore;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;

/**
 * Lets offered points into the journal, stamped with a knowledge time and a reference; or refuses them, and then says
 * so to the handler, the counters and the journal. Engine thread only, but for the counters.
 */
final class PointAdmission {
    private final ShardStore store;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final RefusalHandler handler;
    private final ErrorHandler errorHandler;
    private final AtomicLongArray refusedCounts = new AtomicLongArray(RefusalReason.count() + 1);
    private final SeriesRecord series = new SeriesRecord();
    private final PointOperation offered = new PointOperation();
    private final RefusalOperation refusal = new RefusalOperation();
    private boolean hasRoom;

    PointAdmission(
            final ShardStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final EngineContext context) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        handler = context.refusalHandler();
        errorHandler = context.errorHandler();
    }

    /** Makes sure that the store has room for the points to come; where it has not, they are refused. */
    void begin(final int operationCount) {
        hasRoom = store.blocks().hasRoom(operationCount);
    }

    /** Lets a point in, or refuses it. */
    void admit(final MutableDirectBuffer buffer, final int offset) {
        offered.wrap(buffer, offset);
        series.wrap(store.recordAddress(offered.seriesNumber()));
        if (!hasRoom) {
            refuse(RefusalReason.STORE_FULL);
            return;
        }
        if (offered.knowledgeTime() == Publisher.NONE && clock.mode() == ClockMode.KNOWLEDGE) {
            refuse(RefusalReason.KNOWLEDGE_MISSING);
            return;
        }
        final long knowledgeTime = clock.knowledgeTimeOf(offered.validTime(), offered.knowledgeTime());
        if (knowledgeTime < series.lastKnowledgeTime()) {
            refuse(RefusalReason.KNOWLEDGE_DECREASES);
            return;
        }
        // Already now, so that a later point of the same frame is checked against it.
        series.lastKnowledgeTime(knowledgeTime);
        clock.observe(offered.validTime(), knowledgeTime);
        accept(knowledgeTime);
    }

    private void accept(final long knowledgeTime) {
        final boolean isEvent = !series.isStep() && offered.reference() == Publisher.NONE;
        PointOperation.put(
                journal.buffer(),
                journal.offset(),
                offered.type(),
                OperationDescriptor.NO_BATCH,
                offered.seriesNumber(),
                offered.validTime(),
                offered.value(),
                knowledgeTime,
                isEvent ? journal.sequence() : offered.reference());
        journal.add();
    }

    private void refuse(final RefusalReason reason) {
        refusal.encode(journal.buffer(), journal.offset(), reason.code(), offered);
        journal.add();
        refusedCounts.lazySet(reason.code(), refusedCounts.get(reason.code()) + 1);
        try {
            handler.onRefusal(
                    reason,
                    offered.seriesNumber(),
                    offered.validTime(),
                    offered.value(),
                    offered.knowledgeTime(),
                    offered.reference());
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
        }
    }

    /** How many points were refused for a reason; any thread. */
    long refusedCount(final RefusalReason reason) {
        return refusedCounts.get(reason.code());
    }
}
