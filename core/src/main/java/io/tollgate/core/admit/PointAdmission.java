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
 * Lets offered points and withdrawals into the journal, stamped with a knowledge time and a reference; or refuses them.
 * A replay meets what was decided here in the log, and decides nothing. Engine thread only.
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

    /** The time that the journal knows, what is not applied yet included. */
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
     * Makes sure that log and store have room for the points of the next frame; if they have not, these are refused.
     *
     * @param limit most points that may be taken.
     * @return most points to take.
     */
    public int beginFrame(final int limit) {
        final int count = store.blocks().operationsAtATime(limit);
        hasLogSpace = journal.hasSpace(count);
        hasSpace = hasLogSpace && store.blocks().hasSpace(count);
        return count;
    }

    /**
     * Lets a point or a withdrawal in, or refuses it.
     *
     * @param ticket of the point, {@link TicketOutcomes#NO_TICKET} for none.
     * @return why it is refused, null if it is let in.
     */
    public RefusalReason admit(final MutableDirectBuffer buffer, final int offset, final long ticket) {
        final PointOperation offered = examination.wrap(buffer, offset);
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
        // Already now, so that a later point of the same frame is checked against it.
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
     * Journals an advance of the clock that the journal does not know yet; at the next commit it is applied, and what
     * time alone changes up to then.
     */
    public void journalClock() {
        if (journal.offset() == 0) {
            journaledNow = updates.now();
        }
        if (clock.now() > journaledNow) {
            journalNow();
        }
    }

    /** Journals where the clock stands, also where the journal knows it. */
    public void journalNow() {
        journaledNow = clock.now();
        advance.encode(journal.buffer(), journal.offset(), journaledNow);
        journal.add();
    }

    /** Takes note that the journal knows the time from now on. */
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

    /** {@return what became of tickets} */
    TicketOutcomes outcomes() {
        return outcomes;
    }

    /** {@return the refused points} */
    PointRefusals refusals() {
        return refusals;
    }
}
