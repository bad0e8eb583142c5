package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;

/**
 * Finds the retention horizon of a series: a history cut there keeps exactly the versions that the retention requires.
 * Linear in the history. Writer only.
 */
public final class HorizonSearch {
    /** No version is to be forgotten. */
    public static final long NONE = HistoryBlock.NO_HORIZON;

    private final HistoryBlock history;
    private final TreePath path;
    private final PointBlock versions;

    /**
     * Creates a search in any series of a store.
     *
     * @param blocks of the store.
     */
    public HorizonSearch(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
        path = new TreePath(blocks);
        versions = new PointBlock(blocks);
    }

    /**
     * Returns the latest end of a version that ended at or before a knowledge time.
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
     * Returns the horizon after which at most a given number of versions ended. Allocates 8 bytes per version if there
     * are more.
     *
     * @param series    whose history it is.
     * @param keptCount maximum number of versions to keep.
     * @return the horizon that forgets all others, {@link #NONE} if there are no others.
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

    /** Refuses a history whose number of versions differs from its stored count. */
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
