package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A way to one point of a series as it is looked at: as it stands now, or as it was known at an instant
 * ({@link SeriesRecord#seeAsKnownAt(long)}). One thread at a time; a reader must validate the version of the series
 * before it trusts anything.
 */
public final class PointPath {
    private final ReadableBlocks blocks;
    private final TreePath now;

    /** Made when the first series is looked at as it was known. */
    private PastPath past;

    private boolean isPast;
    private boolean isIntact;

    /**
     * A path that leads nowhere yet.
     *
     * @param blocks where the blocks are.
     */
    public PointPath(final ReadableBlocks blocks) {
        this.blocks = blocks;
        now = new TreePath(blocks);
    }

    /**
     * Goes to the last point at or before an instant, to the last of those that share it.
     *
     * @param series that is searched: not an empty one, {@link SeriesRecord#maxPointCount()}.
     * @param timeNs the instant.
     * @return false if the series is torn by a concurrent change: then the path leads nowhere. If there is no such
     *     point, {@link #isFound()} is false: then {@link #advance()} leads to the first point.
     */
    public boolean floor(final SeriesRecord series, final long timeNs) {
        isIntact = goOver(series) ? past.floor(series, timeNs) : now.floor(series, timeNs, Long.MAX_VALUE);
        return isIntact;
    }

    /**
     * Goes to the first point.
     *
     * @param series that is searched: not an empty one.
     * @return false if the series is torn by a concurrent change: then the path leads nowhere.
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
     * Goes on to the next point.
     *
     * @return false if there is none, or the series is torn; the path then stays where it was, or leads nowhere.
     */
    public boolean advance() {
        return isPast ? past.advance() : now.advance();
    }

    /**
     * Goes back over points; not after {@link #advance()}.
     *
     * @param series     that was searched.
     * @param pointCount how many, 0 or more; where there are fewer, the path goes to the first point.
     * @return false if the series is torn by a concurrent change: then the path leads nowhere.
     */
    public boolean retreat(final SeriesRecord series, final long pointCount) {
        return isPast ? past.retreat(series, pointCount) : now.retreat(pointCount);
    }

    /**
     * Goes back to the point before; not after {@link #advance()}.
     *
     * @return false if there is none, or the series is torn, see {@link #isIntact()}; then the path leads nowhere.
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

    /** {@return false if {@link #floor} or {@link #retreat()} found the series torn: then nothing may be trusted} */
    public boolean isIntact() {
        return isPast ? past.isIntact() : isIntact;
    }

    /**
     * Goes where another path leads.
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
     * Whether another path leads to the same point.
     *
     * @param other path in the same series, looked at in the same way.
     * @return true if it does.
     */
    public boolean isAt(final PointPath other) {
        return isPast ? past.isAt(other.past) : now.isAt(other.now);
    }

    /** {@return whether it leads through what was known at an instant} */
    boolean isPast() {
        return isPast;
    }

    /** {@return the path in the tree of points as it stands now, where the series is looked at so} */
    public TreePath now() {
        return now;
    }

    /** {@return the path as known at an instant, where the series is looked at so} */
    PastPath past() {
        return past;
    }

    /** {@return whether the path leads to a point; else it stands before the first one} */
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
