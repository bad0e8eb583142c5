package io.tollgate.core.read;

import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.VersionAnswer;
import io.tollgate.core.number.Quotients;

/** Reads the points of a window, or all versions of them, of one series after the other. */
final class VersionQuery extends VersionAnswer {
    private final ReaderAccess access;
    private final SeriesAttempt<VersionQuery> attempt;
    private final Window window;

    VersionQuery(
            final ReaderAccess access,
            final SeriesAttempt<VersionQuery> attempt,
            final Quotients quotients,
            final Window window,
            final String nameOfMax,
            final int max) {
        super(quotients, nameOfMax, max);
        ReadArguments.requireWindow(window);
        this.access = access;
        this.attempt = attempt;
        this.window = window;
    }

    Window window() {
        return window;
    }

    @Override
    public VersionReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            none(status);
        }
        return this;
    }
}
