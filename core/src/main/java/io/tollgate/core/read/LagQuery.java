package io.tollgate.core.read;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.series.Status;
import io.tollgate.core.metric.LagAnswer;
import java.util.Objects;

/** Reads a pair over a window at each of a range of lags, at one instant after the other. */
final class LagQuery extends LagAnswer {
    private final ReaderAccess access;
    private final PairReader reader;
    private final PairQuery query;

    /** With a query of the pair that is filled again and again. */
    LagQuery(final ReaderAccess access, final PairReader reader, final PairQuery query, final LagRange lags) {
        super(Objects.requireNonNull(lags, "lags=null, expected a range"), query);
        PairReader.requireSuits(query.pair(), lags);
        this.access = access;
        this.reader = reader;
        this.query = query;
    }

    @Override
    public LagReading read(final long atNs) {
        access.require(atNs);
        final Status status = access.read(reader.allLags().of(query.pair(), query.window()), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }
}
