package io.tollgate.examples.points;

import io.tollgate.api.series.Instants;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the times of files and options: date-times with an offset; dates if a zone is given; integers since the epoch
 * if a unit is given.
 *
 * @param zone      zone of dates, empty if dates are refused.
 * @param timeOfDay at which a date takes effect in the zone.
 * @param unit      of integers since the epoch; without it an integer is a date or refused.
 */
public record PointTimes(Optional<ZoneId> zone, LocalTime timeOfDay, Optional<TimeUnit> unit) {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    /** Every date without hyphens has this many digits. */
    private static final int DIGITS_OF_DATE = 8;

    /**
     * Parses a time.
     *
     * @param text of a file or an option.
     * @return nanoseconds since the epoch.
     * @throws IllegalArgumentException if the text is not a time; the message says why.
     */
    public long parse(final String text) {
        final long plain = PlainDateTime.parse(text);
        if (plain != Instants.NONE) {
            return plain;
        }
        if (INTEGER.matcher(text).matches()) {
            return unit.isPresent() ? sinceEpoch(text, unit.get()) : compactDate(text);
        }
        return DATE.matcher(text).matches() ? date(text, DateTimeFormatter.ISO_LOCAL_DATE) : Instants.parse(text);
    }

    private static long sinceEpoch(final String text, final TimeUnit unit) {
        final long unitNs = unit.toNanos(1);
        try {
            return Instants.requireInRange(Math.multiplyExact(Long.parseLong(text), unitNs));
        } catch (final ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "time=" + text + ' ' + unit + " since the epoch, expected " + Instants.MIN / unitNs + " to "
                            + Instants.MAX / unitNs + " (1677-09-21 to 2262-04-11)",
                    e);
        }
    }

    private long compactDate(final String text) {
        if (text.length() != DIGITS_OF_DATE) {
            throw new IllegalArgumentException("time=" + text + " is an integer, expected a date-time such as"
                    + " 2025-04-10T00:01-04:00, a date, or --time-unit for integers since the epoch");
        }
        return date(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    private long date(final String text, final DateTimeFormatter form) {
        final ZoneId declared = zone.orElseThrow(() -> new IllegalArgumentException(
                "date=" + text + " without a zone, expected an instant, or --zone for dates"));
        try {
            return Instants.of(LocalDate.parse(text, form), timeOfDay, declared);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "date=" + text + ", expected a calendar date such as 2025-04-10 or 20250410", e);
        }
    }

    /** Converts {@code ms}. */
    public static final class UnitConverter implements ITypeConverter<TimeUnit> {
        /** Called by picocli. */
        public UnitConverter() {}

        @Override
        public TimeUnit convert(final String text) {
            return switch (text) {
                case "ns" -> TimeUnit.NANOSECONDS;
                case "us" -> TimeUnit.MICROSECONDS;
                case "ms" -> TimeUnit.MILLISECONDS;
                case "s" -> TimeUnit.SECONDS;
                default -> throw new TypeConversionException("'" + text + "' is not a unit, expected ns, us, ms or s");
            };
        }
    }

    /** Converts {@code America/New_York}. */
    public static final class ZoneConverter implements ITypeConverter<ZoneId> {
        /** Called by picocli. */
        public ZoneConverter() {}

        @Override
        public ZoneId convert(final String text) {
            try {
                return ZoneId.of(text);
            } catch (final DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time zone, expected one such as America/New_York");
            }
        }
    }

    /** Converts {@code 00:01}. */
    public static final class TimeOfDayConverter implements ITypeConverter<LocalTime> {
        /** Called by picocli. */
        public TimeOfDayConverter() {}

        @Override
        public LocalTime convert(final String text) {
            try {
                return LocalTime.parse(text);
            } catch (final DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is not a time of day, expected 00:00 to 23:59:59");
            }
        }
    }
}
