package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * Converts legal dates to instants, by the days of a zone and a time of day. "90 days" in law are 90 calendar days,
 * which differ from 90 x 24 hours across a DST change. A time skipped by a DST change moves forward by the length of
 * the gap. If a time occurs twice, the earlier one counts. Immutable.
 *
 * <pre>{@code
 * long from = LegalCalendar.UNITED_STATES.effective(LocalDate.of(2025, 5, 14)); // 00:01 in New York
 * long until = LegalCalendar.UNITED_STATES.plus(from, Period.ofDays(90));
 * }</pre>
 *
 * @param zone      zone of the calendar.
 * @param timeOfDay time of day at which measures take effect.
 */
public record LegalCalendar(ZoneId zone, LocalTime timeOfDay) {
    /** Measures of the United States: 00:01 in New York. */
    public static final LegalCalendar UNITED_STATES =
            new LegalCalendar(ZoneId.of("America/New_York"), LocalTime.of(0, 1));

    /**
     * Measures of China: 12:01 in Shanghai. For measures that take effect at 13:01, when New York has winter time, use
     * {@link #withTimeOfDay}.
     */
    public static final LegalCalendar CHINA = new LegalCalendar(ZoneId.of("Asia/Shanghai"), LocalTime.of(12, 1));

    /**
     * Creates the calendar; no argument may be null.
     *
     * @param zone      zone of the calendar.
     * @param timeOfDay time of day at which measures take effect.
     */
    public LegalCalendar {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(timeOfDay, "timeOfDay");
    }

    /**
     * Returns a copy with another time of day.
     *
     * @param time time of day at which measures take effect.
     * @return the copy.
     */
    public LegalCalendar withTimeOfDay(final LocalTime time) {
        Objects.requireNonNull(time, "time");
        return new LegalCalendar(zone, time);
    }

    /**
     * Returns the instant at which a measure of a date takes effect.
     *
     * @param date the date.
     * @return the instant in ns.
     * @throws IllegalArgumentException if it is out of range.
     */
    public long effective(final LocalDate date) {
        Objects.requireNonNull(date, "date");
        return Instants.of(date, timeOfDay, zone);
    }

    /**
     * Returns the first instant at which a measure is no longer in force.
     *
     * @param date date of the end.
     * @param end  meaning of the date.
     * @return the instant in ns.
     * @throws IllegalArgumentException if it is out of range.
     */
    public long end(final LocalDate date, final EndDate end) {
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(end, "end");
        return switch (end) {
            case INCLUSIVE_DAY ->
                Instants.of(date.plusDays(1).atStartOfDay(zone).toInstant());
            case EXCLUSIVE_INSTANT -> effective(date);
        };
    }

    /**
     * Adds a calendar period to an instant, such as 90 days to 00:01 on 14 May. The local time of day stays the same.
     *
     * @param instantNs start of the period in ns.
     * @param length    years, months and days; may be negative.
     * @return the instant in ns.
     * @throws IllegalArgumentException if it is out of range.
     */
    public long plus(final long instantNs, final Period length) {
        Objects.requireNonNull(length, "length");
        final ZonedDateTime from = Instants.toInstant(instantNs).atZone(zone);
        try {
            return Instants.of(from.toLocalDateTime().plus(length).atZone(zone).toInstant());
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "instant=" + Instants.format(instantNs) + " length=" + length
                            + ", expected an end from 1677 to 2262",
                    e);
        }
    }

    /**
     * Returns the local date of an instant.
     *
     * @param instantNs the instant in ns.
     * @return the date in the zone.
     */
    public LocalDate date(final long instantNs) {
        return Instants.toInstant(instantNs).atZone(zone).toLocalDate();
    }
}
