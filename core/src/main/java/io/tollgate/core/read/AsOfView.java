package io.tollgate.core.read;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HistoryHorizon;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.store.tree.SeriesLife;

/**
 * Opens a series as it was known at an instant, or as it is now if no later change became known. Used by one thread at
 * a time. The caller must validate all values that it reads afterwards.
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

    /** Opens a series between two reads of its version. Returns false if the series is torn. */
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

    /** Returns true if the instant is before the retention horizon, so that the series must not be read. */
    boolean isForgotten() {
        return isForgotten;
    }
}
