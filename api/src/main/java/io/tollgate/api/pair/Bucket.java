package io.tollgate.api.pair;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Window;
import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The stretches of time by which a FLOW is paired with another series: its events are summed up in each. Of a window
 * only the buckets that lie whole inside count. Immutable.
 */
public sealed interface Bucket {
    /**
     * Buckets of one length, counted back from the end of the window: a window of k lengths has k of them.
     *
     * @param length of each; a day is exactly 24 h.
     * @return the bucket.
     * @throws IllegalArgumentException if the length is not above 0, or longer than 2^63 - 1 ns (292 years).
     */
    static Bucket of(final Duration length) {
        Objects.requireNonNull(length, "length");
        try {
            return new Fixed(length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("bucketLength=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * Months, quarters or years of the calendar, each from its first instant, which is included, to the first of the
     * next.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant; its DST changes are in the lengths.
     * @return the bucket.
     */
    static Bucket of(final CalendarPeriod period, final ZoneId zone) {
        return new Calendar(period, zone);
    }

    /**
     * Buckets of one length. A bucket has the last instant of the window, or of the bucket behind it, as its end: in a
     * window that includes its end it is {@code (end - length, end]}, else {@code [end - length, end)}.
     *
     * @param lengthNs 1 or more.
     */
    record Fixed(long lengthNs) implements Bucket {
        /**
         * Checks the length.
         *
         * @param lengthNs 1 or more.
         * @throws IllegalArgumentException if it is not above 0.
         */
        public Fixed {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("bucketLengthNs=" + lengthNs + ", expected 1 or more");
            }
        }

        /** {@return its length; the log has this text} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs);
        }
    }

    /**
     * A period of the calendar. The one that t lies in has not ended, so it does not count; nor does the first one of a
     * sliding window {@code (t - length, t]} that begins with it, because its first instant lies outside: use one that
     * is closed at the left, or {@link Window#since} and {@link Window#toDate}.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant.
     */
    record Calendar(CalendarPeriod period, ZoneId zone) implements Bucket {
        /**
         * Checks that both are there.
         *
         * @param period month, quarter or year.
         * @param zone   whose calendar is meant.
         */
        public Calendar {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
        }

        /** {@return the period and the zone; the log has this text} */
        @Override
        public String toString() {
            return period + " in " + zone;
        }
    }
}
