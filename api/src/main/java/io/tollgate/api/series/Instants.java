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
 * Converts instants to and from nanoseconds since 1970-01-01T00:00Z, the time unit of the whole API. Instants before
 * 1970 are negative.
 *
 * <pre>{@code
 * long t = Instants.parse("2025-05-14T00:01-04:00");
 * long same = Instants.of(LocalDate.of(2025, 5, 14), LocalTime.of(0, 1), ZoneId.of("America/New_York"));
 * }</pre>
 */
public final class Instants {
    /**
     * No instant: for example a point without a knowledge time, a level without a next change, or a reading not yet
     * read.
     */
    public static final long NONE = Long.MIN_VALUE;

    /** The knowledge time of a read that sees every point applied so far. */
    public static final long ALL_KNOWN = Long.MAX_VALUE;

    /** The earliest instant, 1677-09-21T00:12:43.145224193Z. */
    public static final long MIN = Long.MIN_VALUE + 1;

    /** The latest instant, 2262-04-11T23:47:16.854775806Z. */
    public static final long MAX = Long.MAX_VALUE - 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Accepts an offset such as {@code -04:00} or {@code Z}. */
    private static final DateTimeFormatter DATE_TIME = formatter("+HH:MM:ss");

    /** Accepts an offset such as {@code -04} or {@code -0400}. */
    private static final DateTimeFormatter DATE_TIME_SHORT_OFFSET = formatter("+HHmm");

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private static final String RANGE = "1677-09-21T00:12:43.145224193Z to 2262-04-11T23:47:16.854775806Z";

    private Instants() {}

    /**
     * Parses an ISO-8601 date-time with {@code Z} or an offset ({@code -04:00}, {@code -0400} or {@code -04}). Seconds
     * and fraction are optional. An integer is refused because its unit (days, seconds, milliseconds, nanoseconds) is
     * unknown.
     *
     * @param text a date-time such as {@code 2025-05-14T00:01-04:00}.
     * @return the instant in ns.
     * @throws IllegalArgumentException if the text has another format, or the instant is out of range.
     */
    public static long parse(final String text) {
        try {
            return of(dateTime(text).toInstant());
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "instant=" + text + ", expected a date-time with Z or offset, such as 2025-05-14T00:01-04:00"
                            + (INTEGER.matcher(text).matches() ? ", not an integer: its unit is unknown" : ""),
                    e);
        }
    }

    /**
     * Converts a {@link Instant} exactly.
     *
     * @param instant the instant.
     * @return the instant in ns.
     * @throws IllegalArgumentException if it is out of range.
     */
    public static long of(final Instant instant) {
        Objects.requireNonNull(instant, "instant");
        try {
            final long seconds = instant.getEpochSecond();
            // Before the epoch the start of the second can be out of range although the instant is not.
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
     * Converts a date and a time of day in a zone. A time skipped by a DST change moves forward by the length of the
     * gap. If a time occurs twice, the earlier one counts.
     *
     * @param date      the date.
     * @param timeOfDay the local time; measures of the United States take effect at 00:01.
     * @param zone      the time zone.
     * @return the instant in ns.
     * @throws IllegalArgumentException if it is out of range.
     */
    public static long of(final LocalDate date, final LocalTime timeOfDay, final ZoneId zone) {
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(timeOfDay, "timeOfDay");
        return of(date.atTime(timeOfDay).atZone(zone).toInstant());
    }

    /**
     * Converts to an {@link Instant}, exactly.
     *
     * @param instantNs the instant in ns.
     * @return the same instant.
     */
    public static Instant toInstant(final long instantNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(instantNs, NANOS_PER_SECOND), Math.floorMod(instantNs, NANOS_PER_SECOND));
    }

    /**
     * Formats an instant in UTC, always with seconds and without trailing zeros in the fraction:
     * {@code 2025-05-14T04:01:00Z}.
     *
     * @param instantNs the instant in ns.
     * @return the text; {@link #parse(String)} accepts it.
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
     * @param instantNs the instant in ns.
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
        // ISO_LOCAL_DATE_TIME would accept a decimal point without digits after it.
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
