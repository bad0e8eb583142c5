package io.tollgate.data.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Formats numbers and instants as ASCII into a buffer in front of a stream. One thread at a time. */
final class ByteOutput implements Closeable {
    private static final int LENGTH = 1 << 16;
    /** No number, instant or separator is longer. */
    private static final int MAX_VALUE_LENGTH = 64;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int DATE_LENGTH = 10;
    private static final int FRACTION_DIGITS = 9;

    private final OutputStream stream;
    private final byte[] buffer = new byte[LENGTH];
    private final byte[] digits = new byte[20];
    private final byte[] date = new byte[DATE_LENGTH];
    private long dateOfDay = Long.MIN_VALUE;
    private int length;

    ByteOutput(final OutputStream stream) {
        this.stream = stream;
    }

    /** Writes the buffered bytes if the next number, instant or separator might not fit. */
    void reserve() throws IOException {
        if (length > LENGTH - MAX_VALUE_LENGTH) {
            flush();
        }
    }

    private void flush() throws IOException {
        stream.write(buffer, 0, length);
        length = 0;
    }

    /** Appends one byte; space was reserved. */
    void put(final char ascii) {
        buffer[length++] = (byte) ascii;
    }

    void bytes(final byte[] bytes) throws IOException {
        if (bytes.length > LENGTH - length - MAX_VALUE_LENGTH) {
            flush();
            if (bytes.length > LENGTH - MAX_VALUE_LENGTH) {
                stream.write(bytes);
                return;
            }
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    void ascii(final String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends an integer; space was reserved. */
    void integer(final long value) {
        decimal(value, 0);
    }

    /** Appends a plain decimal without trailing zeros after the point; space was reserved. */
    void decimal(final long scaled, final int scale) {
        int count = 0;
        // The smallest long has no positive counterpart.
        long rest = scaled > 0 ? -scaled : scaled;
        if (scaled < 0) {
            put('-');
        }
        while (rest != 0) {
            digits[count++] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        while (count <= scale) {
            digits[count++] = '0';
        }
        int last = 0;
        while (last < scale && digits[last] == '0') {
            last++;
        }
        for (int i = count - 1; i >= last; i--) {
            buffer[length++] = digits[i];
            if (i == scale && last < scale) {
                put('.');
            }
        }
    }

    /** Appends an instant in UTC, with seconds, and without trailing zeros of the fraction; space was reserved. */
    void instant(final long instantNs) {
        final long seconds = Math.floorDiv(instantNs, NANOS_PER_SECOND);
        final long day = Math.floorDiv(seconds, (long) SECONDS_PER_DAY);
        if (day != dateOfDay) {
            formatDate(day);
        }
        System.arraycopy(date, 0, buffer, length, DATE_LENGTH);
        length += DATE_LENGTH;
        final int second = (int) (seconds - day * SECONDS_PER_DAY);
        put('T');
        two(second / 3_600);
        put(':');
        two(second / 60 % 60);
        put(':');
        two(second % 60);
        final int nanos = (int) (instantNs - seconds * NANOS_PER_SECOND);
        if (nanos != 0) {
            fraction(nanos);
        }
        put('Z');
    }

    private void fraction(final int nanos) {
        put('.');
        int rest = nanos;
        int count = FRACTION_DIGITS;
        while (rest % 10 == 0) {
            rest /= 10;
            count--;
        }
        for (int i = count - 1; i >= 0; i--) {
            buffer[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void two(final int value) {
        buffer[length++] = (byte) ('0' + value / 10);
        buffer[length++] = (byte) ('0' + value % 10);
    }

    /** Consecutive rows are often of the same day. */
    private void formatDate(final long day) {
        final byte[] text = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, date, 0, DATE_LENGTH);
        dateOfDay = day;
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            flush();
        }
    }
}
