package io.tollgate.core.store.memory;

/**
 * A table from dense numbers to longs, in pages on the heap. It takes eight bytes a number. A page is never copied.
 *
 * <p>Only one thread at a time may set longs. Any thread may cover more numbers or clear the table; a lock serialises
 * these calls. Any thread may get. The page of a number must exist before the number is set, so setting does not
 * allocate. A reader sees a long if the writer set it before a release that the reader acquired with the number.
 * Otherwise it may see 0.
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
     * @param number a number, which must be covered
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
