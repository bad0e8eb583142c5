package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;

/**
 * Finds where the history of a series is to be cut, so that what is left is what a retention keeps. Linear in the
 * history. Writer only.
 */
public final class HorizonSearch {
    /** Nothing is to be forgotten. */
    public static final long NONE = HistoryBlock.NO_HORIZON;

    private final HistoryBlock history;
    private final TreePath path;
    private final PointBlock versions;

    /**
     * A search in any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public HorizonSearch(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
        path = new TreePath(blocks);
        versions = new PointBlock(blocks);
    }

    /**
     * The latest end of a version that ended at or before a knowledge time.
     *
     * @param series whose history it is.
     * @param cutNs  the knowledge time.
     * @return the horizon that forgets all of them, {@link #NONE} if there is none.
     */
    public long latestEnd(final SeriesRecord series, final long cutNs) {
        long latest = NONE;
        for (boolean isMore = first(series); isMore; isMore = versions.wrapNext(series)) {
            for (int i = 0; i < versions.count(); i++) {
                final long end = versions.endKnowledgeTime(i);
                if (end <= cutNs) {
                    latest = Math.max(latest, end);
                }
            }
        }
        return latest;
    }

    /**
     * The latest end behind which not more than so many versions ended. Allocates 8 bytes a version where there are
     * more.
     *
     * @param series    whose history it is.
     * @param keptCount how many versions are kept at most.
     * @return the horizon that forgets all others, {@link #NONE} if there are no more than these.
     */
    public long latestEndAfter(final SeriesRecord series, final long keptCount) {
        if (series.historyCount() <= keptCount) {
            return NONE;
        }
        requireCount(series);
        final long[] ends = new long[Math.toIntExact(series.historyCount())];
        int count = 0;
        for (boolean isMore = first(series); isMore; isMore = versions.wrapNext(series)) {
            for (int i = 0; i < versions.count(); i++) {
                ends[count++] = versions.endKnowledgeTime(i);
            }
        }
        Arrays.sort(ends);
        return ends[ends.length - 1 - (int) keptCount];
    }

    /** Refuses a history that has not as many versions as it says. */
    private void requireCount(final SeriesRecord series) {
        long count = 0;
        for (boolean isMore = first(series); isMore; isMore = versions.wrapNext(series)) {
            count += versions.count();
        }
        series.requireIntact(count == series.historyCount());
    }

    private boolean first(final SeriesRecord series) {
        if (series.historyBlock() == NO_BLOCK
                || !history.wrap(series.historyBlock())
                || history.record().pointCount() == 0) {
            return false;
        }
        series.requireIntact(path.floor(history.record(), Long.MIN_VALUE, Long.MIN_VALUE)
                && versions.wrap(path.points().blockNumber())
                && versions.previous() == NO_BLOCK);
        return true;
    }
}
