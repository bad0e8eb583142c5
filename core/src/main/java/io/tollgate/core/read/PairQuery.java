package io.tollgate.core.read;

import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.PairAnswer;
import io.tollgate.core.number.CrossQuotients;
import io.tollgate.core.number.Quotients;

/** Reads a pair over a window, at one instant after the other. */
final class PairQuery extends PairAnswer {
    private final ReaderAccess access;
    private final PairReader reader;
    private final Pair pair;
    private final Window window;

    PairQuery(
            final ReaderAccess access,
            final PairReader reader,
            final CrossQuotients cross,
            final Quotients quotients,
            final ReadOptions options,
            final Pair pair,
            final Window window) {
        super(cross, quotients, options);
        PairReader.requireSuits(pair, window);
        this.access = access;
        this.reader = reader;
        this.pair = pair;
        this.window = window;
    }

    Pair pair() {
        return pair;
    }

    Window window() {
        return window;
    }

    @Override
    public PairReading read(final long atNs) {
        access.require(atNs);
        final Status status = access.read(reader.oneLag().of(pair, window), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }
}
