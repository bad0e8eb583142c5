package io.tollgate.core.timeline;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.watch.TimelineShape;
import io.tollgate.core.watch.WatchTimeline;

/** A way to read a watched panel through time. Used by the thread that follows it. */
interface PanelCursor {
    /**
     * Reads the value.
     *
     * @param atNs the instant t.
     */
    void read(long atNs);

    /** Returns the status of the last read. */
    Status status();

    /** Returns the value of the last read, NaN if the status has none. */
    double value();

    /**
     * Compares the value of the last read, which must exist, with a threshold. The comparison is exact if the sums are
     * known.
     */
    default int compare(final Threshold threshold) {
        return Double.compare(value(), threshold.value());
    }

    /** Returns true if the value stays constant when there is no {@link #nextNs next instant}. */
    default boolean isSettledAtLast() {
        return true;
    }

    /** Returns the shape of the value between two instants of change. */
    default TimelineShape shape() {
        return TimelineShape.CONSTANT;
    }

    /**
     * Finds the next change of the value if no further point becomes known. The value need not have been read at the
     * instant.
     *
     * @param atNs the start of the search.
     * @return {@code WatchTimeline.NEVER} if there is none.
     */
    long nextNs(long atNs);

    /**
     * Returns true if the value is constant between two such instants, so that an extra read between them is harmless.
     */
    default boolean isSteady() {
        return true;
    }

    /**
     * Records a change of a series.
     *
     * @param seriesNumber of the series.
     * @param fromNs       the start of the change.
     * @return the start of the change of the value.
     */
    default long changed(final long seriesNumber, final long fromNs) {
        return fromNs;
    }

    /** Converts the instant of a reading. */
    static long orNever(final long changesAtNs) {
        return changesAtNs == Instants.NONE ? WatchTimeline.NEVER : changesAtNs;
    }
}
