package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A path over all versions of the points of a series, current ones and ended ones. They are in order of (valid time,
 * reference); versions of one identity are in the order in which they became known. One thread at a time; a reader must
 * validate the version of the series before it trusts anything.
 */
public final class VersionPath {
    private final HistoryBlock history;
    private final TreePath points;
    private final TreePath ended;
    private boolean hasPoint;
    private boolean hasEnded;
    private boolean isStarted;
    private boolean isEnded;
    private boolean isByInstant;
    private boolean isIntact;
    private long untilNs;
    private long stepsLeft;

    /**
     * Creates an empty path.
     *
     * @param blocks of the store.
     */
    public VersionPath(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
        points = new TreePath(blocks);
        ended = new TreePath(blocks);
    }

    /**
     * Moves before the first version in a range of time.
     *
     * @param series whose versions they are.
     * @param fromNs the first instant.
     * @param toNs   the last instant.
     * @return false if the series is torn by a concurrent change: the path is then empty.
     */
    public boolean open(final SeriesRecord series, final long fromNs, final long toNs) {
        isByInstant = series.isIdentifiedByInstant();
        untilNs = toNs;
        stepsLeft = series.pointCount() + 1;
        isStarted = false;
        isEnded = false;
        hasPoint = false;
        hasEnded = false;
        isIntact = series.pointCount() == 0 || points.floor(series, fromNs - 1, Long.MAX_VALUE);
        if (isIntact && series.pointCount() != 0) {
            hasPoint = advance(points);
        }
        if (isIntact && series.historyBlock() != NO_BLOCK) {
            openHistory(series.historyBlock(), fromNs);
        }
        return isIntact;
    }

    private void openHistory(final long block, final long fromNs) {
        isIntact = history.wrap(block);
        if (isIntact && history.record().pointCount() != 0) {
            stepsLeft += history.record().pointCount();
            isIntact = ended.floor(history.record(), fromNs - 1, Long.MAX_VALUE);
            hasEnded = isIntact && advance(ended);
        }
    }

    private boolean advance(final TreePath path) {
        return path.advance() && path.time() <= untilNs;
    }

    /**
     * Moves to the next version.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}.
     */
    public boolean next() {
        if (!isIntact || --stepsLeft < 0) {
            isIntact = false;
            return false;
        }
        if (isStarted) {
            if (isEnded) {
                hasEnded = advance(ended);
            } else {
                hasPoint = advance(points);
            }
        }
        isStarted = true;
        isEnded = hasEnded && (!hasPoint || isBeforePoint());
        return hasPoint || hasEnded;
    }

    private boolean isBeforePoint() {
        final long time = ended.time();
        return time < points.time()
                || time == points.time() && (isByInstant || referenceOf(ended) <= referenceOf(points));
    }

    private static long referenceOf(final TreePath path) {
        return path.points().reference(path.index());
    }

    private TreePath current() {
        return isEnded ? ended : points;
    }

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    public boolean isIntact() {
        return isIntact;
    }

    /** {@return the valid time of the version} */
    public long time() {
        return current().time();
    }

    /** {@return the scaled value of the version} */
    public long value() {
        return current().value();
    }

    /** {@return the knowledge time of the version} */
    public long knowledgeTime() {
        return current().points().knowledgeTime(current().index());
    }

    /** {@return the reference of the version} */
    public long reference() {
        return referenceOf(current());
    }

    /** {@return true if the version is no longer current} */
    public boolean isEnded() {
        return isEnded;
    }

    /** {@return the knowledge time at which an ended version was revised or withdrawn} */
    public long endKnowledgeTime() {
        return ended.points().endKnowledgeTime(ended.index());
    }

    /** {@return true if an ended version was withdrawn} */
    public boolean isWithdrawn() {
        return isEnded && ended.points().isWithdrawn(ended.index());
    }
}
