package io.tollgate.data;

import java.util.Arrays;

/** The versions of one series, column by column. One thread at a time. */
final class SeriesVersions {
    private static final int INITIAL_LENGTH = 256;

    private long[] validTimes = new long[INITIAL_LENGTH];
    private long[] values = new long[INITIAL_LENGTH];
    private long[] knownAt = new long[INITIAL_LENGTH];
    private long[] knownUntil = new long[INITIAL_LENGTH];
    private long[] references = new long[INITIAL_LENGTH];
    private long[] rowNumbers = new long[INITIAL_LENGTH];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(
            final long validTimeNs,
            final long value,
            final long knownAtNs,
            final long knownUntilNs,
            final long reference,
            final long rowNumber) {
        if (count == values.length) {
            grow(count * 2);
        }
        validTimes[count] = validTimeNs;
        values[count] = value;
        knownAt[count] = knownAtNs;
        knownUntil[count] = knownUntilNs;
        references[count] = reference;
        rowNumbers[count++] = rowNumber;
    }

    private void grow(final int length) {
        validTimes = Arrays.copyOf(validTimes, length);
        values = Arrays.copyOf(values, length);
        knownAt = Arrays.copyOf(knownAt, length);
        knownUntil = Arrays.copyOf(knownUntil, length);
        references = Arrays.copyOf(references, length);
        rowNumbers = Arrays.copyOf(rowNumbers, length);
    }

    long validTimeNs(final int version) {
        return validTimes[version];
    }

    long value(final int version) {
        return values[version];
    }

    long knownAtNs(final int version) {
        return knownAt[version];
    }

    long knownUntilNs(final int version) {
        return knownUntil[version];
    }

    long reference(final int version) {
        return references[version];
    }

    long rowNumber(final int version) {
        return rowNumbers[version];
    }
}
