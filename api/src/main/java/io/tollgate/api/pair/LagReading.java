package io.tollgate.api.pair;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over the correlation of a pair at each lag of a range. One read answers for all lags from the same state of
 * both series. The reading belongs to the thread of its reader and has the reader's knowledge time.
 */
public interface LagReading {
    /**
     * Reads the correlation at each lag as seen from an instant. The cost is that of one {@link PairReading#read} a
     * lag.
     *
     * @param atNs the instant t in ns, which is the end of the window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if a series belongs to another engine, or the instant is out of range.
     * @throws IllegalStateException if the engine is closed, or another thread owns the reader.
     */
    LagReading read(long atNs);

    /**
     * The instant of the last read.
     *
     * @return t, the end of the window; {@link Instants#NONE} before the first read.
     */
    long atNs();

    /** {@return the lags of this reading} */
    LagRange lags();

    /**
     * Returns the status of the correlation at a lag.
     *
     * @param index the index of the lag in the range.
     * @return the status, see {@link PairReading#status}.
     */
    Status status(int index);

    /**
     * Returns the correlation at a lag.
     *
     * @param index the index of the lag in the range.
     * @return -1 to 1, NaN if the status has no value.
     */
    double correlation(int index);

    /**
     * Returns the lag with the strongest correlation, positive or negative.
     *
     * @return the index of the lag with the largest magnitude, -1 if no lag has a value. If several are equal, the lag
     *     nearest to 0 wins, then the one at which x leads.
     */
    int best();
}
