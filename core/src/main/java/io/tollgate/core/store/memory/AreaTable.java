package io.tollgate.core.store.memory;

/**
 * The addresses of areas of one length by dense numbers. An entry holds a power of two of areas, one after the other.
 * Each entry has one word on the heap: its address, a multiple of 64, with the number of its areas less one in the six
 * lowest bits. A table is therefore short enough to stay in the caches of a processor.
 *
 * <p>One thread at a time adds areas. One thread at a time covers more, or clears. Any thread may get an address. It
 * finds the address if the number reached it by a release and an acquire after the area was added; otherwise it may get
 * 0. No area ever moves.
 */
public final class AreaTable implements NumberedLongs {
    /** The alignment of entries in bytes, and the most areas an entry can hold. */
    public static final int ALIGNMENT = 64;

    private static final long LAST_MASK = ALIGNMENT - 1;

    private final LongPages words = new LongPages();
    private final int length;
    private final int shift;
    private final long mask;
    private volatile long covered;

    /**
     * A table without areas.
     *
     * @param length        of each area in bytes.
     * @param areasPerEntry a power of two, up to {@value #ALIGNMENT}.
     */
    public AreaTable(final int length, final int areasPerEntry) {
        this.length = length;
        shift = Integer.numberOfTrailingZeros(areasPerEntry);
        mask = areasPerEntry - 1;
    }

    /**
     * The address of an area.
     *
     * @param number any number.
     * @return its address, 0 if there is no such area.
     */
    @Override
    public long get(final long number) {
        final long word = words.get(number >>> shift);
        final long index = number & mask;
        return word == 0 || index > (word & LAST_MASK) ? 0 : (word & ~LAST_MASK) + index * length;
    }

    /**
     * Returns true if an area is the first of an entry.
     *
     * @param number any number.
     * @return false if it lies in the entry of the area before it.
     */
    public boolean isFirst(final long number) {
        return (number & mask) == 0;
    }

    /**
     * Adds the first area of an entry.
     *
     * @param number  of the area, covered.
     * @param address of the entry, a multiple of {@value #ALIGNMENT}; 0 if its areas cannot be reached.
     */
    public void addFirst(final long number, final long address) {
        words.set(number >>> shift, address);
    }

    /**
     * Adds an area to the entry of the area before it.
     *
     * @param number of the area, not the first of an entry.
     */
    public void addNext(final long number) {
        final long entry = number >>> shift;
        final long word = words.get(entry);
        words.set(entry, word == 0 ? 0 : word & ~LAST_MASK | number & mask);
    }

    @Override
    public synchronized void cover(final long areas) {
        if (areas > covered) {
            words.cover(areas + mask >>> shift);
            covered = areas;
        }
    }

    /**
     * How many areas there is room for.
     *
     * @return the count.
     */
    public long covered() {
        return covered;
    }

    @Override
    public synchronized void clear() {
        words.clear();
        covered = 0;
    }
}
