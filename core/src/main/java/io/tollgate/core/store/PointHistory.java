package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.BlockDescriptor.SMALL;
import static io.tollgate.core.store.BlockDescriptor.TYPE_HISTORY;
import static io.tollgate.core.store.HistoryBlockDescriptor.RECORD_OFFSET;

import org.agrona.UnsafeApi;

/**
 * The versions of points that no longer count: a revised value is not overwritten and a withdrawn one not lost, but
 * moved here, into a tree of its own over (valid time, reference), where versions of one identity stand in the order in
 * which they ended. Writer only.
 */
final class PointHistory {
    private final BlockStore blocks;
    private final SeriesRecord history = new SeriesRecord();
    private final TreePath path;
    private final PointBlock added;
    private final TreeKeys keys;
    private final TreeSummaries summaries;
    private final TreeGrowth growth;

    PointHistory(final BlockStore blocks) {
        this.blocks = blocks;
        path = new TreePath(blocks);
        added = new PointBlock(blocks);
        keys = new TreeKeys(blocks);
        summaries = new TreeSummaries(blocks);
        growth = new TreeGrowth(blocks, summaries);
    }

    /** Adds the version of a point that ends now, superseded or withdrawn. */
    void add(
            final SeriesRecord series,
            final PointBlock points,
            final int index,
            final long endKnowledgeTime,
            final long endSequence,
            final boolean isWithdrawn) {
        wrap(series);
        summaries.begin(points.knowledgeTime(index), endKnowledgeTime);
        final int place = makePlace(points.time(index), points.reference(index));
        added.put(place, points.time(index), points.value(index), points.knowledgeTime(index), points.reference(index));
        added.putEnd(place, endKnowledgeTime, endSequence, isWithdrawn);
        history.pointCount(history.pointCount() + 1);
        series.historyCount(history.pointCount());
    }

    private void wrap(final SeriesRecord series) {
        if (series.historyBlock() != NO_BLOCK) {
            history.wrap(blocks.address(series.historyBlock()) + RECORD_OFFSET);
            return;
        }
        series.historyBlock(blocks.allocate(SMALL, TYPE_HISTORY, series.seriesNumber()));
        final long address = blocks.address(series.historyBlock()) + RECORD_OFFSET;
        UnsafeApi.setMemory(address, SeriesRecordDescriptor.LENGTH, (byte) 0);
        history.wrap(address);
        history.initialise(series.seriesNumber(), "", series.kind(), 0, "", Long.MIN_VALUE, NO_BLOCK);
        history.policies(series.duplicatePolicy().code(), SeriesRecordDescriptor.EXTEND, 0, 0);
        history.markHistory();
    }

    /** Makes a place behind all versions of the same identity, in the block in the hand; its index there. */
    private int makePlace(final long time, final long reference) {
        if (history.pointCount() == 0) {
            final long block = growth.newLeaf(history, SMALL);
            history.root(block, 0);
            history.tailBlock(block);
            return openPlace(block, 0);
        }
        path.floorIdentity(history, time, reference);
        if (path.points().count() == path.points().capacity()) {
            final boolean isBehindLast =
                    path.index() + 1 == path.points().count() && path.points().blockNumber() == history.tailBlock();
            if (path.points().isSmall()) {
                growth.promote(history);
            } else if (isBehindLast) {
                return openPlace(growth.appendBlock(history, time, reference), 0);
            } else {
                growth.split(history, path);
            }
            path.floorIdentity(history, time, reference);
        }
        final int place = openPlace(path.points().blockNumber(), path.index() + 1);
        if (place == 0) {
            keys.renew(path, 1, time, reference);
        }
        summaries.renew(path, 1, history);
        return place;
    }

    private int openPlace(final long block, final int index) {
        added.wrap(block);
        added.shiftUp(index);
        added.count(added.count() + 1);
        return index;
    }
}
