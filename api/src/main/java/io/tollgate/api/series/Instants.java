package io.tollgate.api.series;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Conversion of instants at the edge: inside, an instant is a {@code long} of nanoseconds since the epoch, UTC.
 */
public final class Instants {
    /** No instant: a point without a knowledge time, a level that never changes, an answer that is not read. */
    public static final long NONE = Long.MIN_VALUE;

    /** A knowledge time as of which all is known that has been applied. */
    public static final long ALL_KNOWN = Long.MAX_VALUE;

    /** The earliest instant, 1677-09-21T00:12:43.145224193Z. */
    public static final long MIN = Long.MIN_VALUE + 1;

    /** The latest instant, 2262-04-11T23:47:16.854775806Z. */
    public static final long MAX = Long.MAX_VALUE - 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** With an offset as {@code -04:00} or {@code Z}. */
    private static final DateTimeFormatter DATE_TIME = formatter("+HH:MM:ss");

    /** With an offset as {@code -04} or {@code -0400}. */
    private static final DateTimeFormatter DATE_TIME_SHORT_OFFSET = formatter("+HHmm");

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private static final String RANGE = "1677-09-21T00:12:43.145224193Z to 2262-04-11T23:47:16.854775806Z";

    private Instants() {}

    /**
     * Reads an ISO-8601 date-time with {@code Z} or an offset ({@code -04:00}, {@code -0400} or {@code -04}), seconds
     * and fraction optional. An integer is refused, as it does not say whether it counts days, seconds, milliseconds or
     * nanoseconds.
     *
     * @param text as {@code 2025-05-14T00:01-04:00}.
     * @return the instant.
     * @throws IllegalArgumentException if it is no such date-time, or out of range.
     */
    public static long parse(final String text) {
        try {
            return of(dateTime(text).toInstant());
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "instant=" + text + ", expected a date-time with Z or offset as 2025-05-14T00:01-04:00"
                            + (INTEGER.matcher(text).matches() ? ", no integer: its unit is not known" : ""),
                    e);
        }
    }

    /**
     * An instant of the JDK.
     *
     * @param instant to convert.
     * @return the instant in nanoseconds.
     * @throws IllegalArgumentException if it is out of range.
     */
    public static long of(final Instant instant) {
        Objects.requireNonNull(instant, "instant");
        try {
            final long seconds = instant.getEpochSecond();
            // Before the epoch the whole second may lie below the range although the instant does not.
            return requireInRange(
                    seconds < 0
                            ? Math.addExact(
                                    Math.multiplyExact(seconds + 1, NANOS_PER_SECOND),
                                    instant.getNano() - NANOS_PER_SECOND)
                            : Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), instant.getNano()));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("instant=" + instant + ", expected " + RANGE, e);
        }
    }

    /**
     * A date as the instant of a time of day in a zone. A time that a DST change skips moves on by the gap; of one that
     * happens twice the earlier is taken.
     *
     * @param date      the day.
     * @param timeOfDay in the zone: US measures take effect at 00:01.
     * @param zone      whose clock is meant.
     * @return the instant.
     * @throws IllegalArgumentException if it is out of range.
     */
    public static long of(final LocalDate date, final LocalTime timeOfDay, final ZoneId zone) {
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(timeOfDay, "timeOfDay");
        return of(date.atTime(timeOfDay).atZone(zone).toInstant());
    }

    /**
     * An instant of the JDK.
     *
     * @param instantNs to convert.
     * @return the same instant.
     */
    public static Instant toInstant(final long instantNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(instantNs, NANOS_PER_SECOND), Math.floorMod(instantNs, NANOS_PER_SECOND));
    }

    /**
     * Writes an instant in UTC, seconds always, the fraction's trailing zeros cut: {@code 2025-05-14T04:01:00Z}.
     *
     * @param instantNs to write.
     * @return the text, which {@link #parse(String)} reads back.
     */
    public static String format(final long instantNs) {
        final long nanos = Math.floorMod(instantNs, NANOS_PER_SECOND);
        final String seconds = Instant.ofEpochSecond(Math.floorDiv(instantNs, NANOS_PER_SECOND))
                .toString();
        if (nanos == 0) {
            return seconds;
        }
        final String digits = String.format(Locale.ROOT, "%09d", nanos);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return seconds.substring(0, seconds.length() - 1) + '.' + digits.substring(0, end) + 'Z';
    }

    /**
     * Checks that an instant is in range.
     *
     * @param instantNs to check.
     * @return the same instant.
     * @throws IllegalArgumentException if it is below {@link #MIN} or above {@link #MAX}.
     */
    public static long requireInRange(final long instantNs) {
        if (instantNs < MIN || instantNs > MAX) {
            throw new IllegalArgumentException(
                    "instantNs=" + instantNs + ", expected " + MIN + " to " + MAX + " (1677-09-21 to 2262-04-11)");
        }
        return instantNs;
    }

    private static DateTimeFormatter formatter(final String offsetPattern) {
        // ISO_LOCAL_DATE_TIME would take a point without digits behind it.
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral('T')
                .appendValue(ChronoField.HOUR_OF_DAY, 2)
                .appendLiteral(':')
                .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                .optionalStart()
                .appendLiteral(':')
                .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalEnd()
                .appendOffset(offsetPattern, "Z")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static OffsetDateTime dateTime(final String text) {
        try {
            return OffsetDateTime.parse(text, DATE_TIME);
        } catch (final DateTimeException e) {
            return OffsetDateTime.parse(text, DATE_TIME_SHORT_OFFSET);
        }
    }
}
