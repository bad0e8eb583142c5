package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TINY;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * The superseded and withdrawn versions of points. A revised or withdrawn value moves here, into a separate tree over
 * (valid time, reference). Versions of one identity are in the order of their ends. They stay until they are forgotten.
 * Writer only.
 */
final class PointHistory {
    private final BlockStore blocks;
    private final HistoryBlock historyBlock;
    private final SeriesRecord history;
    private final TreePath path;
    private final PointBlock added;
    private final PointBlock old;
    private final NodeBlock node;
    private final TreeKeys keys;
    private final TreeSummaries summaries;
    private final TreeGrowth growth;

    PointHistory(final BlockStore blocks) {
        this.blocks = blocks;
        historyBlock = new HistoryBlock(blocks);
        history = historyBlock.record();
        path = new TreePath(blocks);
        added = new PointBlock(blocks);
        old = new PointBlock(blocks);
        node = new NodeBlock(blocks);
        keys = new TreeKeys(blocks);
        summaries = new TreeSummaries(blocks);
        growth = new TreeGrowth(blocks, summaries);
    }

    /** Adds the version of a point that is superseded or withdrawn now. */
    void add(
            final SeriesRecord series,
            final PointBlock points,
            final int index,
            final long endKnowledgeTime,
            final long endSequence,
            final boolean isWithdrawn) {
        historyBlock.wrapOrMake(series, blocks);
        summaries.begin(points.knowledgeTime(index), endKnowledgeTime);
        final int place = makePlace(points.time(index), points.reference(index));
        added.put(place, points.time(index), points.value(index), points.knowledgeTime(index), points.reference(index));
        added.putEnd(place, endKnowledgeTime, endSequence, isWithdrawn);
        history.pointCount(history.pointCount() + 1);
        series.historyCount(history.pointCount());
    }

    /** Makes room after all versions of the same identity, in the current block; returns the index there. */
    private int makePlace(final long time, final long reference) {
        if (history.pointCount() == 0) {
            return openPlace(firstLeaf(), 0);
        }
        history.requireIntact(path.floorIdentity(history, time, reference));
        if (path.points().count() == path.points().capacity()) {
            final boolean isAfterLast =
                    path.index() + 1 == path.points().count() && path.points().blockNumber() == history.tailBlock();
            if (TreeGrowth.isPromotable(history)) {
                growth.promote(history);
            } else if (isAfterLast) {
                return openPlace(growth.appendBlock(history, time, reference), 0);
            } else {
                growth.split(history, path);
            }
            history.requireIntact(path.floorIdentity(history, time, reference));
        }
        final int place = openPlace(path.points().blockNumber(), path.index() + 1);
        if (place == 0) {
            keys.renew(path, 1, time, reference);
        }
        summaries.renew(path, 1, history);
        return place;
    }

    private long firstLeaf() {
        final long block = growth.newLeaf(history, TINY);
        history.root(block, 0);
        history.tailBlock(block);
        return block;
    }

    private int openPlace(final long block, final int index) {
        added.wrap(block);
        added.shiftUp(index);
        added.count(added.count() + 1);
        return index;
    }

    /**
     * Forgets the versions that ended at or before a knowledge time. The remaining versions move into full blocks; the
     * old blocks are freed as soon as they are no longer needed. A history that lost all its versions gets the horizon
     * too, because its former content is no longer known.
     *
     * @return the number of forgotten versions.
     */
    long forget(final SeriesRecord series, final long horizon) {
        historyBlock.wrapOrMake(series, blocks);
        historyBlock.horizon(Math.max(horizon, historyBlock.horizon()));
        final long count = history.pointCount();
        if (count == 0) {
            return 0;
        }
        series.requireIntact(path.floor(history, Long.MIN_VALUE, Long.MIN_VALUE)
                && old.wrap(path.points().blockNumber())
                && old.previous() == NO_BLOCK);
        freeNodes(history.rootBlock(), history.treeHeight());
        history.root(NO_BLOCK, 0);
        history.tailBlock(NO_BLOCK);
        history.pointCount(0);
        boolean isMore = true;
        while (isMore) {
            for (int i = 0; i < old.count(); i++) {
                if (old.endKnowledgeTime(i) > horizon) {
                    append(i);
                }
            }
            final long done = old.blockNumber();
            isMore = old.wrapNext(series);
            blocks.free(done);
        }
        series.historyCount(history.pointCount());
        return count - history.pointCount();
    }

    /** Frees the nodes of a subtree, but not the blocks of versions below them. */
    private void freeNodes(final long block, final int level) {
        for (int slot = 0; level > 1 && slot < nodeOf(block).count(); slot++) {
            freeNodes(nodeOf(block).child(slot), level - 1);
        }
        if (level > 0) {
            blocks.free(nodeOf(block).blockNumber());
        }
    }

    /** Wraps a node. A block that is already freed is refused, because it is no node. */
    private NodeBlock nodeOf(final long block) {
        history.requireIntact(node.wrap(block));
        return node;
    }

    /** Appends a version of the current old block. */
    private void append(final int index) {
        final long time = old.time(index);
        final long reference = old.reference(index);
        if (history.pointCount() == 0) {
            added.wrap(firstLeaf());
        } else if (added.count() == added.capacity()) {
            summaries.begin(old.knowledgeTime(index), Long.MAX_VALUE);
            added.wrap(
                    TreeGrowth.isPromotable(history)
                            ? growth.promote(history)
                            : growth.appendBlock(history, time, reference));
        }
        final int place = added.count();
        added.put(place, time, old.value(index), old.knowledgeTime(index), reference);
        added.putEnd(place, old.endKnowledgeTime(index), old.endSequence(index), old.isWithdrawn(index));
        added.count(place + 1);
        history.pointCount(history.pointCount() + 1);
    }
}
