package io.tollgate.core.timeline;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.watch.TimelineShape;
import io.tollgate.core.watch.WatchTimeline;

/** One way to look at what is asked of many series. Used by the thread that follows it. */
interface PanelCursor {
    /**
     * Reads it.
     *
     * @param atNs the instant t.
     */
    void read(long atNs);

    /** What the value as read last is worth. */
    Status status();

    /** The value as read last, NaN where the status has none. */
    double value();

    /** Compares the value as read last, which there is, with a threshold: exactly where the sums are known. */
    default int compare(final Threshold threshold) {
        return Double.compare(value(), threshold.value());
    }

    /** True if it stays as it is if there is no {@link #nextNs next instant}. */
    default boolean isSettledAtLast() {
        return true;
    }

    /** The shape between two instants at which the answer changes. */
    default TimelineShape shape() {
        return TimelineShape.CONSTANT;
    }

    /**
     * Finds when the answer changes next if nothing else becomes known, read there or not.
     *
     * @param atNs the instant to look from.
     * @return {@code WatchTimeline.NEVER} if there is none.
     */
    long nextNs(long atNs);

    /** Whether it stays as it is from one such instant to the next, so that a look between them does no harm. */
    default boolean isSteady() {
        return true;
    }

    /**
     * A series has changed.
     *
     * @param seriesNumber of the series.
     * @param fromNs       the instant from which on.
     * @return the instant from which on that changes the answer.
     */
    default long changed(final long seriesNumber, final long fromNs) {
        return fromNs;
    }

    /** An instant as a reading tells it. */
    static long orNever(final long changesAtNs) {
        return changesAtNs == Instants.NONE ? WatchTimeline.NEVER : changesAtNs;
    }
}
