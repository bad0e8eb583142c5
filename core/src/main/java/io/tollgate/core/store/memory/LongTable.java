package io.tollgate.core.store.memory;

import java.util.Arrays;

/**
 * A table from dense numbers to longs, in one array on the heap. It takes eight bytes a number.
 *
 * <p>Any thread may get, set, cover more numbers, or clear the table; a lock serialises all calls that change it. The
 * table must cover a number before the number is set, so setting does not allocate. A reader sees a long if the writer
 * set it before a release that the reader acquired with the number. Otherwise it may see 0.
 */
public final class LongTable implements NumberedLongs {
    private static final int MIN_LENGTH = 16;
    private static final long[] EMPTY = new long[0];

    private volatile long[] longs = EMPTY;

    @Override
    public long get(final long number) {
        final long[] current = longs;
        final int index = (int) number;
        return index == number && index >= 0 && index < current.length ? current[index] : 0;
    }

    /**
     * Sets the long of a number.
     *
     * @param number a number, which must be covered
     * @param value the long
     */
    public synchronized void set(final long number, final long value) {
        longs[Math.toIntExact(number)] = value;
    }

    @Override
    public synchronized void cover(final long numbers) {
        final long[] current = longs;
        if (numbers > current.length) {
            longs = Arrays.copyOf(
                    current, Math.toIntExact(Math.max(numbers, Math.max(MIN_LENGTH, 2L * current.length))));
        }
    }

    @Override
    public synchronized void clear() {
        longs = EMPTY;
    }
}
