package io.tollgate.api.panel;

import io.tollgate.api.series.Status;

/**
 * The answer of one read of a {@link PassThrough} or an {@link Elasticity}. Computed in double from logarithms that are
 * within 2.5 ulp, in a fixed order: the same bits each time. An elasticity, their quotient, is within 11 ulp.
 */
public interface SlopeReading {
    /**
     * What the answer is worth.
     *
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if all flows are in a window, or at no instant both price and rate are known;
     *     INSUFFICIENT with one instant only, or a rate that is not known; UNDEFINED if the rate did not change, or a
     *     quantity is not above 0; PARTIAL where part of the instants or windows is missing; else OK.
     */
    Status status();

    /**
     * The slope.
     *
     * @return 1 if all is passed on, or a quantity changes as much as one plus the rate; NaN where the status has no
     *     value.
     */
    double value();

    /**
     * At how many instants both series were known; of an elasticity 2.
     *
     * @return their number, 0 if it was not read.
     */
    int count();
}
