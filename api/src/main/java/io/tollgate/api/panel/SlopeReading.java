package io.tollgate.api.panel;

import io.tollgate.api.series.Status;

/**
 * The answer of a {@link PassThrough} or an {@link Elasticity}. It is computed in double, in a fixed order, from
 * logarithms within 2.5 ulp, so it has the same bits each time. An elasticity, as a quotient of two of them, is within
 * 11 ulp.
 */
public interface SlopeReading {
    /**
     * {@return UNREAD, CONTENDED or FORGOTTEN; EMPTY if all flows of a window are EMPTY, or price and rate are known
     * together at no instant; INSUFFICIENT if they are at one instant only, or the rate of an elasticity is unknown;
     * UNDEFINED if the rate did not change, or a quantity is not above 0; PARTIAL if a part of the instants or windows
     * is missing; else OK}
     */
    Status status();

    /**
     * The slope: 1 for full pass-through, or for a quantity that changes in proportion to one plus the rate.
     *
     * @return the slope, NaN if the status has no value.
     */
    double value();

    /**
     * {@return the number of instants at which both series were known; 2 for an elasticity; 0 before the first read}
     */
    int count();
}
