package io.tollgate.core;

import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.watch.AppliedChange;
import org.agrona.MutableDirectBuffer;

/** Lets points of one shard that are watched over many series be applied one by one, in turn. The shard's thread. */
final class WatchSteps {
    private static final Runnable NOBODY = () -> {};

    private final WatchTurn turn;
    private final int shard;
    private final GroupStates groups;
    private final PointAdmission admission;
    private final AppliedChange change;
    private final PointOperation offered = new PointOperation();
    /** Follows at once where this is the shard whose thread follows. */
    private Runnable follower = NOBODY;

    /**
     * @param change names what was applied last.
     */
    WatchSteps(
            final WatchTurn turn,
            final int shard,
            final GroupStates groups,
            final PointAdmission admission,
            final AppliedChange change) {
        this.turn = turn;
        this.shard = shard;
        this.groups = groups;
        this.admission = admission;
        this.change = change;
    }

    WatchTurn turn() {
        return turn;
    }

    /** Lets this shard's thread follow; before it starts. */
    void follower(final Runnable following) {
        follower = following;
    }

    /** Whether what lies on the ring is to be applied alone. */
    boolean isStep(final MutableDirectBuffer buffer, final int offset) {
        return turn.isInUse() && groups.isWatched(offered.wrap(buffer, offset).seriesNumber());
    }

    /** Takes the turn for what lies on the ring, while the journal is empty; false if it is to be tried again. */
    boolean begin(final MutableDirectBuffer buffer, final int offset) {
        // What is refused is none: what was applied before it must not pass for what is followed.
        change.set(AppliedChange.NONE);
        final long nowNs = admission.nowAfter(buffer, offset);
        if (turn.tryTake(shard, nowNs)) {
            return true;
        }
        follower.run();
        return turn.tryTake(shard, nowNs);
    }

    /** Says that it is applied. */
    void end() {
        turn.moved(shard, admission.now());
        turn.changed(shard, change);
        follower.run();
    }

    /** Follows what was applied before a command of a control thread, which has no turn; so far as this shard can. */
    void beforeCommand() {
        follower.run();
    }

    /** Says that a control thread's command was run, which may have changed something. */
    void commandRun() {
        turn.touched();
    }

    /** Whether this shard may end once it has nothing left: the one that follows is the last, and tells all it can. */
    boolean mayEnd(final boolean isLast) {
        return follower == NOBODY || !turn.isInUse() || isLast && !turn.isHeldBack();
    }
}
