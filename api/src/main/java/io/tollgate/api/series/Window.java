package io.tollgate.api.series;

import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/** A window over the points of a series, as seen from the instant t of the read. Immutable. */
public sealed interface Window {
    /**
     * The time {@code (t - length, t]}.
     *
     * @param length of the window; a day is exactly 24 h.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static Sliding sliding(final Duration length) {
        Objects.requireNonNull(length, "length");
        return sliding(length, Closed.RIGHT);
    }

    /**
     * The time from {@code t - length} to t.
     *
     * @param length of the window; a day is exactly 24 h.
     * @param closed which of its ends belong to it.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static Sliding sliding(final Duration length, final Closed closed) {
        Objects.requireNonNull(length, "length");
        try {
            return new Sliding(length.toNanos(), closed);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("windowLength=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * The time {@code (t - lengthNs, t]}.
     *
     * @param lengthNs of the window, 1 ns or more.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0.
     */
    static Sliding slidingNs(final long lengthNs) {
        return new Sliding(lengthNs, Closed.RIGHT);
    }

    /**
     * The last points at or before t; of a STEP the time from the first of them to t. Points of one instant are in the
     * window together, so a FLOW may have more.
     *
     * @param pointCount how many, 1 or more; where there are fewer, answers are PARTIAL.
     * @return the window.
     * @throws IllegalArgumentException if the count is not above 0.
     */
    static LastPoints last(final long pointCount) {
        return new LastPoints(pointCount);
    }

    /**
     * The time from an instant, which is included, to t.
     *
     * @param instantNs the anchor.
     * @return the window.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    static Since since(final long instantNs) {
        return new Since(instantNs);
    }

    /**
     * The time from the beginning of the calendar period that t lies in, which is included, to t.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant; its DST changes are in the lengths.
     * @return the window.
     */
    static ToDate toDate(final CalendarPeriod period, final ZoneId zone) {
        return new ToDate(period, zone);
    }

    /**
     * A window that slides with time.
     *
     * @param lengthNs length of the window, 1 ns or more.
     * @param closed   which of its ends belong to it.
     */
    record Sliding(long lengthNs, Closed closed) implements Window {
        /**
         * Checks the length, and that the ends are told.
         *
         * @param lengthNs length of the window, 1 ns or more.
         * @param closed   which of its ends belong to it.
         * @throws IllegalArgumentException if the length is not above 0.
         */
        public Sliding {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("windowLengthNs=" + lengthNs + ", expected 1 or more");
            }
            Objects.requireNonNull(closed, "closed");
        }

        /** {@return its length and, if that is not the right one, the end that is closed; the log has this text} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs) + (closed == Closed.RIGHT ? "" : " closed " + closed);
        }
    }

    /**
     * The last points.
     *
     * @param pointCount how many, 1 or more.
     */
    record LastPoints(long pointCount) implements Window {
        /**
         * Checks the count.
         *
         * @param pointCount how many, 1 or more.
         * @throws IllegalArgumentException if the count is not above 0.
         */
        public LastPoints {
            if (pointCount <= 0) {
                throw new IllegalArgumentException("pointCount=" + pointCount + ", expected 1 or more");
            }
        }

        /** {@return how many; the log has this text} */
        @Override
        public String toString() {
            return "last " + pointCount + " points";
        }
    }

    /**
     * A window from an instant on.
     *
     * @param instantNs the anchor.
     */
    record Since(long instantNs) implements Window {
        /**
         * Checks the instant.
         *
         * @param instantNs the anchor.
         * @throws IllegalArgumentException if it is out of range.
         */
        public Since {
            Instants.requireInRange(instantNs);
        }

        /** {@return the instant; the log has this text} */
        @Override
        public String toString() {
            return "since " + Instants.format(instantNs);
        }
    }

    /**
     * A window from the beginning of a calendar period on.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant.
     */
    record ToDate(CalendarPeriod period, ZoneId zone) implements Window {
        /**
         * Checks that both are there.
         *
         * @param period month, quarter or year.
         * @param zone   whose calendar is meant.
         */
        public ToDate {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
        }

        /** {@return the period and the zone; the log has this text} */
        @Override
        public String toString() {
            return period + " to date in " + zone;
        }
    }
}
