package io.tollgate.core.read;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HistoryHorizon;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.store.tree.SeriesLife;

/**
 * Opens a series to a reader as it was known at an instant; as it stands now, where nothing became known since. One
 * thread; what it reads must be validated afterwards.
 */
final class AsOfView {
    private final PointPath path;
    private final HistoryHorizon horizon;
    private final SeriesLife life;
    private boolean isForgotten;

    AsOfView(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
        horizon = new HistoryHorizon(blocks);
        life = new SeriesLife(blocks);
    }

    /** Looks at a series as known at an instant, between two looks at its version; false if it is torn. */
    boolean open(final SeriesRecord series, final long knownAtNs) {
        isForgotten = false;
        if (knownAtNs >= series.lastKnowledgeTime()) {
            series.seeAsKnownAt(SeriesRecord.ALL_KNOWN);
            return true;
        }
        isForgotten = horizon.hasForgotten(series, knownAtNs);
        series.seeAsKnownAt(knownAtNs);
        series.endKnownAt(life.endKnownAt(series));
        series.firstKnownTime(Long.MAX_VALUE);
        if (isForgotten || series.maxPointCount() == 0) {
            return true;
        }
        final boolean isIntact = path.first(series);
        if (isIntact && path.isFound()) {
            series.firstKnownTime(path.time());
        }
        return isIntact;
    }

    /** Whether what was known at the instant was forgotten since: then the series must not be read. */
    boolean isForgotten() {
        return isForgotten;
    }
}
