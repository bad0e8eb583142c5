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
 * How a lawgiver dates: by the days of a zone, from a time of day. "90 days" in law are 90 days of that calendar, and
 * not 90 x 24 hours where the clock changes between. A time that a change of the clock skips moves on by the gap; of
 * one that happens twice the earlier is taken. Immutable.
 *
 * @param zone      whose days are meant.
 * @param timeOfDay at which measures take effect.
 */
public record LegalCalendar(ZoneId zone, LocalTime timeOfDay) {
    /** Measures of the United States: from 00:01 in New York. */
    public static final LegalCalendar UNITED_STATES =
            new LegalCalendar(ZoneId.of("America/New_York"), LocalTime.of(0, 1));

    /**
     * Measures of China, from 12:01 in Shanghai; those from 13:01, when it is winter in New York, have a calendar of
     * their own ({@link #withTimeOfDay}).
     */
    public static final LegalCalendar CHINA = new LegalCalendar(ZoneId.of("Asia/Shanghai"), LocalTime.of(12, 1));

    /**
     * Checks that both are there.
     *
     * @param zone      whose days are meant.
     * @param timeOfDay at which measures take effect.
     */
    public LegalCalendar {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(timeOfDay, "timeOfDay");
    }

    /**
     * The same zone with another time of day.
     *
     * @param time at which measures take effect.
     * @return the other calendar.
     */
    public LegalCalendar withTimeOfDay(final LocalTime time) {
        Objects.requireNonNull(time, "time");
        return new LegalCalendar(zone, time);
    }

    /**
     * When a measure of a date takes effect.
     *
     * @param date by the calendar.
     * @return the instant of the time of day.
     * @throws IllegalArgumentException if it is out of range.
     */
    public long effective(final LocalDate date) {
        Objects.requireNonNull(date, "date");
        return Instants.of(date, timeOfDay, zone);
    }

    /**
     * When something ends: the first instant at which it is no longer in force.
     *
     * @param date of the end.
     * @param end  whether that day is still part of it.
     * @return the instant.
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
     * An instant and a time of the calendar later ("90 days from 00:01 on 14 May"), at the same time of day.
     *
     * @param instantNs to count from; by the clock of the zone.
     * @param length    years, months and days; may be negative.
     * @return the instant.
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
     * The day of an instant.
     *
     * @param instantNs to be dated.
     * @return the date in the zone.
     */
    public LocalDate date(final long instantNs) {
        return Instants.toInstant(instantNs).atZone(zone).toLocalDate();
    }
}
