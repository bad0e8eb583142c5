package io.tollgate.core;

import io.tollgate.core.log.LogBegin;
import java.util.stream.Stream;

/**
 * What a recovery that was stopped has done to a shard, as its log shows: what it had noted as lost is lost for good
 * once it has repaired that, and may be there again else, as somebody has put it back.
 *
 * @param noted    what it has found lost.
 * @param folder   of the shard.
 * @param check    of the shard as it is now.
 * @param accepted the losses that its log has recorded.
 * @param begin    of its log.
 */
record StoppedRepair(LossNote noted, ShardFolder folder, ShardCheck check, RecordedLosses accepted, LogBegin begin) {
    /**
     * Whether the log was made in the place of one that was missing, or begun to be, as far as can be told: a log has a
     * mark beside it before it has anything.
     */
    boolean hasMadeAnew() {
        return accepted.isLogMadeAnew() || lastSequence() == 0 && !folder.hasMark();
    }

    /**
     * Whether the log lacks operations because of a repair: it ends before them, as nobody was told of them, and has
     * recorded the loss of the others as one. Where they are only damaged, they are found once more; where a log was
     * put back that has lost some of them before, the others are there.
     */
    boolean hasTaken(final Loss loss) {
        return new LostRange(loss.firstSequence(), loss.lastSequence())
                .upTo(lastSequence())
                .allMatch(lost -> recorded(loss).anyMatch(range -> range.includes(lost)));
    }

    /** A loss that nothing has is not one that was recorded before and is needed: a checkpoint may have that again. */
    private Stream<LostRange> recorded(final Loss loss) {
        final Stream<LostRange> recorded = accepted.ranges().stream();
        return loss.isCovered() || !begin.isRepaired() || hasSetNeed()
                ? recorded
                : recorded.flatMap(range -> range.behind(begin.neededSequence()));
    }

    /** Whether it is the repair that says what is needed: the last of what it had found in a store. */
    private boolean hasSetNeed() {
        return noted.lossesOf(folder.index()).stream()
                .anyMatch(loss -> loss.isCovered() && loss.lastSequence() == begin.neededSequence());
    }

    private long lastSequence() {
        return check.survey().lastSequence();
    }
}
