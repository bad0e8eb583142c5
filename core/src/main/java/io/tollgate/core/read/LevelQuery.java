package io.tollgate.core.read;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.metric.LevelValues;
import io.tollgate.core.number.Quotients;

/** A reading of the level of a STEP. It can be filled again for another series. */
final class LevelQuery extends LevelValues implements LevelReading {
    private final ReaderAccess access;
    private final LevelAttempt attempt;

    LevelQuery(final ReaderAccess access, final LevelAttempt attempt, final Quotients quotients) {
        super(quotients);
        this.access = access;
        this.attempt = attempt;
    }

    @Override
    public LevelReading read(final StepSeries series, final long atNs) {
        access.require(series, atNs);
        final Status status = access.read(attempt.of(series), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }
}
