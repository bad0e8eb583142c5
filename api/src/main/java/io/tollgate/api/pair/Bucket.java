package io.tollgate.api.pair;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Window;
import io.tollgate.api.text.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The time intervals over which a FLOW is summed to pair it with another series. Only buckets that lie wholly inside
 * the window count. Immutable.
 */
public sealed interface Bucket {
    /**
     * Returns buckets of one length, counted back from the end of the window: a window of k lengths has k buckets.
     *
     * @param length the length of each bucket; a day is exactly 24 h.
     * @return the bucket.
     * @throws IllegalArgumentException if the length is not above 0, or is above 2^63 - 1 ns (292 years).
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
     * Returns buckets that are calendar months, quarters or years, each from its first instant, included, to the first
     * instant of the next one.
     *
     * @param period month, quarter or year.
     * @param zone   the zone of the calendar; its DST changes affect the lengths.
     * @return the bucket.
     */
    static Bucket of(final CalendarPeriod period, final ZoneId zone) {
        return new Calendar(period, zone);
    }

    /**
     * Buckets of one length. Each bucket ends with the window or at the start of the next bucket:
     * {@code (end - length, end]} if the window includes its end, else {@code [end - length, end)}.
     *
     * @param lengthNs the length in ns, 1 or more.
     */
    record Fixed(long lengthNs) implements Bucket {
        /**
         * Checks the length.
         *
         * @param lengthNs the length in ns, 1 or more.
         * @throws IllegalArgumentException if the length is not above 0.
         */
        public Fixed {
            if (lengthNs <= 0) {
                throw new IllegalArgumentException("bucketLengthNs=" + lengthNs + ", expected 1 or more");
            }
        }

        /** {@return the length as text; the log stores this text} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs);
        }
    }

    /**
     * Buckets that are calendar periods. The period that contains t has not ended, so it does not count. The first
     * period of a sliding window {@code (t - length, t]} that begins with the period does not count either, because its
     * first instant is outside. Use a window closed at the left, {@link Window#since} or {@link Window#toDate} instead.
     *
     * @param period month, quarter or year.
     * @param zone   the zone of the calendar.
     */
    record Calendar(CalendarPeriod period, ZoneId zone) implements Bucket {
        /**
         * Refuses null.
         *
         * @param period month, quarter or year.
         * @param zone   the zone of the calendar.
         */
        public Calendar {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
        }

        /** {@return the period and the zone as text; the log stores this text} */
        @Override
        public String toString() {
            return period + " in " + zone;
        }
    }
}
