package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.SMALL;
import static io.tollgate.core.store.BlockDescriptor.TYPE_POINTS;

/**
 * Puts points into the tree of a series: a B+ tree over (valid time, reference) whose inner nodes keep an exact summary
 * of each child.
 *
 * <pre>
 *   1 to 8 points      one SMALL block
 *   9 to 32            one MEDIUM block
 *   more               nodes of up to 16 children over MEDIUM blocks, full when points come in order of time
 * </pre>
 *
 * <p>Appending touches the tail block only; nodes are touched once a block. A late point renews the summaries on its
 * path. Writer only, between {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class PointTree {
    private final BlockStore blocks;
    private final TreePath path;
    private final PointBlock right;
    private final NodeBlock node;
    private final TreeGrowth growth;
    private final TreeSummaries summaries;
    private final PointHistory history;
    private final PointChange change = new PointChange();

    /**
     * Writes into the trees of all series of a store.
     *
     * @param blocks where the blocks are.
     */
    public PointTree(final BlockStore blocks) {
        this.blocks = blocks;
        path = new TreePath(blocks);
        right = new PointBlock(blocks);
        node = new NodeBlock(blocks);
        summaries = new TreeSummaries(blocks);
        growth = new TreeGrowth(blocks, summaries);
        history = new PointHistory(blocks);
    }

    /**
     * Adds a point, or revises the one with the same identity: the same valid time in a STEP, the same valid time and
     * reference in a FLOW.
     *
     * @param series        to add to.
     * @param time          valid time.
     * @param value         scaled value.
     * @param knowledgeTime when it became known.
     * @param reference     of the point.
     * @param sequence      of the operation.
     * @return what has changed; valid until the next call.
     */
    public PointChange put(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long sequence) {
        change.begin(time, value);
        if (series.pointCount() == 0) {
            first(series, time, value, knowledgeTime, reference);
        } else if (isBehindLast(series, time, reference)) {
            append(series, time, value, knowledgeTime, reference);
        } else {
            require(path.floor(series, time, series.isStep() ? Long.MAX_VALUE : reference), series);
            if (isSameIdentity(series, time, reference)) {
                revise(series, value, knowledgeTime, reference, sequence);
                return change;
            }
            insert(series, time, value, knowledgeTime, reference);
        }
        series.pointCount(series.pointCount() + 1);
        series.firstTime(Math.min(time, series.firstTime()));
        return change;
    }

    /**
     * Keeps the sums behind shapes in the nodes of a series from now on, and adds them to those there are: once, in
     * some 0.1 microseconds a point of the series. Does nothing if they are kept already.
     *
     * @param series whose tree it is.
     */
    public void keepShapes(final SeriesRecord series) {
        if (!series.keepsShapes()) {
            series.keepShapes();
            summaries.rebuild(series);
        }
    }

    private static boolean isBehindLast(final SeriesRecord series, final long time, final long reference) {
        final long lastTime = series.lastTime();
        return time > lastTime || time == lastTime && !series.isStep() && reference > series.lastReference();
    }

    private boolean isSameIdentity(final SeriesRecord series, final long time, final long reference) {
        final int index = path.index();
        return index >= 0
                && path.time() == time
                && (series.isStep() || path.points().reference(index) == reference);
    }

    private void first(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        final long block = blocks.allocate(SMALL, TYPE_POINTS, series.seriesNumber());
        right.wrap(block);
        right.put(0, time, value, knowledgeTime, reference);
        right.count(1);
        series.root(block, 0);
        series.tailBlock(block);
        series.last(time, reference);
        change.appended(block, 0);
    }

    private void append(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        right.wrap(series.tailBlock());
        if (right.count() == right.capacity()) {
            if (right.capacity() == PointBlockDescriptor.SMALL_CAPACITY) {
                right.wrap(growth.promote(series));
            } else {
                right.wrap(growth.appendBlock(series, time, reference));
            }
        }
        final int index = right.count();
        right.put(index, time, value, knowledgeTime, reference);
        right.count(index + 1);
        series.last(time, reference);
        change.appended(right.blockNumber(), index);
    }

    private void revise(
            final SeriesRecord series,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long sequence) {
        final PointBlock points = path.points();
        final int index = path.index();
        final long oldValue = points.value(index);
        history.add(series, points, index, knowledgeTime, sequence);
        points.put(index, path.time(), value, knowledgeTime, reference);
        if (points.blockNumber() == series.tailBlock() && index == points.count() - 1) {
            series.last(path.time(), reference);
        }
        summaries.renew(path, series);
        change.revised(points, index, oldValue);
        neighbours(points, index);
    }

    private void insert(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        if (path.points().count() == path.points().capacity()) {
            if (path.points().capacity() == PointBlockDescriptor.SMALL_CAPACITY) {
                growth.promote(series);
            } else {
                change.split(path.points().blockNumber(), growth.split(series, path));
            }
            require(path.floor(series, time, series.isStep() ? Long.MAX_VALUE : reference), series);
        }
        final PointBlock points = path.points();
        final int index = path.index() + 1;
        points.shiftUp(index);
        points.put(index, time, value, knowledgeTime, reference);
        points.count(points.count() + 1);
        if (index == 0) {
            lowerKeys(time, reference);
        }
        summaries.renew(path, series);
        change.inserted(points, index);
        neighbours(points, index);
    }

    /** The point is the first of its block, hence of the tree: the keys on its path are lowered to it. */
    private void lowerKeys(final long time, final long reference) {
        for (int level = 1; level <= path.height(); level++) {
            node.wrap(path.nodeBlock(level));
            node.key(path.slot(level), time, reference);
        }
    }

    private void neighbours(final PointBlock points, final int index) {
        if (index > 0) {
            change.previous(points, index - 1);
        } else if (right.wrap(points.previous())) {
            change.previous(right, right.count() - 1);
        }
        if (index + 1 < points.count()) {
            change.next(points, index + 1);
        } else if (right.wrap(points.next())) {
            change.next(right, 0);
        }
    }

    private static void require(final boolean isWhole, final SeriesRecord series) {
        if (!isWhole) {
            throw new IllegalStateException("seriesNumber=" + series.seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
    }
}
