package io.tollgate.core;

import io.tollgate.api.Status;

/** One way to look at what is asked of many series. Used by the thread that follows it. */
interface PanelLook {
    /**
     * Reads it.
     *
     * @param atNs the instant t.
     * @return false if it cannot be read for the moment.
     */
    boolean read(long atNs);

    /** What the value as read last is worth. */
    Status status();

    /** The value as read last, NaN where the status has none. */
    double value();

    /**
     * Finds when the answer as read last changes next if nothing else becomes known.
     *
     * @param atNs the instant that was read.
     * @return false if that cannot be found for the moment.
     */
    boolean findNext(long atNs);

    /** The instant found last, {@code WatchedCourse.NEVER} if there is none. */
    long nextNs();

    /** Whether it stays as it is from one such instant to the next, so that a look between them does no harm. */
    default boolean isSteady() {
        return true;
    }

    /** A series has changed. */
    default void changed(final long seriesNumber) {}
}
