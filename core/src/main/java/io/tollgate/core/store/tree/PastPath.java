package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A way to one point of a series as it was known at an instant: one of those that stand today, or a version in the
 * history that was superseded or withdrawn later. Both trees are walked side by side; of each identity at most one was
 * known at a time. If a loss has left two events without a reference at one instant, that of the history comes first,
 * in either direction.
 *
 * <p>A subtree of points in which nothing was changed after the instant has no such version between its first and last
 * point either, and so it is summed up by its summary: a version leaves its place only by a change there, and a place
 * comes to lie inside a subtree only by a point put in later. One thread at a time; a reader must validate the version
 * of the series before it trusts anything.
 */
final class PastPath {
    private final HistoryBlock history;
    private final KnownPath points;
    private final KnownPath versions;
    private final RunSummary subtree = new RunSummary();
    private KnownPath current;

    /** Whether the other path stands ahead of the current one; else it stands behind it. */
    private boolean isAhead;

    PastPath(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
        points = new KnownPath(blocks);
        versions = new KnownPath(blocks);
        current = points;
    }

    /** Goes to the last point at or before an instant, as known when the series is looked at; false if it is torn. */
    boolean floor(final SeriesRecord series, final long timeNs) {
        points.floor(series, series.knownAtNs(), timeNs);
        versions.clear();
        final long block = series.historyBlock();
        if (block != NO_BLOCK) {
            if (!history.wrap(block)) {
                return false;
            }
            versions.floor(history.record(), series.knownAtNs(), timeNs);
        }
        isAhead = false;
        return takeLater();
    }

    private boolean takeLater() {
        final boolean isVersion = versions.isFound() && (!points.isFound() || isBefore(points, versions));
        current = isVersion ? versions : points;
        return isIntact();
    }

    private boolean takeEarlier() {
        final boolean isVersion = versions.isFound() && (!points.isFound() || !isBefore(points, versions));
        current = isVersion ? versions : points;
        return isIntact();
    }

    private static boolean isBefore(final KnownPath left, final KnownPath right) {
        final int order = Long.compare(left.time(), right.time());
        return order < 0 || order == 0 && left.reference() < right.reference();
    }

    private KnownPath other() {
        return current == points ? versions : points;
    }

    /** {@return false if the series was found torn by a concurrent change: then nothing may be trusted} */
    boolean isIntact() {
        return points.isIntact() && versions.isIntact();
    }

    /** Goes on to the next point; false if there is none, or the series is torn. */
    boolean advance() {
        turnForward();
        current.advance();
        return takeEarlier() && isFound();
    }

    private void turnForward() {
        if (!isAhead) {
            other().advance();
            isAhead = true;
        }
    }

    /** Goes back over points, not after {@link #advance()}; to the first where there are fewer. False if torn. */
    boolean retreat(final SeriesRecord series, final long pointCount) {
        long left = pointCount;
        while (left > 0 && isFound()) {
            left -= retreatOver(left);
            if (!takeLater()) {
                return false;
            }
        }
        return isFound() || first(series) && isFound();
    }

    /** Goes back over a whole subtree of no more than so many points, or over one point; how many it was. */
    private long retreatOver(final long maxCount) {
        int level = current == points ? points.levelOfPrevious() : 0;
        while (level > 0 && points.pointCount(level) > maxCount) {
            level--;
        }
        if (level == 0) {
            current.retreat();
            return 1;
        }
        final long count = points.pointCount(level);
        points.retreatOver(level);
        return Math.max(1, count);
    }

    /** Goes back to the point before, not after {@link #advance()}; false if there is none, or the series is torn. */
    boolean retreat() {
        current.retreat();
        return takeLater() && isFound();
    }

    /** Goes to the first point; false if the series is torn. */
    boolean first(final SeriesRecord series) {
        if (!floor(series, Long.MIN_VALUE)) {
            return false;
        }
        advance();
        return isIntact();
    }

    /**
     * Goes back over the largest subtree that ends here and in which nothing changes, or over one point; not after
     * {@link #advance()}.
     *
     * @return valid time of the first point gone over.
     */
    long retreatOverConstant() {
        int level = current == points ? points.levelOfPrevious() : 0;
        while (level > 0 && !isConstant(level)) {
            level--;
        }
        final long first = level == 0 ? time() : subtree.firstTime();
        if (level == 0) {
            current.retreat();
        } else {
            points.retreatOver(level);
        }
        takeLater();
        return first;
    }

    private boolean isConstant(final int level) {
        subtree.clear(false);
        points.loadSummary(level, subtree);
        return !subtree.isEmpty() && subtree.changes() == 0;
    }

    /**
     * Sums up the points from here to another path, both included; then leads anywhere.
     *
     * @param end          path to the last point, at or behind this one, and gone there without {@link #advance()}.
     * @param hasSummaries whether the tree keeps all sums that are wanted.
     * @param summary      that they are appended to.
     * @return false if the series is torn.
     */
    boolean summarise(final PastPath end, final boolean hasSummaries, final RunSummary summary) {
        turnForward();
        subtree.clear(summary.timeWeighted(), summary.isExtended());
        while (!isAt(end)) {
            final int level = hasSummaries && current == points ? points.levelOfNext(end.points) : 0;
            if (level == 0) {
                summary.append(time(), value());
                current.advance();
            } else {
                points.loadSummary(level, subtree);
                summary.append(subtree);
                points.advanceOver(level);
            }
            if (!takeEarlier() || !isFound()) {
                return false;
            }
        }
        summary.append(time(), value());
        return true;
    }

    /** Goes where another path of the same series leads. */
    void copyFrom(final PastPath other) {
        points.copyFrom(other.points);
        versions.copyFrom(other.versions);
        current = other.current == other.points ? points : versions;
        isAhead = other.isAhead;
    }

    /** Whether another path of the same series leads to the same point. */
    boolean isAt(final PastPath other) {
        return (current == points) == (other.current == other.points) && current.isAt(other.current);
    }

    boolean isFound() {
        return current.isFound();
    }

    long time() {
        return current.time();
    }

    long value() {
        return current.value();
    }

    long knowledgeTime() {
        return current.knowledgeTime();
    }

    long reference() {
        return current.reference();
    }
}
