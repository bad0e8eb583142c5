package io.tollgate.core;

import io.tollgate.core.ingest.BatchAgreement;
import io.tollgate.core.ingest.BatchSlot;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.watch.AppliedChange;

/**
 * What a shard has to do for the batch that it has met on its ring, step by step; each step begins when all shards that
 * have a part of the batch have done the one before, and nothing waits. Until it is done the shard takes nothing from
 * its ring. As all rings have batches of several shards in one order, the first of those that are not done is met by
 * all its shards: none waits for ever. Engine thread only.
 */
final class BatchWork {
    private enum Step {
        NONE,
        MEET,
        EXAMINE,
        DECIDE,
        MARK,
        APPLY,
        LEAVE
    }

    private final BatchSlots slots;
    private final EngineClock clock;
    private final OperationJournal journal;
    private final BatchAdmission admission;
    private final WatchTurn turn;
    private Step step = Step.NONE;
    private BatchSlot batch;
    private boolean isRefused;

    BatchWork(
            final BatchSlots slots,
            final EngineClock clock,
            final OperationJournal journal,
            final BatchAdmission admission,
            final WatchTurn turn) {
        this.slots = slots;
        this.clock = clock;
        this.journal = journal;
        this.admission = admission;
        this.turn = turn;
    }

    /** Whether there is a batch that is not done. */
    boolean isPending() {
        return step != Step.NONE;
    }

    /** Whether the pending batch stands in the journal: what waits for its shards to meet it does not yet. */
    boolean hasBegun() {
        return isPending() && step != Step.MEET && step != Step.EXAMINE;
    }

    /** The shards that have a part of the pending batch, a bit each, where the shard waits for them to meet it. */
    long awaitedShards() {
        return step == Step.MEET ? batch.shards() : 0;
    }

    /** The batch that a message on the ring of a shard names. */
    BatchSlot committed(final int shard, final int slotIndex, final int ringIndex) {
        final BatchSlot slot = slots.committed(slotIndex, shard, ringIndex);
        if (slot == null) {
            throw RingDamage.exception(
                    shard, "batchSlot=" + slotIndex + " index=" + ringIndex, "the slot of a batch committed there");
        }
        return slot;
    }

    /** Begins with a batch; all that came before it is applied. */
    void begin(final BatchSlot committed) {
        batch = committed;
        // All shards of the batch follow what has moved the clock of any before it.
        clock.publish();
        batch.agreement().arrive(clock.batchTime(batch.lastTime(), batch.stamp()));
        step = Step.MEET;
    }

    /** Goes as far as it can; whether it has done anything. */
    boolean advance() {
        final Step before = step;
        Step last;
        do {
            last = step;
            step = next(batch.agreement());
        } while (step != last && step != Step.NONE);
        return step != before;
    }

    private Step next(final BatchAgreement agreement) {
        switch (step) {
            case MEET:
                return agreement.allArrived() ? foresee(agreement) : step;
            case EXAMINE:
                return agreement.allForeseen() && hasTurn(agreement) ? examine(agreement) : step;
            case DECIDE:
                return agreement.allVoted() ? decide(agreement) : step;
            case MARK:
                if (agreement.allLogged()) {
                    journal.mark();
                    agreement.marked();
                    return Step.APPLY;
                }
                return step;
            case APPLY:
                if (agreement.allMarked()) {
                    journal.apply();
                    agreement.done();
                    return Step.LEAVE;
                }
                return step;
            case LEAVE:
                return agreement.allDone() ? leave(agreement) : step;
            default:
                return step;
        }
    }

    /** Looks ahead, where the time that a batch moves is to be followed before it: a refused one moves none. */
    private Step foresee(final BatchAgreement agreement) {
        clock.joinBatch(agreement.knowledgeTime());
        boolean mayMoveTime = turn.isInUse();
        if (mayMoveTime && clock.isMovedByPoints()) {
            mayMoveTime = admission.foresee(batch, agreement.knowledgeTime());
        }
        agreement.foresee(mayMoveTime);
        return Step.EXAMINE;
    }

    /**
     * Whether the watches over many series have followed all that came before the batch, which has the turn then: up to
     * the time to which it moves the clock, where all its shards have seen that it will be let in.
     */
    private boolean hasTurn(final BatchAgreement agreement) {
        if (!turn.isInUse()) {
            return true;
        }
        final long nowNs = agreement.mayMoveTime() ? admission.nowAfter(batch) : clock.now();
        return turn.tryTake(WatchTurn.ofBatch(batch.number()), nowNs);
    }

    private Step examine(final BatchAgreement agreement) {
        agreement.vote(admission.examine(batch, agreement.knowledgeTime()));
        return Step.DECIDE;
    }

    private Step decide(final BatchAgreement agreement) {
        isRefused = agreement.isRefused();
        if (isRefused) {
            admission.refuse(batch);
            agreement.done();
            return Step.LEAVE;
        }
        admission.accept(batch);
        journal.log();
        agreement.logged();
        return Step.MARK;
    }

    private Step leave(final BatchAgreement agreement) {
        turn.moved(WatchTurn.ofBatch(batch.number()), clock.now());
        final boolean isLast = agreement.leave();
        if (isLast) {
            turn.changed(WatchTurn.ofBatch(batch.number()), AppliedChange.BATCH);
            slots.end(batch, isRefused);
        }
        return Step.NONE;
    }
}
