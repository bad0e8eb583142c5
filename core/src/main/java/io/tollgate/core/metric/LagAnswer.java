package io.tollgate.core.metric;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import java.util.Arrays;

/** The answer of a scan over lags: what a pair's correlation is at each. Used by one thread. */
public abstract class LagAnswer implements LagReading {
    private static final int NONE = -1;

    private final LagRange lags;
    private final PairAnswer pair;
    private final Status[] statuses;
    private final double[] correlations;
    private long atNs;
    private int best;

    /**
     * An empty answer.
     *
     * @param lags to be read.
     * @param pair the answer at one lag, to be filled again and again.
     */
    protected LagAnswer(final LagRange lags, final PairAnswer pair) {
        this.lags = lags;
        this.pair = pair;
        statuses = new Status[lags.count()];
        correlations = new double[lags.count()];
        none(Status.UNREAD, Instants.NONE);
    }

    /** {@return the answer at one lag, to be filled before {@link #lag}} */
    public final PairAnswer pair() {
        return pair;
    }

    /**
     * Becomes the answer of a pair that was not read.
     *
     * @param status    CONTENDED or FORGOTTEN.
     * @param instantNs the instant that was asked for.
     */
    public final void none(final Status status, final long instantNs) {
        begin(instantNs);
        Arrays.fill(statuses, status);
        Arrays.fill(correlations, Double.NaN);
    }

    /**
     * Begins a scan.
     *
     * @param instantNs the instant that was asked for.
     */
    public final void begin(final long instantNs) {
        atNs = instantNs;
        best = NONE;
    }

    /**
     * Takes over what the pair's answer says at a lag.
     *
     * @param index of the lag in the range.
     */
    public final void lag(final int index) {
        final PairReading reading = pair;
        statuses[index] = reading.status(PairMetric.CORRELATION);
        correlations[index] = statuses[index].hasValue() ? reading.value(PairMetric.CORRELATION) : Double.NaN;
        if (statuses[index].hasValue() && (best == NONE || isBetter(index))) {
            best = index;
        }
    }

    private boolean isBetter(final int index) {
        final int order = Double.compare(Math.abs(correlations[index]), Math.abs(correlations[best]));
        if (order != 0) {
            return order > 0;
        }
        // Lags are looked at from the lowest on: of a lag and its opposite the later is that of a leading x.
        return Math.abs(lags.lag(index)) <= Math.abs(lags.lag(best));
    }

    @Override
    public final long atNs() {
        return atNs;
    }

    @Override
    public final LagRange lags() {
        return lags;
    }

    @Override
    public final Status status(final int index) {
        return statuses[index];
    }

    @Override
    public final double correlation(final int index) {
        return correlations[index];
    }

    @Override
    public final int best() {
        return best;
    }

    @Override
    public final String toString() {
        final ReadingText text =
                new ReadingText("LagReading").instant("at", atNs).add("lags", lags.count());
        return best == NONE
                ? text.add("status", statuses[0]).toString()
                : text.add("best", lags.lag(best))
                        .answer("correlation", statuses[best], correlations[best])
                        .toString();
    }
}
