package io.tollgate.core.store.memory;

/**
 * Longs by dense numbers, in pages on the heap: eight bytes a number, none of which ever moves.
 *
 * <p>One thread at a time sets longs. Any thread may cover more numbers or clear, one at a time; any thread gets. The
 * page of a number exists before the number is set, so setting does not allocate. A reader sees the long of a number if
 * the number reached its thread by a release and an acquire after the long was set; otherwise it may see 0.
 */
public final class LongPages implements NumberedLongs {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_LENGTH = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_LENGTH - 1;
    private static final long[][] EMPTY = new long[0][];

    private volatile long[][] pages = EMPTY;

    @Override
    public long get(final long number) {
        final long[][] current = pages;
        final long page = number >>> PAGE_BITS;
        return page < current.length ? current[(int) page][(int) number & PAGE_MASK] : 0;
    }

    /**
     * Sets the long of a number.
     *
     * @param number a number that is covered
     * @param value the long
     */
    public void set(final long number, final long value) {
        pages[(int) (number >>> PAGE_BITS)][(int) number & PAGE_MASK] = value;
    }

    @Override
    public synchronized void cover(final long numbers) {
        final long[][] current = pages;
        final int length = Math.toIntExact((numbers + PAGE_MASK) >>> PAGE_BITS);
        if (length > current.length) {
            final long[][] longer = new long[length][];
            System.arraycopy(current, 0, longer, 0, current.length);
            for (int i = current.length; i < length; i++) {
                longer[i] = new long[PAGE_LENGTH];
            }
            pages = longer;
        }
    }

    @Override
    public synchronized void clear() {
        pages = EMPTY;
    }
}
