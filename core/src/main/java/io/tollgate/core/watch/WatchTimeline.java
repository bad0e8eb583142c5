package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.core.number.Threshold;

/** The value that a watch follows through valid time, with all points as they are known now. Used by one thread. */
public interface WatchTimeline {
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
     * Gets ready for {@link #probe} from an instant on. A timeline that was read there last need not read again.
     *
     * @param atNs the instant.
     */
    default void anchor(final long atNs) {
        read(atNs);
    }

    /**
     * Reads it between the anchor and the next instant of {@link #nextNs}, which may be cheaper than {@link #read}.
     *
     * @param atNs the instant t.
     */
    default void probe(final long atNs) {
        read(atNs);
    }

    /**
     * Compares the exact value as read last, which there is, with a threshold.
     *
     * @param threshold to compare with.
     * @return the sign of the value minus the threshold.
     */
    int compare(Threshold threshold);

    /** {@return its shape between two instants of {@link #nextNs}} */
    default TimelineShape shape() {
        return TimelineShape.CONSTANT;
    }

    /** {@return the slope of a course of {@link TimelineShape#ONE_TURN} as read last, times a number above 0} */
    default double slope() {
        return 0;
    }

    /** {@return a bound of a course of {@link TimelineShape#ONE_TURN} that was read last, up to the next instant} */
    default double most() {
        return Double.POSITIVE_INFINITY;
    }

    /** {@return the length of the grid at whose instants it is looked at too, in ns; 0 if there is none} */
    default long gridNs() {
        return 0;
    }

    /** {@return whether it stays as it is if there is no {@link #nextNs next instant}} */
    default boolean isSettledAtLast() {
        return true;
    }

    /**
     * Finds the next instant at which something enters a window, leaves it or takes effect, if nothing else becomes
     * known.
     *
     * @param atNs the instant to look from.
     * @return NEVER if there is none.
     */
    long nextNs(long atNs);

    /**
     * Finds the first such instant from one on at which points have changed.
     *
     * @param fromNs the instant.
     * @param nowNs  the time.
     * @return NEVER if there is none.
     */
    default long firstNs(final long fromNs, final long nowNs) {
        return nextNs(fromNs - 1);
    }
}
