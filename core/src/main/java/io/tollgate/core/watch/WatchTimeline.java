package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.core.number.Threshold;

/** The value that a watch follows through valid time, with all points as known now. Used by one thread. */
public interface WatchTimeline {
    /** Returned if there is no such instant. */
    long NEVER = Deadlines.NEVER;

    /** Starts a new run: values read before are no longer valid. */
    default void begin() {}

    /**
     * Reads the value.
     *
     * @param atNs the instant t.
     */
    void read(long atNs);

    /** {@return the status of the last read} */
    Status status();

    /** {@return the value of the last read, NaN if the status has none} */
    double value();

    /**
     * Prepares {@link #probe} from an instant on. If the last read was at that instant, it need not be repeated.
     *
     * @param atNs the instant.
     */
    default void anchor(final long atNs) {
        read(atNs);
    }

    /**
     * Reads the value between the anchor and the next instant of {@link #nextNs}, which may be cheaper than {@link
     * #read}.
     *
     * @param atNs the instant t.
     */
    default void probe(final long atNs) {
        read(atNs);
    }

    /**
     * Compares the exact value of the last read, which must exist, with a threshold.
     *
     * @param threshold to compare with.
     * @return the sign of the value minus the threshold.
     */
    int compare(Threshold threshold);

    /** {@return its shape between two instants of {@link #nextNs}} */
    default TimelineShape shape() {
        return TimelineShape.CONSTANT;
    }

    /** {@return the slope at the last read of a {@link TimelineShape#ONE_TURN} timeline, times a positive number} */
    default double slope() {
        return 0;
    }

    /** {@return an upper bound of a {@link TimelineShape#ONE_TURN} timeline from the last read to the next instant} */
    default double most() {
        return Double.POSITIVE_INFINITY;
    }

    /** {@return the length of the grid at whose instants the value is read too, in ns; 0 if there is none} */
    default long gridNs() {
        return 0;
    }

    /** {@return true if the value stays constant when there is no {@link #nextNs next instant}} */
    default boolean isSettledAtLast() {
        return true;
    }

    /**
     * Finds the next instant at which a point enters a window, leaves it or takes effect, if no further point becomes
     * known.
     *
     * @param atNs the start of the search.
     * @return NEVER if there is none.
     */
    long nextNs(long atNs);

    /**
     * Finds the first such instant after a change of points.
     *
     * @param fromNs the start of the change.
     * @param nowNs  the time.
     * @return NEVER if there is none.
     */
    default long firstNs(final long fromNs, final long nowNs) {
        return nextNs(fromNs - 1);
    }
}
