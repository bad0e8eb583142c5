package io.tollgate.examples.points;

import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the times of a file: date-times with an offset, epoch nanoseconds, and dates where a zone is declared.
 *
 * @param zone      whose days are meant by dates, empty if dates are refused.
 * @param timeOfDay at which a date takes effect in the zone.
 */
public record PointTimes(Optional<ZoneId> zone, LocalTime timeOfDay) {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Every date has this many characters. */
    private static final int DATE_LENGTH = 10;

    /**
     * Reads a time.
     *
     * @param text of the file.
     * @return nanoseconds since the epoch.
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public long parse(final String text) {
        final long plain = PlainDateTime.parse(text);
        if (plain != Publisher.NONE) {
            return plain;
        }
        if (text.length() != DATE_LENGTH || !DATE.matcher(text).matches()) {
            return Instants.parse(text);
        }
        final ZoneId declared = zone.orElseThrow(() -> new IllegalArgumentException(
                "date=" + text + " without a zone, expected an instant, or --zone to say whose day it is"));
        try {
            return Instants.of(LocalDate.parse(text), timeOfDay, declared);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException("date=" + text + ", expected a day of the calendar as 2025-04-10", e);
        }
    }

    /** Reads {@code America/New_York}. */
    public static final class ZoneConverter implements ITypeConverter<ZoneId> {
        /** Made by picocli. */
        public ZoneConverter() {}

        @Override
        public ZoneId convert(final String text) {
            try {
                return ZoneId.of(text);
            } catch (final DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no zone, expected one as America/New_York");
            }
        }
    }

    /** Reads {@code 00:01}. */
    public static final class TimeOfDayConverter implements ITypeConverter<LocalTime> {
        /** Made by picocli. */
        public TimeOfDayConverter() {}

        @Override
        public LocalTime convert(final String text) {
            try {
                return LocalTime.parse(text);
            } catch (final DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time of day, expected 00:00 to 23:59:59");
            }
        }
    }
}
