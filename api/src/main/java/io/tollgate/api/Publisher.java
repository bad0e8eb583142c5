package io.tollgate.api;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;

/**
 * Offers points and withdrawals to the engine, without blocking and without allocating. Any number of threads may share
 * one: each has a {@link PointEncoder} of its own, which stays with the thread.
 *
 * <p>Each {@code offer} returns a ticket above 0 when the point is claimed, to be acknowledged with
 * {@link Engine#awaitApplied(long)}; or a code below 0, and then nothing was taken. Points may be offered in any order
 * of their valid times. Those that must be seen together go through a {@link Batch}.
 */
public interface Publisher extends PointSink {
    /** No reference. */
    long NO_REFERENCE = Long.MIN_VALUE;

    /** The engine is behind and has no room: offer again later. */
    long BACK_PRESSURED = -1;

    /** The engine is closed, or has failed. */
    long CLOSED = -2;

    /** The series is not one of this engine, or of another kind there. */
    long UNKNOWN_SERIES = -3;

    /** The value is the reserved {@link Decimals#UNKNOWN}. */
    long VALUE_RESERVED = -4;

    /** The valid or knowledge time is outside {@link Instants#MIN} to {@link Instants#MAX}. */
    long TIME_OUT_OF_RANGE = -5;

    /** The batch has as many points as the limits allow: the point is not in it, and it cannot be committed. */
    long BATCH_TOO_LARGE = -6;

    /** As many batches are open as the engine allows: commit or abort one, or begin later. */
    long TOO_MANY_BATCHES = -7;

    /** The batch was open for too long and was aborted: none of its points is taken. Begin it again. */
    long BATCH_ABORTED = -8;

    /**
     * The valid time lies in January 1970 and is no whole minute: probably seconds, milliseconds or microseconds since
     * the epoch were taken for nanoseconds. An engine takes such a time if its option {@code timesNearEpochAllowed}
     * says that it is meant.
     */
    long IMPLAUSIBLE_TIME = -9;

    /**
     * A new, empty batch.
     *
     * @return one for one thread at a time, to be begun.
     */
    Batch newBatch();

    /**
     * The name of a code below 0.
     *
     * @param code as returned by {@code offer} or {@code withdraw}.
     * @return its name, or the number as text if it is none of the codes.
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
