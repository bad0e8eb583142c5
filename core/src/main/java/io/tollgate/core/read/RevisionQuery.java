package io.tollgate.core.read;

import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.RevisionAnswer;
import io.tollgate.core.number.Quotients;

/** Reads how the points of a window were restated, of one series after the other. */
final class RevisionQuery extends RevisionAnswer {
    private final ReaderAccess access;
    private final SeriesAttempt<RevisionQuery> attempt;
    private final Window window;

    RevisionQuery(
            final ReaderAccess access,
            final SeriesAttempt<RevisionQuery> attempt,
            final Quotients quotients,
            final Window window) {
        super(quotients);
        ReadArguments.requireWindow(window);
        this.access = access;
        this.attempt = attempt;
        this.window = window;
    }

    Window window() {
        return window;
    }

    @Override
    public RevisionReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            none(status);
        }
        return this;
    }
}
