package io.tollgate.api;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;

/**
 * Offers points and withdrawals to the engine without blocking and without allocating. Any number of threads may share
 * a publisher.
 *
 * <pre>{@code
 * long ticket = publisher.offer(rate, effectiveNs, rate.scaled("34"));
 * while (ticket == Publisher.BACK_PRESSURED) {
 *     Thread.onSpinWait();
 *     ticket = publisher.offer(rate, effectiveNs, rate.scaled("34"));
 * }
 * engine.awaitApplied(ticket);
 * }</pre>
 *
 * <p>{@code offer} returns a ticket above 0 once the point is claimed; {@link Engine#awaitApplied(long)} waits for its
 * acknowledgement. A code below 0 means that the point was not taken. Points may be offered in any order of their valid
 * times. Use a {@link Batch} for points that readers must see together.
 */
public interface Publisher extends PointSink {
    /** The reference of a point that has none. */
    long NO_REFERENCE = Long.MIN_VALUE;

    /** The queue of the engine is full: offer the point again later. */
    long BACK_PRESSURED = -1;

    /** The engine is closed or has failed. */
    long CLOSED = -2;

    /** The engine has no such series, or has it with another kind. */
    long UNKNOWN_SERIES = -3;

    /** The value is {@link Decimals#UNKNOWN}, which is reserved. */
    long VALUE_RESERVED = -4;

    /** The valid or knowledge time is outside {@link Instants#MIN} to {@link Instants#MAX}. */
    long TIME_OUT_OF_RANGE = -5;

    /**
     * The batch already has as many points as the limits allow. The point is not in the batch, and the batch cannot be
     * committed.
     */
    long BATCH_TOO_LARGE = -6;

    /** The limit of open batches is reached: commit or abort another batch, or begin later. */
    long TOO_MANY_BATCHES = -7;

    /** The batch stayed open too long and was aborted; none of its points is taken. Begin it again. */
    long BATCH_ABORTED = -8;

    /**
     * The valid time is in January 1970 and not at a whole minute: the caller probably passed seconds, milliseconds or
     * microseconds instead of nanoseconds. The engine option {@code timesNearEpochAllowed} permits such times.
     */
    long IMPLAUSIBLE_TIME = -9;

    /**
     * Applies a point at once, on the thread that steps the engine: the short form of {@link PointEncoder#apply()} for
     * a point without a reference that becomes known at the time of the engine's clock. It suits a program that reads
     * metrics after each point.
     *
     * @param series      the series to add to.
     * @param validAtNs   the valid time in nanoseconds since the epoch.
     * @param scaledValue {@code value x 10^scale}, at the scale of the series.
     * @return APPLIED, UNCHANGED or REFUSED with the reason. No object is allocated.
     * @throws IllegalArgumentException if an argument is one for which {@link #offer} returns a code below 0.
     * @throws IllegalStateException    if the engine has threads of its own, is closed or has failed, or a queue of
     *                                  updates that must not lose any is full.
     */
    Outcome apply(Series series, long validAtNs, long scaledValue);

    /**
     * Applies a point at once to the series of a number, like {@link #apply(Series, long, long)}. The number must be
     * one of this engine, see {@link #offer(long, long, long)}.
     *
     * @param seriesNumber the {@linkplain Series#number() number} of the series.
     * @param validAtNs    the valid time in nanoseconds since the epoch.
     * @param scaledValue  {@code value x 10^scale}, at the scale of the series.
     * @return APPLIED, UNCHANGED or REFUSED with the reason. No object is allocated.
     * @throws IllegalArgumentException if an argument is one for which {@link #offer(long, long, long)} returns a code
     *                                  below 0.
     * @throws IllegalStateException    as for {@link #apply(Series, long, long)}.
     */
    Outcome apply(long seriesNumber, long validAtNs, long scaledValue);

    /**
     * Creates a batch.
     *
     * @return an empty batch for one thread at a time, not yet begun.
     */
    Batch newBatch();

    /**
     * Returns the name of a code.
     *
     * @param code a number below 0, as returned by {@code offer} or {@code withdraw}.
     * @return the name of the code, or the number as text if there is no such code.
     */
    static String describe(final long code) {
        if (code == BACK_PRESSURED) {
            return "BACK_PRESSURED";
        }
        if (code == CLOSED) {
            return "CLOSED";
        }
        if (code == UNKNOWN_SERIES) {
            return "UNKNOWN_SERIES";
        }
        if (code == VALUE_RESERVED) {
            return "VALUE_RESERVED";
        }
        if (code == TIME_OUT_OF_RANGE) {
            return "TIME_OUT_OF_RANGE";
        }
        if (code == BATCH_TOO_LARGE) {
            return "BATCH_TOO_LARGE";
        }
        if (code == TOO_MANY_BATCHES) {
            return "TOO_MANY_BATCHES";
        }
        if (code == BATCH_ABORTED) {
            return "BATCH_ABORTED";
        }
        return code == IMPLAUSIBLE_TIME ? "IMPLAUSIBLE_TIME" : Long.toString(code);
    }
}
