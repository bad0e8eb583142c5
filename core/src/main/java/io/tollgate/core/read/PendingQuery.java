package io.tollgate.core.read;

import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.metric.PendingAnswer;
import io.tollgate.core.number.Quotients;

/** Reads what is pending in one series after the other. */
final class PendingQuery extends PendingAnswer {
    private final ReaderAccess access;
    private final PendingAttempt attempt;

    PendingQuery(
            final ReaderAccess access, final PendingAttempt attempt, final Quotients quotients, final int maxPoints) {
        super(quotients, maxPoints);
        this.access = access;
        this.attempt = attempt;
    }

    @Override
    public PendingReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }
}
