package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.TINY;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Inserts points into the tree of a series, and removes them. The tree is a B+ tree over (valid time, reference). Its
 * inner nodes keep an exact summary of each child.
 * <pre>
 *   1 to 76 points     one block, of the smallest size that holds them
 *   more               nodes of up to 16 children over that block, 16 MEDIUM blocks, and then DOUBLE ones; all are
 *                      full if points come in order
 * </pre>
 *
 * <p>Appending touches the tail block only; nodes are touched once per block. A late point updates the summaries on its
 * path. Writer only, between {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class PointTree {
    /** No count of points is known. */
    public static final int UNKNOWN_COUNT = -1;

    private final TreePath path;
    private final PointBlock right;
    private final TreeKeys keys;
    private final TreeGrowth growth;
    private final TreeRemoval removal;
    private final TreeSummaries summaries;
    private final PointHistory history;
    private final PointChange change = new PointChange();

    /** The index of the point that is appended next. */
    private int appendIndex;

    /**
     * Creates a writer for the trees of all series of a store.
     *
     * @param blocks of the store.
     */
    public PointTree(final BlockStore blocks) {
        path = new TreePath(blocks);
        right = new PointBlock(blocks);
        keys = new TreeKeys(blocks);
        summaries = new TreeSummaries(blocks);
        growth = new TreeGrowth(blocks, summaries);
        removal = new TreeRemoval(blocks, keys, summaries);
        history = new PointHistory(blocks);
    }

    /**
     * Adds a point. If a point with the same identity exists, the {@link DuplicatePolicy} of the series decides: its
     * value is revised or added to, or the tree does not change. A current value with the same reference is no
     * revision: the tree does not change. An event without a reference is always a new point. The caller must not pass
     * a point that the policy refuses.
     *
     * @param series        to add to.
     * @param time          valid time.
     * @param value         scaled value.
     * @param knowledgeTime when it became known.
     * @param reference     of the point.
     * @param sequence      of the operation.
     * @return the change; valid until the next call.
     */
    public PointChange put(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long sequence) {
        change.begin(time, value);
        summaries.begin(knowledgeTime, knowledgeTime);
        if (series.pointCount() == 0) {
            first(series, time, value, knowledgeTime, reference);
        } else if (series.isAfter(time, reference, series.lastTime(), series.lastReference())) {
            grow(series, time, value, knowledgeTime, reference);
            return change;
        } else if (!insertInLastBlock(series, time, value, knowledgeTime, reference)) {
            series.requireIntact(path.floorIdentity(series, time, reference));
            if (series.isNamedBy(reference) && path.isAt(series, time, reference)) {
                repeat(series, value, knowledgeTime, reference, sequence);
                return change;
            }
            insert(series, time, value, knowledgeTime, reference);
        }
        series.pointCount(series.pointCount() + 1);
        series.firstTime(Math.min(time, series.firstTime()));
        return change;
    }

    /**
     * Returns true if {@link #append} takes a point. The point must come after all others at a new instant, and the
     * last block of points must have room for it.
     *
     * @param series         to add to.
     * @param time           valid time.
     * @param lastBlockCount points in the last block; {@link #UNKNOWN_COUNT} to read it from that block.
     * @return false if {@link #put} must add it.
     */
    public boolean canAppend(final SeriesRecord series, final long time, final int lastBlockCount) {
        if (time <= series.lastTime() || series.pointCount() <= 0 || !right.wrapKnown(series.tailBlock())) {
            return false;
        }
        appendIndex = lastBlockCount == UNKNOWN_COUNT ? right.count() : lastBlockCount;
        return appendIndex >= 0 && appendIndex < right.capacity();
    }

    /**
     * Adds a point in place, after {@link #canAppend} has returned true for it.
     *
     * @param series        to add to.
     * @param time          valid time.
     * @param value         scaled value.
     * @param knowledgeTime when it became known.
     * @param reference     of the point.
     * @return the index of the point in the last block.
     */
    public int append(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        right.put(appendIndex, time, value, knowledgeTime, reference);
        right.count(appendIndex + 1);
        series.last(time, reference);
        series.pointCount(series.pointCount() + 1);
        return appendIndex;
    }

    /**
     * Keeps the sums for shapes in the nodes of a series from now on, and adds them to existing nodes: once, in about
     * 0.1 microseconds per point of the series. Does nothing if they are kept already.
     *
     * @param series whose tree it is.
     */
    public void keepShapes(final SeriesRecord series) {
        if (!series.keepsShapes()) {
            series.keepShapes();
            summaries.rebuild(series);
        }
    }

    /**
     * Removes a point, and adds its version to the history as withdrawn.
     *
     * @param series        to remove it from.
     * @param time          valid time.
     * @param knowledgeTime when the withdrawal became known.
     * @param reference     of the point; ignored if the instant alone is the identity. Without a reference, the last
     *     added event without a reference is removed.
     * @param sequence      of the operation.
     * @return the change; valid until the next call.
     * @throws IllegalStateException if there is no such point.
     */
    public PointChange remove(
            final SeriesRecord series,
            final long time,
            final long knowledgeTime,
            final long reference,
            final long sequence) {
        series.requireIntact(series.pointCount() > 0 && path.floorIdentity(series, time, reference));
        series.requireIntact(path.isAt(series, time, reference));
        final PointBlock points = path.points();
        change.begin(time, path.value());
        summaries.begin(Long.MAX_VALUE, knowledgeTime);
        summaries.replace();
        change.removed(points, path.index());
        neighbours(points, path.index());
        history.add(series, points, path.index(), knowledgeTime, sequence, true);
        removal.remove(series, path);
        series.pointCount(series.pointCount() - 1);
        if (!change.hasPrevious()) {
            series.firstTime(change.hasNext() ? change.nextTime() : Long.MAX_VALUE);
        }
        if (!change.hasNext()) {
            renewLast(series);
        }
        return change;
    }

    /**
     * Forgets the versions in the history of a series that ended at or before a knowledge time, and moves its horizon
     * there. Linear in the history.
     *
     * @param series  whose history it is.
     * @param horizon the knowledge time.
     * @return the number of forgotten versions.
     */
    public long forget(final SeriesRecord series, final long horizon) {
        return history.forget(series, horizon);
    }

    private void renewLast(final SeriesRecord series) {
        if (right.wrap(series.tailBlock())) {
            final int index = right.count() - 1;
            series.last(right.time(index), right.reference(index));
        } else {
            series.last(Long.MIN_VALUE, Long.MIN_VALUE);
        }
    }

    private void first(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        final long block = growth.newLeaf(series, TINY);
        right.wrap(block);
        right.put(0, time, value, knowledgeTime, reference);
        right.count(1);
        series.root(block, 0);
        series.tailBlock(block);
        series.last(time, reference);
        change.appended(block, 0);
    }

    /** Appends a point, in a new block if the last one is full. */
    private void grow(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        right.wrap(series.tailBlock());
        if (right.count() == right.capacity()) {
            if (TreeGrowth.isPromotable(series)) {
                right.wrap(growth.promote(series));
            } else {
                right.wrap(growth.appendBlock(series, time, reference));
            }
        }
        appendIndex = right.count();
        change.appended(right.blockNumber(), append(series, time, value, knowledgeTime, reference));
    }

    /** Handles a point of the same identity, at the end of the path. */
    private void repeat(
            final SeriesRecord series,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long sequence) {
        final DuplicatePolicy policy = series.duplicatePolicy();
        if (policy == DuplicatePolicy.KEEP_FIRST) {
            change.ignored();
        } else if (policy == DuplicatePolicy.SUM) {
            revise(series, Math.addExact(path.value(), value), knowledgeTime, reference, sequence);
        } else if (path.value() == value && path.points().reference(path.index()) == reference) {
            change.unchanged();
        } else {
            revise(series, value, knowledgeTime, reference, sequence);
        }
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
        history.add(series, points, index, knowledgeTime, sequence, false);
        points.put(index, path.time(), value, knowledgeTime, reference);
        if (points.blockNumber() == series.tailBlock() && index == points.count() - 1) {
            series.last(path.time(), reference);
        }
        summaries.replace();
        change.revised(points, index, oldValue);
        neighbours(points, index);
        renewSummaries(series, points, index);
    }

    /**
     * Inserts a new point between two points of the last block. No node changes then, because the children on the
     * rightmost path have no summaries. Returns false if the point belongs elsewhere, or its identity exists.
     */
    private boolean insertInLastBlock(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        if (!right.wrap(series.tailBlock()) || right.count() == right.capacity()) {
            return false;
        }
        final boolean isIdentifiedByInstant = series.isIdentifiedByInstant();
        final int before = right.floor(time, isIdentifiedByInstant ? Long.MAX_VALUE : reference);
        if (before < 0
                || right.time(before) == time
                        && series.isNamedBy(reference)
                        && (isIdentifiedByInstant || right.reference(before) == reference)) {
            return false;
        }
        insertAt(right, before + 1, time, value, knowledgeTime, reference);
        return true;
    }

    private void insertAt(
            final PointBlock points,
            final int index,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        points.shiftUp(index);
        points.put(index, time, value, knowledgeTime, reference);
        points.count(points.count() + 1);
        change.inserted(points, index);
        neighbours(points, index);
    }

    private void insert(
            final SeriesRecord series,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference) {
        if (path.points().count() == path.points().capacity()) {
            if (TreeGrowth.isPromotable(series)) {
                growth.promote(series);
            } else {
                final int index = TreeGrowth.splitIndex(path.points());
                change.split(path.points().blockNumber(), index, growth.split(series, path));
            }
            series.requireIntact(path.floorIdentity(series, time, reference));
        }
        final PointBlock points = path.points();
        final int index = path.index() + 1;
        insertAt(points, index, time, value, knowledgeTime, reference);
        if (index == 0) {
            keys.renew(path, 1, time, reference);
        }
        renewSummaries(series, points, index);
    }

    private void renewSummaries(final SeriesRecord series, final PointBlock points, final int index) {
        if (index > 0 && index < points.count() - 1) {
            summaries.renewInside(path, series, change);
        } else {
            summaries.renew(path, 1, series);
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
}
