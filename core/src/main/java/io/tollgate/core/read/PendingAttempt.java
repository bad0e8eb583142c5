package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.window.LevelExpiry;

/** Reads the points of a series that are pending at an instant. */
final class PendingAttempt extends SeriesAttempt<PendingQuery> {
    private final PointPath path;

    PendingAttempt(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
        super(store, record, view);
        path = new PointPath(store.blocks());
    }

    @Override
    boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final PendingQuery answer) {
        final boolean isStep = series.isStep();
        if (series.maxPointCount() == 0) {
            answer.begin(isStep, series.scale(), atNs, Decimals.UNKNOWN);
            return true;
        }
        if (!path.floor(series, atNs)) {
            return false;
        }
        final boolean isKnown = isStep && path.isFound() && atNs < LevelExpiry.expiresAtNs(series, path.time());
        answer.begin(isStep, series.scale(), atNs, isKnown ? path.value() : Decimals.UNKNOWN);
        for (long left = series.maxPointCount(); left > 0 && path.advance(); left--) {
            answer.add(path.time(), path.value(), path.knowledgeTime(), path.reference());
        }
        return true;
    }
}
