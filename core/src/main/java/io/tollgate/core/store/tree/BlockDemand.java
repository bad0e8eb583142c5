package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;

/**
 * An upper bound of the blocks of each size class that points and withdrawals take, counted series by series. It is
 * close enough that a store does not grow needlessly. Writer only.
 */
public final class BlockDemand implements BlockStore.Demand {
    private final long[] counts = new long[SIZE_CLASS_COUNT];
    private final TreeDemand points;
    private final TreeDemand versions;
    private final HistoryBlock history;
    private SeriesRecord series;
    private boolean hasVersions;
    private long lastTime;
    private long lastReference;

    /**
     * Starts with a demand of no blocks.
     *
     * @param blocks that the series have.
     */
    public BlockDemand(final ReadableBlocks blocks) {
        points = TreeDemand.ofPoints(blocks);
        versions = TreeDemand.ofVersions(blocks);
        history = new HistoryBlock(blocks);
    }

    /** Resets the demand to no blocks. */
    public void clear() {
        Arrays.fill(counts, 0);
    }

    /**
     * Begins a series.
     *
     * @param record         of the series as it is now; it stays until {@link #end()}.
     * @param operationCount number of points and withdrawals to come.
     */
    public void begin(final SeriesRecord record, final int operationCount) {
        series = record;
        lastTime = record.lastTime();
        lastReference = record.lastReference();
        hasVersions = false;
        points.begin(record, operationCount);
        if (history.wrap(record.historyBlock())) {
            versions.begin(history.record(), operationCount);
        } else {
            versions.begin(operationCount);
        }
    }

    /**
     * Adds a point of the series, in the order of application.
     *
     * @param time      valid time.
     * @param reference that it will have.
     */
    public void point(final long time, final long reference) {
        if (series.isAfter(time, reference, lastTime, lastReference)) {
            points.append();
            lastTime = time;
            lastReference = reference;
        } else {
            points.put(time, reference);
            version(time, reference);
        }
    }

    /**
     * Adds the withdrawal of a point of the series.
     *
     * @param time      valid time of the point.
     * @param reference of the point.
     */
    public void withdrawal(final long time, final long reference) {
        points.remove();
        version(time, reference);
    }

    private void version(final long time, final long reference) {
        hasVersions = true;
        versions.add(time, reference);
    }

    /** {@return true if the points of the series fit one block} */
    public boolean staysInOneBlock() {
        return points.staysInOneBlock();
    }

    /** Adds the demand of the series to the total. */
    public void end() {
        add(points);
        if (hasVersions) {
            add(versions);
            add(SMALL, series.historyBlock() == NO_BLOCK ? 1 : 0);
        }
    }

    private void add(final TreeDemand tree) {
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            add(sizeClass, tree.blocks(sizeClass));
        }
    }

    /**
     * Adds blocks.
     *
     * @param sizeClass TINY to LARGE.
     * @param count     number of blocks.
     */
    public void add(final int sizeClass, final long count) {
        counts[sizeClass] += count;
    }

    @Override
    public long of(final int sizeClass) {
        return counts[sizeClass];
    }
}
