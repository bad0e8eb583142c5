package io.tollgate.core;

import io.tollgate.core.log.LogBegin;

/**
 * What a recovery that was stopped has done to a shard, as its log shows: what it had noted as lost is lost for good
 * once it has repaired that, and may be there again else, as somebody has put it back.
 */
final class StoppedRepair {
    private final long lastSequence;
    private final boolean hasMadeAnew;
    private final LostRanges recorded;

    /** Of these those that may be of what nothing has. */
    private final LostRanges recordedOfNothing;

    /**
     * What was done to a shard.
     *
     * @param noted    what was found lost.
     * @param folder   of the shard.
     * @param check    of the shard as it is now.
     * @param accepted the losses that its log has recorded.
     * @param begin    of its log.
     */
    StoppedRepair(
            final LossNote noted,
            final ShardFolder folder,
            final ShardCheck check,
            final RecordedLosses accepted,
            final LogBegin begin) {
        lastSequence = check.survey().lastSequence();
        hasMadeAnew = accepted.isLogMadeAnew() || lastSequence == 0 && !folder.hasMark();
        recorded = new LostRanges(accepted.ranges());
        recordedOfNothing = !begin.isRepaired() || hasSetNeed(noted, folder, begin)
                ? recorded
                : new LostRanges(accepted.ranges().stream()
                        .flatMap(range -> range.behind(begin.neededSequence()))
                        .toList());
    }

    /** Whether it is the repair that says what is needed: the last of what it had found in a store. */
    private static boolean hasSetNeed(final LossNote noted, final ShardFolder folder, final LogBegin begin) {
        return noted.lossesOf(folder.index()).stream()
                .anyMatch(loss -> loss.isCovered() && loss.lastSequence() == begin.neededSequence());
    }

    /**
     * Whether the log was made in the place of one that was missing, or begun to be, as far as can be told: a log has a
     * mark beside it before it has anything.
     */
    boolean hasMadeAnew() {
        return hasMadeAnew;
    }

    /**
     * Whether the log lacks operations because of a repair: it ends before them, as nobody was told of them, and has
     * recorded the loss of the others as one. Where they are only damaged, they are found once more; where a log was
     * put back that has lost some of them before, the others are there. A loss that nothing has is not one that was
     * recorded before and is needed: a checkpoint may have that again.
     */
    boolean hasTaken(final Loss loss) {
        return loss.range().upTo(lastSequence).allMatch((loss.isCovered() ? recorded : recordedOfNothing)::include);
    }
}
