package io.tollgate.core.read;

import io.tollgate.api.Publisher;
import io.tollgate.core.metric.PendingAnswer;
import io.tollgate.core.store.PointPath;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.window.OpenEnd;

/** Goes over the points of a series that are pending as seen from an instant. Used by the thread of its reader. */
final class PendingScan {
    private final PointPath path;

    PendingScan(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
    }

    /**
     * Fills an answer, which may be torn until the version of the series is found unchanged.
     *
     * @return false if the series was found torn.
     */
    boolean fill(final SeriesRecord series, final long atNs, final PendingAnswer answer) {
        final boolean isStep = series.isStep();
        if (series.maxPointCount() == 0) {
            answer.begin(isStep, series.scale(), atNs, Publisher.UNKNOWN);
            return true;
        }
        if (!path.floor(series, atNs)) {
            return false;
        }
        final boolean isKnown = isStep && path.isFound() && atNs < OpenEnd.expiresAtNs(series, path.time());
        answer.begin(isStep, series.scale(), atNs, isKnown ? path.value() : Publisher.UNKNOWN);
        for (long left = series.maxPointCount(); left > 0 && path.advance(); left--) {
            answer.add(path.time(), path.value(), path.knowledgeTime(), path.reference());
        }
        return true;
    }
}
