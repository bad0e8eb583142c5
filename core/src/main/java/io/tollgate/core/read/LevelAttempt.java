package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.metric.LevelValues;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.window.LevelExpiry;

/** Reads the level of a STEP in force at an instant, and the next pending level. */
final class LevelAttempt extends SeriesAttempt<LevelValues> {
    private final PointPath path;

    LevelAttempt(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
        super(store, record, view);
        path = new PointPath(store.blocks());
    }

    @Override
    boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final LevelValues answer) {
        final boolean isEmpty = series.maxPointCount() == 0;
        if (!isEmpty && !path.floor(series, atNs)) {
            return false;
        }
        if (isEmpty || !path.isFound()) {
            answer.none(Status.EMPTY);
        } else {
            final long sinceNs = path.time();
            final long value = atNs < LevelExpiry.expiresAtNs(series, sinceNs) ? path.value() : Decimals.UNKNOWN;
            answer.level(value, sinceNs, path.knowledgeTime(), path.reference());
        }
        if (!isEmpty && path.advance()) {
            answer.next(series.scale(), atNs, path.time(), path.value(), path.knowledgeTime());
        } else {
            answer.next(series.scale(), atNs, Instants.NONE, Decimals.UNKNOWN, Instants.NONE);
        }
        return true;
    }
}
