package io.tollgate.core.read;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.core.metric.LifeAnswer;

/** Reads the life of one series after the other. */
final class LifeQuery extends LifeAnswer {
    private static final long ANY_INSTANT = 0;

    private final ReaderAccess access;
    private final LifeReader reader;

    LifeQuery(final ReaderAccess access, final LifeReader reader) {
        this.access = access;
        this.reader = reader;
    }

    @Override
    public LifeReading read(final Series series) {
        access.require(series, ANY_INSTANT);
        final Status status = access.read(reader.of(series), ANY_INSTANT, this);
        if (status != Status.OK) {
            none(status);
        }
        return this;
    }
}
