package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A path to one point of a series as it was known at an instant: a current point, or a version in the history that was
 * superseded or withdrawn later. It walks both trees side by side; at most one version of each identity was known at a
 * time. If data loss has left two events without a reference at one instant, the event of the history comes first, in
 * either direction.
 *
 * <p>A subtree of points without a change after the instant has no such version between its first and last point, so
 * its summary is exact. The reason: a version leaves its place only by a change there, and a place comes to lie inside
 * a subtree only by a later insertion. One thread at a time; a reader must validate the version of the series before it
 * trusts anything.
 */
final class PastPath {
    private final HistoryBlock history;
    private final KnownPath points;
    private final KnownPath versions;
    private final RunSummary subtree = new RunSummary();
    private KnownPath current;

    /** True if the other path is ahead of the current one, false if it is before it. */
    private boolean isAhead;

    PastPath(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
        points = new KnownPath(blocks);
        versions = new KnownPath(blocks);
        current = points;
    }

    /**
     * Moves to the last point at or before an instant, as of the knowledge time of the series; returns false if the
     * series is torn.
     */
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

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    boolean isIntact() {
        return points.isIntact() && versions.isIntact();
    }

    /** Moves to the next point; returns false if there is none, or the series is torn. */
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

    /** Moves back over points, at most to the first one; not after {@link #advance()}. Returns false if torn. */
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

    /** Moves back over a whole subtree of at most the given number of points, or over one point; returns the number. */
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

    /**
     * Moves back to the previous point, not after {@link #advance()}; returns false if there is none, or the series is
     * torn.
     */
    boolean retreat() {
        current.retreat();
        return takeLater() && isFound();
    }

    /** Moves to the first point; returns false if the series is torn. */
    boolean first(final SeriesRecord series) {
        if (!floor(series, Long.MIN_VALUE)) {
            return false;
        }
        advance();
        return isIntact();
    }

    /**
     * Moves back over the largest constant subtree that ends here, or over one point; not after {@link #advance()}.
     *
     * @return valid time of the first point passed.
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
     * Sums the points from here to another path, both included. This path is undefined afterwards.
     *
     * @param end          path to the last point, at or after this one, reached without {@link #advance()}.
     * @param hasSummaries whether the tree keeps all requested sums.
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

    /** Copies another path of the same series. */
    void copyFrom(final PastPath other) {
        points.copyFrom(other.points);
        versions.copyFrom(other.versions);
        current = other.current == other.points ? points : versions;
        isAhead = other.isAhead;
    }

    /** Returns true if another path of the same series leads to the same point. */
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
