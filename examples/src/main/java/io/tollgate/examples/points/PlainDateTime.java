package io.tollgate.examples.points;

import io.tollgate.api.series.Instants;
import java.time.LocalDate;

/**
 * Parses the usual date-times of files, {@code 2025-04-10T00:01:00-04:00} with or without seconds, six times as fast as
 * a formatter.
 */
final class PlainDateTime {
    private static final int MIN_LENGTH = 17;
    private static final int MIN_YEAR = 1678;
    private static final int MAX_YEAR = 2261;
    private static final int MAX_OFFSET_HOURS = 17;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private PlainDateTime() {}

    /**
     * Parses a date-time of this form.
     *
     * @return nanoseconds since the epoch; {@link Instants#NONE} for text of another form, even if it is valid.
     */
    static long parse(final String text) {
        if (text.length() < MIN_LENGTH
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':') {
            return Instants.NONE;
        }
        final int century = digits(text, 0);
        final int yearOfCentury = digits(text, 2);
        final int year = century * 100 + yearOfCentury;
        final int month = digits(text, 5);
        final int day = digits(text, 8);
        final int hour = digits(text, 11);
        final int minute = digits(text, 14);
        final boolean hasSeconds = text.charAt(16) == ':' && text.length() >= MIN_LENGTH + 3;
        final int second = hasSeconds ? digits(text, 17) : 0;
        final int offset = offsetSeconds(text, hasSeconds ? 19 : 16);
        if (year < MIN_YEAR
                || year > MAX_YEAR
                || (century | yearOfCentury | month | day | hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59
                || offset == Integer.MIN_VALUE
                || !isDay(year, month, day)) {
            return Instants.NONE;
        }
        final long days = LocalDate.of(year, month, day).toEpochDay();
        return (days * SECONDS_PER_DAY + (hour * 60L + minute) * 60 + second - offset) * NANOS_PER_SECOND;
    }

    private static boolean isDay(final int year, final int month, final int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= LocalDate.of(year, month, 1).lengthOfMonth();
    }

    /** Returns the offset from an index to the end of the text, or the smallest integer if there is none. */
    private static int offsetSeconds(final String text, final int index) {
        final int length = text.length() - index;
        final char sign = text.charAt(index);
        if (length == 1 && sign == 'Z') {
            return 0;
        }
        if (length != 6 || sign != '+' && sign != '-' || text.charAt(index + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        final int hours = digits(text, index + 1);
        final int minutes = digits(text, index + 4);
        if ((hours | minutes) < 0 || hours > MAX_OFFSET_HOURS || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        final int seconds = (hours * 60 + minutes) * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** Returns the number of two digits, or a number below 0 if they are not digits. */
    private static int digits(final String text, final int index) {
        final int tens = text.charAt(index) - '0';
        final int ones = text.charAt(index + 1) - '0';
        return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : tens * 10 + ones;
    }
}
