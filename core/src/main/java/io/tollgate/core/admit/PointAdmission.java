package io.tollgate.core.admit;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Instants;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.watch.EngineUpdates;
import org.agrona.MutableDirectBuffer;

/**
 * Admits offered points and withdrawals to the journal, stamped with a knowledge time and a reference, or refuses them.
 * The log contains these decisions, so a replay repeats none of them. Engine thread only.
 */
public final class PointAdmission {
    private final SeriesStore store;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final ClockOperation advance = new ClockOperation();
    private final PointValidator examination;
    private final EngineUpdates updates;
    private final PointRefusals refusals;
    private final TicketOutcomes outcomes;
    private boolean hasSpace;
    private boolean hasLogSpace;

    /** The last clock value in the journal, including operations not applied yet. */
    private long journaledNow = Instants.MIN;

    public PointAdmission(
            final SeriesStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final EngineUpdates updates,
            final PointRefusals refusals,
            final TicketOutcomes outcomes) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        this.updates = updates;
        this.refusals = refusals;
        this.outcomes = outcomes;
        examination = new PointValidator(store, clock, journal, journal);
    }

    /**
     * Ensures that log and store have room for the points of the next frame. Without room the points are refused.
     *
     * @param limit the limit of points to take.
     * @return the number of points to take at most.
     */
    public int beginFrame(final int limit) {
        final int count = store.blocks().operationsAtATime(limit);
        hasLogSpace = journal.hasSpace(count);
        hasSpace = hasLogSpace && store.blocks().hasSpace(count);
        return count;
    }

    /** Admits or refuses a point or withdrawal on the ring. */
    public void admit(final MutableDirectBuffer buffer, final int offset, final long ticket) {
        examination.wrap(buffer, offset);
        admit(ticket);
    }

    /**
     * Admits or refuses a point or withdrawal that does not come from the ring.
     *
     * @return the refusal reason, null if it is admitted.
     */
    public RefusalReason admit(
            final int type,
            final long seriesNumber,
            final long validTime,
            final long value,
            final long knowledgeTime,
            final long reference) {
        examination.set(type, seriesNumber, validTime, value, knowledgeTime, reference);
        return admit(TicketOutcomes.NO_TICKET);
    }

    private RefusalReason admit(final long ticket) {
        final PointOperation offered = examination.offered();
        if (!hasSpace) {
            return refuse(
                    hasLogSpace && !store.blocks().isDiskFull() ? RefusalReason.STORE_FULL : RefusalReason.DISK_FULL,
                    offered,
                    ticket);
        }
        if (examination.isKnowledgeMissing()) {
            return refuse(RefusalReason.KNOWLEDGE_MISSING, offered, ticket);
        }
        final long knowledgeTime = clock.knowledgeTimeOf(offered.validTime(), offered.knowledgeTime());
        final SeriesRecord series = examination.series();
        final int code = examination.examine(knowledgeTime, series.lastKnowledgeTime());
        if (code != PointValidator.PASSED) {
            return refuse(RefusalReason.of(code), offered, ticket);
        }
        // Set before it is applied, so that a later point of the same frame is checked against it.
        series.lastKnowledgeTime(knowledgeTime);
        final boolean isStamped = offered.knowledgeTime() == Instants.NONE;
        clock.observe(offered.validTime(), knowledgeTime, isStamped);
        if (updates.isWatched(offered.seriesNumber())) {
            journalClock();
        }
        encode(offered, knowledgeTime, isStamped);
        journal.add(ticket);
        return null;
    }

    /**
     * Journals a clock advance, unless the journal already holds the current clock value. The next commit applies it
     * and fires due timers.
     */
    public void journalClock() {
        if (journal.offset() == 0) {
            journaledNow = updates.now();
        }
        if (clock.now() > journaledNow) {
            journalNow();
        }
    }

    /** Journals the clock even if the journal already holds its current value. */
    public void journalNow() {
        journaledNow = clock.now();
        advance.encode(journal.buffer(), journal.offset(), journaledNow);
        journal.add();
    }

    /** Records that the journal already holds the current clock value. */
    void clockIsJournaled() {
        journaledNow = Math.max(journaledNow, clock.now());
    }

    private void encode(final PointOperation offered, final long knowledgeTime, final boolean isStamped) {
        PointOperation.put(
                journal.buffer(),
                journal.offset(),
                offered.type(),
                OperationDescriptor.NO_BATCH,
                offered.seriesNumber(),
                offered.validTime(),
                offered.value(),
                knowledgeTime,
                examination.reference());
        if (isStamped) {
            OperationDescriptor.putStamped(journal.buffer(), journal.offset());
        }
    }

    private RefusalReason refuse(final RefusalReason reason, final PointOperation offered, final long ticket) {
        refusals.add(reason, offered, ticket);
        outcomes.refused(ticket, reason);
        return reason;
    }

    /** {@return the outcomes of tickets} */
    TicketOutcomes outcomes() {
        return outcomes;
    }

    /** {@return the refused points} */
    PointRefusals refusals() {
        return refusals;
    }
}
