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
 * The period that each point of a FLOW covers. A point is then the amount of the period {@code [from, to)}, booked at
 * {@code to}: for example monthly tonnes or quarterly licences. Immutable.
 *
 * <pre>{@code
 * ReportingPeriod month = ReportingPeriod.of(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai"));
 * FlowSeries imports = engine.defineFlow(SeriesDefinition.flow("imports.CN", new Unit("TONNE"), 0).withPeriod(month));
 * }</pre>
 *
 * <p>A window contains only whole periods: those booked inside it after the last period that begins before its start.
 * Its coverage is the share of its time that these periods cover. A window is PARTIAL if its start cuts a period, its
 * end is in a period not booked yet, or a period is missing. Without a whole period all metrics except count and
 * coverage are EMPTY, because a period not booked is not 0. {@link ReadOptions#withProRata()} adds a share of the
 * periods cut by the start.
 *
 * <p>A window of the last n points has n periods and begins at the start of the first of them. Periods of different
 * points may overlap: every amount counts, and the common time counts once. If no start of life is declared, the life
 * of the series begins with its first period. The cost of a read is linear in the number of periods in the window.
 */
public sealed interface ReportingPeriod {
    /**
     * Creates a period of fixed length.
     *
     * @param length length of each period, 1 ns to 2^56 - 1 ns (834 days).
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
     * Creates a calendar period.
     *
     * @param period month, quarter or year.
     * @param zone   zone of the calendar.
     * @return the period.
     * @throws IllegalArgumentException if the zone cannot be stored.
     */
    static ReportingPeriod of(final CalendarPeriod period, final ZoneId zone) {
        return new Calendar(period, zone);
    }

    /**
     * Returns the start of the period that is booked at an instant. Calendar periods allocate.
     *
     * @param toNs end of the period in ns, at which it is booked.
     * @return its start in ns, not before {@link Instants#MIN}.
     */
    long startNs(long toNs);

    /** {@return the stored code of this period, never 0; 0 means no period} */
    long code();

    /**
     * Returns the period with a stored code.
     *
     * @param code a code from {@link #code()}.
     * @return the period.
     * @throws IllegalArgumentException for any other code, or if this machine does not know the zone.
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
     * Returns true if a code is the code of a period of fixed length. The code is then the length in ns.
     *
     * @param code any number.
     * @return true for 1 to 2^56 - 1.
     */
    static boolean isFixed(final long code) {
        return code > 0 && code >>> Fixed.BITS == 0;
    }

    /**
     * A period of fixed length.
     *
     * @param lengthNs length in ns, 1 to 2^56 - 1.
     */
    record Fixed(long lengthNs) implements ReportingPeriod {
        private static final int BITS = 56;

        /**
         * Checks the length.
         *
         * @param lengthNs length in ns, 1 to 2^56 - 1.
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
         * Returns the start of a period of fixed length.
         *
         * @param toNs     end of the period in ns.
         * @param lengthNs length in ns, 1 to 2^56 - 1.
         * @return the start in ns, not before {@link Instants#MIN}.
         */
        public static long startNs(final long toNs, final long lengthNs) {
            return toNs < Instants.MIN + lengthNs ? Instants.MIN : toNs - lengthNs;
        }

        @Override
        public long code() {
            return lengthNs;
        }

        /** {@return the length} */
        @Override
        public String toString() {
            return DurationText.of(lengthNs);
        }
    }

    /**
     * A calendar period. It begins at the same local time a month, quarter or year before its end. A period that ends
     * at the start of a day begins at the start of a day, even if a DST change skips 00:00. If a local time occurs
     * twice, the earlier one counts.
     *
     * @param period month, quarter or year.
     * @param zone   zone of the calendar.
     */
    record Calendar(CalendarPeriod period, ZoneId zone) implements ReportingPeriod {
        private static final long OFFSET_FLAG = 1L << 32;
        private static final long LOW_WORD = 0xFFFF_FFFFL;

        /**
         * Checks the zone.
         *
         * @param period month, quarter or year.
         * @param zone   a region of the time-zone database, or a fixed offset.
         * @throws IllegalArgumentException if the zone is neither, so that it cannot be stored.
         */
        public Calendar {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
            if (!(zone instanceof ZoneOffset) && !ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                throw new IllegalArgumentException(
                        "zone=" + zone + ", expected a region of the time-zone database, or an offset such as +08:00");
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
                        "periodCode=" + code + ", expected the code of an offset of at most 18 hours, or of a zone that"
                                + " this machine knows",
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
