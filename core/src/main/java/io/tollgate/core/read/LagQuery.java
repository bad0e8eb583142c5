package io.tollgate.core.read;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import java.util.Arrays;
import java.util.Objects;

/** A reading of a pair over a window at each lag of a range. It is filled again for each instant. */
final class LagQuery implements LagReading {
    private static final int NONE = -1;

    private final ReaderAccess access;
    private final PairReader reader;
    private final LagRange lags;
    private final PairQuery pair;
    private final Status[] statuses;
    private final double[] correlations;
    private long atNs;
    private int best;

    LagQuery(final ReaderAccess access, final PairReader reader, final PairQuery pair, final LagRange lags) {
        Objects.requireNonNull(lags, "lags=null, expected a range");
        PairReader.requireSuits(pair.pair(), lags);
        this.access = access;
        this.reader = reader;
        this.pair = pair;
        this.lags = lags;
        statuses = new Status[lags.count()];
        correlations = new double[lags.count()];
        none(Status.UNREAD, Instants.NONE);
    }

    @Override
    public LagReading read(final long atNs) {
        access.require(atNs);
        final Status status = access.read(reader.allLags().of(pair.pair(), pair.window()), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }

    /** {@return the answer at one lag, to be filled before {@link #lag}} */
    PairQuery pair() {
        return pair;
    }

    /** Sets the status of a pair that was not read. */
    void none(final Status status, final long instantNs) {
        begin(instantNs);
        Arrays.fill(statuses, status);
        Arrays.fill(correlations, Double.NaN);
    }

    void begin(final long instantNs) {
        atNs = instantNs;
        best = NONE;
    }

    /** Copies the pair's answer at a lag. */
    void lag(final int index) {
        statuses[index] = pair.status(PairMetric.CORRELATION);
        correlations[index] = statuses[index].hasValue() ? pair.value(PairMetric.CORRELATION) : Double.NaN;
        if (statuses[index].hasValue() && (best == NONE || isBetter(index))) {
            best = index;
        }
    }

    private boolean isBetter(final int index) {
        final int order = Double.compare(Math.abs(correlations[index]), Math.abs(correlations[best]));
        if (order != 0) {
            return order > 0;
        }
        // Lags are visited in ascending order. Of two lags with the same magnitude, the later one is therefore the one
        // at which x leads.
        return Math.abs(lags.lag(index)) <= Math.abs(lags.lag(best));
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public LagRange lags() {
        return lags;
    }

    @Override
    public Status status(final int index) {
        return statuses[index];
    }

    @Override
    public double correlation(final int index) {
        return correlations[index];
    }

    @Override
    public int best() {
        return best;
    }

    @Override
    public String toString() {
        final ReadingText text =
                new ReadingText("LagReading").instant("at", atNs).add("lags", lags.count());
        return best == NONE
                ? text.add("status", statuses[0]).toString()
                : text.add("best", lags.lag(best))
                        .answer("correlation", statuses[best], correlations[best])
                        .toString();
    }
}
