package io.tollgate.api.pair;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * The correlation of a pair at each of a range of lags, all from one state of both series. Filled again and again by
 * {@link #read}. Belongs to the thread of the reader that made it, and is as known at the instant of that reader.
 */
public interface LagReading {
    /**
     * Reads the correlation at each lag as seen from an instant, at the cost of one {@link PairReading#read} each.
     *
     * @param atNs the instant t in ns, the end of the window; a point after it has no effect.
     * @return this reading, filled.
     * @throws IllegalArgumentException if a series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    LagReading read(long atNs);

    /**
     * The instant that was asked for.
     *
     * @return t, the end of the window; {@link Instants#NONE} before the first read.
     */
    long atNs();

    /**
     * The lags.
     *
     * @return the range that the reading was made for.
     */
    LagRange lags();

    /**
     * What the correlation at a lag is worth.
     *
     * @param index of the lag in the range.
     * @return its status, as of {@link PairReading#status}.
     */
    Status status(int index);

    /**
     * The correlation at a lag.
     *
     * @param index of the lag in the range.
     * @return -1 to 1, NaN where the status has no value.
     */
    double correlation(int index);

    /**
     * Which lag has the strongest correlation.
     *
     * @return the index of the one with the largest magnitude; of equal ones that with the smaller lag, and of a lag
     *     and its opposite the one where x leads; -1 if none has a value.
     */
    int best();
}
