package io.tollgate.core.store.memory;

/**
 * A table from dense numbers to addresses of areas. All areas have the same length. An entry holds up to a fixed number
 * of contiguous areas, which is a power of two. Each entry has one word on the heap. The word is the address of the
 * entry, a multiple of 64. Its six lowest bits hold the number of areas in the entry minus one. A table is therefore
 * small enough to stay in the caches of a processor.
 *
 * <p>Only one thread at a time may add areas. Only one thread at a time may cover more numbers or clear the table. Any
 * thread may get an address. A reader sees the address if the writer added the area before a release that the reader
 * acquired with the number. Otherwise it may get 0. An area never moves.
 */
public final class AreaTable implements NumberedLongs {
    /** The alignment of entries in bytes, and the maximum number of areas in an entry. */
    public static final int ALIGNMENT = 64;

    private static final long LAST_MASK = ALIGNMENT - 1;

    private final LongTable words = new LongTable();
    private final long length;
    private final int shift;
    private final long mask;
    private volatile long covered;

    /**
     * Creates a table without areas.
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
     * Returns the address of an area.
     *
     * @param number any number.
     * @return its address; 0 if there is no such area.
     */
    @Override
    public long get(final long number) {
        final long word = words.get(number >>> shift); // 0 if there is no such entry; the address is then 0 too.
        final long index = number & mask;
        return index > (word & LAST_MASK) ? 0 : (word & ~LAST_MASK) + index * length;
    }

    /**
     * Returns true if an area is the first of an entry.
     *
     * @param number any number.
     * @return false if the area is in the same entry as the area before it.
     */
    public boolean isFirst(final long number) {
        return (number & mask) == 0;
    }

    /**
     * Adds the first area of an entry.
     *
     * @param number  of the area, which must be covered.
     * @param address of the entry, a multiple of {@value #ALIGNMENT}; 0 if the areas of the entry have no valid
     *     address.
     */
    public void addFirst(final long number, final long address) {
        words.set(number >>> shift, address);
    }

    /**
     * Adds an area to the entry of the area before it.
     *
     * @param number of the area, which must not be the first of an entry.
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
     * Returns the number of areas that the table has space for.
     *
     * @return the number of areas.
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
