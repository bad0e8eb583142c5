package io.tollgate.data.text;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Parses decimals and instants as bytes. The usual forms take no intermediate text; all others are left to
 * {@link Decimals} and {@link Instants}, which also have the messages of refusals. One thread at a time.
 */
final class ValueText {
    /** The result for text of another form. */
    private static final long OTHER = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 18;
    private static final int MIN_LENGTH = "2025-05-14T04:01:00Z".length();
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MIN_YEAR = 1678;
    private static final int MAX_YEAR = 2261;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** Added to a byte above 9, it sets the high bit. */
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;

    /** Year, month and day of the last date: consecutive rows are often of the same day. */
    private int dateKey;

    private long secondsOfDate;

    /**
     * Parses a decimal.
     *
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException as {@link Decimals#parse}.
     */
    long scaled(final byte[] bytes, final int offset, final int length, final int scale) {
        final long plain = plainDecimal(bytes, offset, length, scale);
        return plain != OTHER ? plain : Decimals.parse(string(bytes, offset, length), scale, RoundingMode.UNNECESSARY);
    }

    private static long plainDecimal(final byte[] bytes, final int offset, final int length, final int scale) {
        final boolean isNegative = length > 0 && bytes[offset] == '-';
        final int end = offset + length;
        long value = 0;
        int digits = 0;
        int decimals = -1;
        for (int i = isNegative ? offset + 1 : offset; i < end; i++) {
            final int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
                decimals += decimals >= 0 ? 1 : 0;
            } else if (bytes[i] == '.' && decimals < 0 && digits > 0) {
                decimals = 0;
            } else {
                return OTHER;
            }
        }
        final int missing = scale - Math.max(decimals, 0);
        if (digits == 0 || decimals == 0 || missing < 0 || digits + missing > MAX_DIGITS) {
            return OTHER;
        }
        final long scaled = value * POWERS[missing];
        return isNegative ? -scaled : scaled;
    }

    /** Returns true if the text is an integer of at most 18 digits, which {@link #scaled} parses at scale 0. */
    static boolean isShortInteger(final byte[] bytes, final int offset, final int length) {
        final int first = length > 0 && bytes[offset] == '-' ? offset + 1 : offset;
        final int digits = offset + length - first;
        boolean isInteger = digits > 0 && digits <= MAX_DIGITS;
        for (int i = first; isInteger && i < offset + length; i++) {
            isInteger = bytes[i] >= '0' && bytes[i] <= '9';
        }
        return isInteger;
    }

    /**
     * Parses an instant.
     *
     * @return nanoseconds since 1970.
     * @throws IllegalArgumentException as {@link Instants#parse}.
     */
    long instantNs(final byte[] bytes, final int offset, final int length) {
        final long plain = plainInstant(bytes, offset, length);
        return plain != OTHER ? plain : Instants.parse(string(bytes, offset, length));
    }

    private long plainInstant(final byte[] bytes, final int offset, final int length) {
        if (length < MIN_LENGTH
                || bytes[offset + 4] != '-'
                || bytes[offset + 7] != '-'
                || bytes[offset + 10] != 'T'
                || bytes[offset + 13] != ':'
                || bytes[offset + 16] != ':'
                || bytes[offset + length - 1] != 'Z') {
            return OTHER;
        }
        final int date = date(bytes, offset);
        final int hour = two(bytes, offset + 11);
        final int minute = two(bytes, offset + 14);
        final int second = two(bytes, offset + 17);
        final long nanos = fraction(bytes, offset + MIN_LENGTH - 1, offset + length - 1);
        if ((date | hour | minute | second) < 0
                || nanos < 0
                || hour > 23
                || minute > 59
                || second > 59
                || !isDate(date)) {
            return OTHER;
        }
        return (secondsOfDate + (hour * 60L + minute) * 60 + second) * NANOS_PER_SECOND + nanos;
    }

    private static int date(final byte[] bytes, final int offset) {
        final int century = two(bytes, offset);
        final int year = two(bytes, offset + 2);
        final int month = two(bytes, offset + 5);
        final int day = two(bytes, offset + 8);
        return (century | year | month | day) < 0 ? -1 : ((century * 100 + year) * 100 + month) * 100 + day;
    }

    private boolean isDate(final int date) {
        if (date == dateKey) {
            return true;
        }
        final int year = date / 10_000;
        final int month = date / 100 % 100;
        final int day = date % 100;
        if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12) {
            return false;
        }
        final LocalDate first = LocalDate.of(year, month, 1);
        if (day < 1 || day > first.lengthOfMonth()) {
            return false;
        }
        dateKey = date;
        secondsOfDate = first.withDayOfMonth(day).toEpochDay() * SECONDS_PER_DAY;
        return true;
    }

    /** Returns the nanoseconds of a fraction with its point, 0 if it is absent, -1 for another form. */
    private static long fraction(final byte[] bytes, final int offset, final int end) {
        final int digits = end - offset - 1;
        if (digits < 0) {
            return 0;
        }
        if (digits == 0 || digits > MAX_FRACTION_DIGITS || bytes[offset] != '.') {
            return -1;
        }
        final boolean hasEight = digits >= Long.BYTES;
        long nanos = hasEight ? eight(bytes, offset + 1) : 0;
        if (nanos < 0) {
            return -1;
        }
        for (int i = offset + 1 + (hasEight ? Long.BYTES : 0); i < end; i++) {
            final int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = nanos * 10 + digit;
        }
        return nanos * POWERS[MAX_FRACTION_DIGITS - digits];
    }

    /** Parses eight digits at once, first to pairs, then to fours. Returns -1 if a byte is no digit. */
    private static int eight(final byte[] bytes, final int offset) {
        final long digits = (long) LONGS.get(bytes, offset) - ZEROS;
        if (((digits | digits + ABOVE_NINE) & HIGH_BITS) != 0) {
            return -1;
        }
        final long pairs = digits * 10 + (digits >>> 8) & 0x00FF_00FF_00FF_00FFL;
        final long fours = pairs * 100 + (pairs >>> 16) & 0x0000_FFFF_0000_FFFFL;
        return (int) (fours * 10_000 + (fours >>> 32));
    }

    private static int two(final byte[] bytes, final int offset) {
        final int tens = bytes[offset] - '0';
        final int ones = bytes[offset + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static String string(final byte[] bytes, final int offset, final int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
