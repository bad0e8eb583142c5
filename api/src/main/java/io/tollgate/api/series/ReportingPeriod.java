package io.tollgate.api.series;

import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * The period that each point of a FLOW sums up: an amount of {@code [from, to)}, booked at {@code to}, as monthly
 * tonnes or quarterly licences are published. Immutable.
 *
 * <p>A window takes whole periods: those booked inside it, behind the last one that begins before its start. What they
 * cover of its time is its coverage, so that it is PARTIAL where its start cuts a period, its end lies in one that is
 * not booked yet, or one is missing. Where it has no whole period nothing is known: all but count and coverage is
 * EMPTY, since a period that is not booked is not 0. {@link ReadOptions#withProRata()} lets the periods cut count in
 * part. A window of the last n points takes n periods and begins where the first of them does. The periods of
 * different points may overlap: each amount counts, and the time once. Life begins with the first period, where no
 * other start is declared. A read goes through the periods of the window one by one.
 */
public sealed interface ReportingPeriod {
    /**
     * A period of a fixed length.
     *
     * @param length of each period, 1 ns to 2^56 - 1 ns (834 days).
     * @return the period.
     * @throws IllegalArgumentException if the length is out of range.
     */
    static ReportingPeriod of(final Duration length) {
        Objects.requireNonNull(length, "length");
        try {
            return new Fixed(length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("periodLength=" + length + ", expected at most 834 days", e);
        }
    }

    /**
     * A month, quarter or year of the calendar.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant.
     * @return the period.
     * @throws IllegalArgumentException if the zone cannot be stored.
     */
    static ReportingPeriod of(final CalendarPeriod period, final ZoneId zone) {
        return new Calendar(period, zone);
    }

    /**
     * When the period began that is booked at an instant. Calendar periods allocate.
     *
     * @param toNs the end of the period, at which it is booked.
     * @return its start, not before {@link Instants#MIN}.
     */
    long startNs(long toNs);

    /**
     * The code under which this period is stored.
     *
     * @return not 0, which stands for none.
     */
    long code();

    /**
     * The period stored under a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the period.
     * @throws IllegalArgumentException for any other code, or one whose zone this machine does not know.
     */
    static ReportingPeriod ofCode(final long code) {
        if (isFixed(code)) {
            return new Fixed(code);
        }
        final int type = (int) (code >>> Fixed.BITS);
        if (type < 1 || type > CalendarPeriod.values().length) {
            throw new IllegalArgumentException("periodCode=" + code + ", expected a length or a calendar period");
        }
        return new Calendar(CalendarPeriod.of(type), Calendar.zoneOf(code));
    }

    /**
     * Whether a code is that of a period of a fixed length, which it then is.
     *
     * @param code any number.
     * @return true for 1 to 2^56 - 1.
     */
    static boolean isFixed(final long code) {
        return code > 0 && code >>> Fixed.BITS == 0;
    }

    /**
     * A period of a fixed length.
     *
     * @param lengthNs 1 to 2^56 - 1.
     */
    record Fixed(long lengthNs) implements ReportingPeriod {
        private static final int BITS = 56;

        /**
         * Checks the length.
         *
         * @param lengthNs 1 to 2^56 - 1.
         * @throws IllegalArgumentException if it is out of range.
         */
        public Fixed {
            if (!isFixed(lengthNs)) {
                throw new IllegalArgumentException("periodLengthNs=" + lengthNs + ", expected 1 to 2^56 - 1");
            }
        }

        @Override
        public long startNs(final long toNs) {
            return startNs(toNs, lengthNs);
        }

        /**
         * When a period of a fixed length began.
         *
         * @param toNs     its end.
         * @param lengthNs 1 to 2^56 - 1.
         * @return its start, not before {@link Instants#MIN}.
         */
        public static long startNs(final long toNs, final long lengthNs) {
            return toNs < Instants.MIN + lengthNs ? Instants.MIN : toNs - lengthNs;
        }

        @Override
        public long code() {
            return lengthNs;
        }

        /** {@return its length} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs);
        }
    }

    /**
     * A period of the calendar: from the same local time a month, quarter or year before. One that ends with a day
     * begins with one, also where a DST change skips 00:00. Of a time that happens twice the earlier is taken.
     *
     * @param period month, quarter or year.
     * @param zone   whose calendar is meant.
     */
    record Calendar(CalendarPeriod period, ZoneId zone) implements ReportingPeriod {
        private static final long OFFSET_FLAG = 1L << 32;
        private static final long LOW_WORD = 0xFFFF_FFFFL;

        /**
         * Checks the zone.
         *
         * @param period month, quarter or year.
         * @param zone   a region of the time-zone database or a fixed offset.
         * @throws IllegalArgumentException if the zone cannot be stored, because it is neither.
         */
        public Calendar {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
            if (!(zone instanceof ZoneOffset) && !ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                throw new IllegalArgumentException(
                        "zone=" + zone + ", expected a region of the time-zone database or an offset as +08:00");
            }
        }

        @Override
        public long startNs(final long toNs) {
            final ZonedDateTime to = Instants.toInstant(toNs).atZone(zone);
            final LocalDate day = to.toLocalDate();
            final LocalDate fromDay = switch (period) {
                case MONTH -> day.minusMonths(1);
                case QUARTER -> day.minusMonths(3);
                case YEAR -> day.minusYears(1);
            };
            final boolean isOfDays = to.equals(day.atStartOfDay(zone));
            final ZonedDateTime from = isOfDays
                    ? fromDay.atStartOfDay(zone)
                    : fromDay.atTime(to.toLocalTime()).atZone(zone);
            final boolean isBeforeAll = from.toInstant().isBefore(Instants.toInstant(Instants.MIN));
            return isBeforeAll ? Instants.MIN : Instants.of(from.toInstant());
        }

        @Override
        public long code() {
            final long zoneCode = zone instanceof ZoneOffset offset
                    ? OFFSET_FLAG | offset.getTotalSeconds() & LOW_WORD
                    : zone.getId().hashCode() & LOW_WORD;
            return (long) period.code() << Fixed.BITS | zoneCode;
        }

        private static ZoneId zoneOf(final long code) {
            try {
                return (code & OFFSET_FLAG) != 0 ? ZoneOffset.ofTotalSeconds((int) code) : regionOf((int) code);
            } catch (final DateTimeException e) {
                throw new IllegalArgumentException(
                        "periodCode=" + code + ", expected that of an offset of at most 18 hours, or of a zone whose"
                                + " rules this machine has",
                        e);
            }
        }

        private static ZoneId regionOf(final int zoneCode) {
            return ZoneId.getAvailableZoneIds().stream()
                    .filter(id -> id.hashCode() == zoneCode)
                    .map(ZoneId::of)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("zoneCode=" + zoneCode
                            + ", expected a zone that this machine knows; update its time-zone database"));
        }

        /** {@return the period and the zone} */
        @Override
        public String toString() {
            return period + " in " + zone;
        }
    }
}
