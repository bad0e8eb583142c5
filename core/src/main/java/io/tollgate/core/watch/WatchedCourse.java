package io.tollgate.core.watch;

import io.tollgate.api.Status;

/** What a watch follows through valid time, with all points as they are known now. Used by one thread. */
public interface WatchedCourse {
    /** Instead of an instant: there is none. */
    long NEVER = Deadlines.NEVER;

    /** Begins to follow it once more: nothing that was read before counts. */
    default void begin() {}

    /**
     * Reads it.
     *
     * @param atNs the instant t.
     */
    void read(long atNs);

    /** {@return what the value as read last is worth} */
    Status status();

    /** {@return the value as read last, NaN where the status has none} */
    double value();

    /**
     * Finds the next instant at which it changes if nothing else becomes known.
     *
     * @param atNs the instant to look from.
     * @return NEVER if there is none.
     */
    long nextNs(long atNs);

    /**
     * Finds the first instant to be looked at where it has changed from one on.
     *
     * @param fromNs the instant.
     * @param nowNs  the time.
     * @return NEVER if there is none.
     */
    default long firstNs(final long fromNs, final long nowNs) {
        return nextNs(fromNs - 1);
    }
}
