package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A path to one point of a series, as it is now or as it was known at an instant ({@link
 * SeriesRecord#seeAsKnownAt(long)}). One thread at a time; a reader must validate the version of the series before it
 * trusts anything.
 */
public final class PointPath {
    private final ReadableBlocks blocks;
    private final TreePath now;

    /** Created for the first series that is shown as of a past knowledge time. */
    private PastPath past;

    private boolean isPast;
    private boolean isIntact;

    /**
     * Creates an empty path.
     *
     * @param blocks of the store.
     */
    public PointPath(final ReadableBlocks blocks) {
        this.blocks = blocks;
        now = new TreePath(blocks);
    }

    /**
     * Moves to the last point at or before an instant, and to the last of several points at one instant.
     *
     * @param series that is searched: not an empty one, {@link SeriesRecord#maxPointCount()}.
     * @param timeNs the instant.
     * @return false if the series is torn by a concurrent change: the path is then empty. If there is no such point,
     *     {@link #isFound()} is false, and {@link #advance()} leads to the first point.
     */
    public boolean floor(final SeriesRecord series, final long timeNs) {
        isIntact = goOver(series) ? past.floor(series, timeNs) : now.floor(series, timeNs, Long.MAX_VALUE);
        return isIntact;
    }

    /**
     * Moves to the first point.
     *
     * @param series that is searched: not an empty one.
     * @return false if the series is torn by a concurrent change: the path is then empty.
     */
    public boolean first(final SeriesRecord series) {
        if (goOver(series)) {
            return past.first(series);
        }
        return now.floor(series, Long.MIN_VALUE, Long.MIN_VALUE) && now.advance();
    }

    private boolean goOver(final SeriesRecord series) {
        isPast = series.isPast();
        if (isPast && past == null) {
            past = new PastPath(blocks);
        }
        return isPast;
    }

    /**
     * Moves to the next point.
     *
     * @return false if there is none, or the series is torn; the path then stays in place, or is empty.
     */
    public boolean advance() {
        return isPast ? past.advance() : now.advance();
    }

    /**
     * Moves back over points; not after {@link #advance()}.
     *
     * @param series     that was searched.
     * @param pointCount number of points, 0 or more; if there are fewer, the path moves to the first point.
     * @return false if the series is torn by a concurrent change: the path is then empty.
     */
    public boolean retreat(final SeriesRecord series, final long pointCount) {
        return isPast ? past.retreat(series, pointCount) : now.retreat(pointCount);
    }

    /**
     * Moves back to the previous point; not after {@link #advance()}.
     *
     * @return false if there is none, or the series is torn, see {@link #isIntact()}; the path is then empty.
     */
    public boolean retreat() {
        if (isPast) {
            return past.retreat();
        }
        if (now.isFirst()) {
            return false;
        }
        isIntact = now.retreat(1);
        return isIntact;
    }

    /** {@return false if {@link #floor} or {@link #retreat()} found the series torn: all results are then undefined} */
    public boolean isIntact() {
        return isPast ? past.isIntact() : isIntact;
    }

    /**
     * Copies another path.
     *
     * @param other path in the same store.
     */
    public void copyFrom(final PointPath other) {
        isPast = other.isPast;
        isIntact = other.isIntact;
        if (!isPast) {
            now.copyFrom(other.now);
            return;
        }
        if (past == null) {
            past = new PastPath(blocks);
        }
        past.copyFrom(other.past);
    }

    /**
     * Returns true if another path leads to the same point.
     *
     * @param other path in the same series, as of the same knowledge time.
     * @return true if it does.
     */
    public boolean isAt(final PointPath other) {
        return isPast ? past.isAt(other.past) : now.isAt(other.now);
    }

    /** {@return true if the path leads through the series as of a past knowledge time} */
    boolean isPast() {
        return isPast;
    }

    /** {@return the path in the current tree of points, if the series is shown as it is now} */
    public TreePath now() {
        return now;
    }

    /** {@return the path as of a past knowledge time, if the series is shown as of one} */
    PastPath past() {
        return past;
    }

    /** {@return true if the path leads to a point; else it is before the first one} */
    public boolean isFound() {
        return isPast ? past.isFound() : now.index() >= 0;
    }

    /** {@return the valid time of the point} */
    public long time() {
        return isPast ? past.time() : now.time();
    }

    /** {@return the scaled value of the point} */
    public long value() {
        return isPast ? past.value() : now.value();
    }

    /** {@return the knowledge time of the point} */
    public long knowledgeTime() {
        return isPast ? past.knowledgeTime() : now.points().knowledgeTime(now.index());
    }

    /** {@return the reference of the point} */
    public long reference() {
        return isPast ? past.reference() : now.points().reference(now.index());
    }
}
