package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalHandler;
import io.tollgate.api.RefusalReason;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.watch.ShardUpdates;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;

/**
 * Lets offered points and withdrawals into the journal, stamped with a knowledge time and a reference; or refuses them,
 * and then says so to the handler, the counters and the journal. A replay meets what was decided here in the log, and
 * decides nothing. Engine thread only, but for the counters.
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
    private final ClockOperation advance = new ClockOperation();
    private final UpcomingPoint upcoming;
    private final ShardUpdates updates;
    private boolean hasRoom;
    private boolean hasLogRoom;

    /** The time that the journal knows, what is not applied yet included. */
    private long journaledNow = Instants.MIN;

    PointAdmission(
            final ShardStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final ShardUpdates updates,
            final RefusalHandler handler,
            final ErrorHandler errorHandler) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        this.handler = handler;
        this.errorHandler = errorHandler;
        this.updates = updates;
        upcoming = new UpcomingPoint(store.blocks(), journal);
    }

    /** Makes sure that log and store have room for the points to come; where they have not, these are refused. */
    void begin(final int operationCount) {
        hasLogRoom = journal.hasRoom(operationCount);
        hasRoom = hasLogRoom && store.blocks().hasRoom(operationCount);
    }

    /** Lets a point or a withdrawal in, or refuses it. */
    void admit(final MutableDirectBuffer buffer, final int offset) {
        offered.wrap(buffer, offset);
        series.wrap(store.recordAddress(offered.seriesNumber()));
        if (!hasRoom) {
            refuse(hasLogRoom && !store.blocks().isDiskFull() ? RefusalReason.STORE_FULL : RefusalReason.DISK_FULL);
            return;
        }
        if (offered.knowledgeTime() == Publisher.NONE && clock.mode() == ClockMode.KNOWLEDGE) {
            refuse(RefusalReason.KNOWLEDGE_MISSING);
            return;
        }
        final long knowledgeTime = offered.isStamped()
                ? clock.knowledgeTimeOffered(offered.knowledgeTime())
                : clock.knowledgeTimeOf(offered.validTime(), offered.knowledgeTime());
        if (knowledgeTime < series.lastKnowledgeTime()) {
            refuse(RefusalReason.KNOWLEDGE_DECREASES);
            return;
        }
        final boolean isWithdrawal = offered.type() == OperationDescriptor.WITHDRAW;
        final long withdrawn = isWithdrawal ? withdrawnReference() : Publisher.NONE;
        if (isWithdrawal && !upcoming.find(series, offered.validTime(), withdrawn)) {
            refuse(RefusalReason.NO_SUCH_POINT);
            return;
        }
        if (!isWithdrawal && !isAdmittedByPolicy()) {
            return;
        }
        // Already now, so that a later point of the same frame is checked against it.
        series.lastKnowledgeTime(knowledgeTime);
        clock.observe(offered.validTime(), knowledgeTime);
        if (updates.isWatched(offered.seriesNumber())) {
            journalClock();
        }
        accept(knowledgeTime, isWithdrawal ? withdrawn : stampedReference());
    }

    /**
     * Journals an advance of the clock that the journal does not know yet; at the next commit it is applied, and what
     * time alone changes up to then.
     */
    void journalClock() {
        if (journal.offset() == 0) {
            journaledNow = updates.now();
        }
        if (clock.now() > journaledNow) {
            journaledNow = clock.now();
            advance.encode(journal.buffer(), journal.offset(), journaledNow);
            journal.add();
        }
    }

    /** An event without a reference gets the sequence number. */
    private long stampedReference() {
        return offered.reference() == Publisher.NONE && !series.isIdentifiedByInstant()
                ? journal.sequence()
                : offered.reference();
    }

    /** A withdrawal of an event without a reference means the only event of the instant. */
    private long withdrawnReference() {
        if (offered.reference() != Publisher.NONE || series.isIdentifiedByInstant()) {
            return offered.reference();
        }
        journal.commit();
        return upcoming.onlyReference(series, offered.validTime());
    }

    /** Refuses a point that the policy for a second one at an instant does not let in. */
    private boolean isAdmittedByPolicy() {
        final DuplicatePolicy policy = series.duplicatePolicy();
        final long reference = offered.reference();
        if (policy == DuplicatePolicy.REJECT && upcoming.find(series, offered.validTime(), reference)) {
            refuse(RefusalReason.DUPLICATE);
            return false;
        }
        if (policy == DuplicatePolicy.SUM
                && upcoming.find(series, offered.validTime(), reference)
                && !upcoming.canAdd(offered.value())) {
            refuse(RefusalReason.OVERFLOW);
            return false;
        }
        return true;
    }

    private void accept(final long knowledgeTime, final long reference) {
        PointOperation.put(
                journal.buffer(),
                journal.offset(),
                offered.type(),
                OperationDescriptor.NO_BATCH,
                offered.seriesNumber(),
                offered.validTime(),
                offered.value(),
                knowledgeTime,
                reference);
        journal.add();
    }

    private void refuse(final RefusalReason reason) {
        if (offered.isStamped()) {
            offered.knowledgeTime(Publisher.NONE);
        }
        if (reason != RefusalReason.DISK_FULL) {
            refusal.encode(journal.buffer(), journal.offset(), reason.code(), offered);
            journal.add();
        }
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

    /** How many points and withdrawals were refused for a reason; any thread. */
    long refusedCount(final RefusalReason reason) {
        return refusedCounts.get(reason.code());
    }
}
