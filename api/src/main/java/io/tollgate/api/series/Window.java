package io.tollgate.api.series;

import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A window over the points of a series, as seen from the instant t of the read. Immutable.
 *
 * <pre>{@code
 * Window month = Window.sliding(Duration.ofDays(30)); // (t - 30 d, t]
 * Window points = Window.last(20);
 * Window anchored = Window.since(Instants.parse("2025-01-20T12:00-05:00"));
 * Window year = Window.toDate(CalendarPeriod.YEAR, ZoneId.of("America/New_York"));
 * }</pre>
 */
public sealed interface Window {
    /**
     * Creates the sliding window {@code (t - length, t]}.
     *
     * @param length length of the window; a day has exactly 24 h.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static Sliding sliding(final Duration length) {
        Objects.requireNonNull(length, "length");
        return sliding(length, Closed.RIGHT);
    }

    /**
     * Creates a sliding window from {@code t - length} to t.
     *
     * @param length length of the window; a day has exactly 24 h.
     * @param closed ends that belong to the window.
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
     * Creates the sliding window {@code (t - lengthNs, t]}.
     *
     * @param lengthNs length of the window in ns, 1 or more.
     * @return the window.
     * @throws IllegalArgumentException if the length is not above 0.
     */
    static Sliding slidingNs(final long lengthNs) {
        return new Sliding(lengthNs, Closed.RIGHT);
    }

    /**
     * Creates the window of the last points at or before t. For a STEP, it is the time from the first of them to t. For
     * a FLOW, it may have more points, because points at one instant are all inside or all outside.
     *
     * @param pointCount number of points, 1 or more; answers are PARTIAL if there are fewer.
     * @return the window.
     * @throws IllegalArgumentException if the count is not above 0.
     */
    static LastPoints last(final long pointCount) {
        return new LastPoints(pointCount);
    }

    /**
     * Creates the window from an instant (included) to t.
     *
     * @param instantNs start of the window in ns.
     * @return the window.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    static Since since(final long instantNs) {
        return new Since(instantNs);
    }

    /**
     * Creates the window from the start (included) of the calendar period that contains t, to t.
     *
     * @param period month, quarter or year.
     * @param zone   zone of the calendar; its DST changes count in the length.
     * @return the window.
     */
    static ToDate toDate(final CalendarPeriod period, final ZoneId zone) {
        return new ToDate(period, zone);
    }

    /**
     * A window of fixed length that ends at t.
     *
     * @param lengthNs length of the window in ns, 1 or more.
     * @param closed   ends that belong to the window.
     */
    record Sliding(long lengthNs, Closed closed) implements Window {
        /**
         * Checks the length.
         *
         * @param lengthNs length of the window in ns, 1 or more.
         * @param closed   ends that belong to the window.
         * @throws IllegalArgumentException if the length is not above 0.
         */
        public Sliding {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("windowLengthNs=" + lengthNs + ", expected 1 or more");
            }
            Objects.requireNonNull(closed, "closed");
        }

        /** {@return the length, and the closed ends if they are not RIGHT; this text is stored in the log} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs) + (closed == Closed.RIGHT ? "" : " closed " + closed);
        }
    }

    /**
     * The window of the last points.
     *
     * @param pointCount number of points, 1 or more.
     */
    record LastPoints(long pointCount) implements Window {
        /**
         * Checks the count.
         *
         * @param pointCount number of points, 1 or more.
         * @throws IllegalArgumentException if the count is not above 0.
         */
        public LastPoints {
            if (pointCount <= 0) {
                throw new IllegalArgumentException("pointCount=" + pointCount + ", expected 1 or more");
            }
        }

        /** {@return the number of points; this text is stored in the log} */
        @Override
        public String toString() {
            return "last " + pointCount + " points";
        }
    }

    /**
     * A window that begins at a fixed instant.
     *
     * @param instantNs start of the window in ns.
     */
    record Since(long instantNs) implements Window {
        /**
         * Checks the instant.
         *
         * @param instantNs start of the window in ns.
         * @throws IllegalArgumentException if the instant is out of range.
         */
        public Since {
            Instants.requireInRange(instantNs);
        }

        /** {@return the start; this text is stored in the log} */
        @Override
        public String toString() {
            return "since " + Instants.format(instantNs);
        }
    }

    /**
     * A window that begins with the current calendar period.
     *
     * @param period month, quarter or year.
     * @param zone   zone of the calendar.
     */
    record ToDate(CalendarPeriod period, ZoneId zone) implements Window {
        /**
         * Creates the window; no argument may be null.
         *
         * @param period month, quarter or year.
         * @param zone   zone of the calendar.
         */
        public ToDate {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
        }

        /** {@return the period and the zone; this text is stored in the log} */
        @Override
        public String toString() {
            return period + " to date in " + zone;
        }
    }
}
