package io.tollgate.core;

import io.tollgate.api.Instants;
import io.tollgate.core.watch.AppliedChange;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whose turn it is to change what is watched over many series: one shard with one point, or one batch on all its
 * shards, and then the thread that follows the watches. So each cause is followed alone, with all series as they stood
 * when it was applied, however points lie in duty cycles; time that passes before a point is followed before it. Nobody
 * waits: who does not get the turn leaves its point on the ring, and tries again. No watch holds the turn for ever:
 * one that cannot be followed is left behind ({@link io.tollgate.core.watch.PanelUpdates}), and the turn goes on, but
 * at a close for one that a listener has only to make room for.
 *
 * <p>Any thread; what the holder has written is seen by the one that follows, and by the next holder.
 */
final class WatchTurn {
    private static final long FREE = -1;
    private static final long FOLLOWER = -2;
    private static final long BATCH = 1L << 62;

    /** Shards by their index, batches by their numbers with a bit that no shard has. */
    private final AtomicLong holder = new AtomicLong(FREE);

    private final AtomicLong wantedNs = new AtomicLong(Instants.MIN);
    /** The holder's own, as what it was copied from goes on while it is followed. */
    private final AppliedChange change = new AppliedChange();
    /** The time as the holders' changes have moved it. */
    private final AtomicLong changedAtNs = new AtomicLong(Instants.MIN);

    private volatile boolean isInUse;
    private volatile boolean isChanged;
    private volatile boolean isTouched;
    private volatile boolean isHeldBack;
    private volatile long nextNs = Long.MAX_VALUE;

    /** Says whether anything is watched over many series, before any shard tells what changes of it; who follows. */
    void inUse(final boolean isWatched) {
        if (!isWatched) {
            nextNs = Long.MAX_VALUE;
        }
        isInUse = isWatched;
    }

    boolean isInUse() {
        return isInUse;
    }

    /** Who a batch is. */
    static long ofBatch(final long number) {
        return number & (BATCH - 1) | BATCH;
    }

    /**
     * Takes the turn, where all is followed: what was changed before, and the time up to an instant.
     *
     * @param who   a shard, or a batch, whose shards all take it.
     * @param nowNs the time, when a change has moved it that will certainly be let in; else as it is.
     * @return false if it is to be tried again.
     */
    boolean tryTake(final long who, final long nowNs) {
        if (who >= BATCH && holder.get() == who) {
            return true;
        }
        if (isBehind(nowNs) || !holder.compareAndSet(FREE, who)) {
            return false;
        }
        if (isBehind(nowNs)) {
            holder.set(FREE);
            return false;
        }
        return true;
    }

    private boolean isBehind(final long nowNs) {
        final boolean isBehind = nextNs <= nowNs;
        if (isBehind) {
            wantedNs.accumulateAndGet(nowNs, Math::max);
        }
        return isBehind || isTouched;
    }

    /** Says to when a shard's part of the holder's change has moved the time; nothing if it does not hold the turn. */
    void moved(final long who, final long nowNs) {
        if (holder.get() == who) {
            changedAtNs.accumulateAndGet(nowNs, Math::max);
        }
    }

    /** Says that the holder's change can be read, and is to be followed; nothing if it does not hold the turn. */
    void changed(final long who, final AppliedChange applied) {
        if (holder.get() == who) {
            change.set(applied);
            isChanged = true;
        }
    }

    /** Says that something may have changed outside all turns: that is followed before the next one. */
    void touched() {
        if (isInUse) {
            isTouched = true;
        }
    }

    /**
     * Takes the turn to follow, where there is something to be followed and nobody is changing anything; the thread
     * that follows.
     *
     * @param nowNs  the time.
     * @param isLate whether something that was left behind is to be followed.
     */
    boolean tryFollow(final long nowNs, final boolean isLate) {
        final boolean isTime = nextNs <= Math.max(nowNs, wantedNs.get());
        if (!isChanged && !isTouched && !isLate && !isTime && holder.get() != FOLLOWER) {
            return false;
        }
        if (isChanged || holder.get() == FOLLOWER || holder.compareAndSet(FREE, FOLLOWER)) {
            isTouched = false;
            return true;
        }
        return false;
    }

    /** The change that is to be followed, NONE if it is none of a holder's; the thread that follows. */
    AppliedChange change() {
        return change;
    }

    /**
     * Up to when it is to be followed: where there is a change of a holder's, no further than time was with it.
     *
     * @param nowNs the time.
     */
    long untilNs(final long nowNs) {
        return isChanged ? changedAtNs.get() : Math.max(nowNs, wantedNs.get());
    }

    /** Says that what has changed cannot be told for the moment: nothing that is watched is taken meanwhile. */
    void heldBack() {
        isHeldBack = true;
    }

    boolean isHeldBack() {
        return isHeldBack;
    }

    /**
     * Says that all is followed, but for what was left behind.
     *
     * @param next the instant at which time acts next.
     * @return whether there was a change of a holder's: time may have gone further than that was followed.
     */
    boolean followed(final long next) {
        final boolean wasChanged = isChanged;
        nextNs = next;
        isHeldBack = false;
        change.set(AppliedChange.NONE);
        isChanged = false;
        holder.set(FREE);
        return wasChanged;
    }
}
