package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.LongKeyAccess;
import io.tollgate.core.store.chronicle.LongKeyReader;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.AreaTable;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries with a number as key and areas of constant length, one behind the other, as value: one chunk each. To put an
 * entry takes longer than to fill an area, so an entry has as many as {@value #MAX_AREAS_LENGTH} bytes hold, up to
 * {@value AreaTable#ALIGNMENT}. It has room to begin the first of them at a cache line.
 *
 * @param valueLength the length of each area in bytes, a multiple of 8 above 0
 */
public record RecordShape(int valueLength) implements MapShape<LongKey> {
    /** The most bytes of areas in an entry of more than one. */
    private static final int MAX_AREAS_LENGTH = 1 << 14;

    public RecordShape {
        if (valueLength <= 0 || valueLength % Long.BYTES != 0) {
            throw new IllegalArgumentException("valueLength=" + valueLength + ", expected a multiple of 8 above 0");
        }
    }

    /**
     * Returns how many areas an entry has.
     *
     * @return a power of two
     */
    public int areasPerEntry() {
        return Math.max(1, Math.min(AreaTable.ALIGNMENT, Integer.highestOneBit(MAX_AREAS_LENGTH / valueLength)));
    }

    /**
     * Returns as many areas as fill the entries that some of them take: so much room a map has, so that no entry has
     * numbers of two maps.
     *
     * @param areas how many
     * @return a multiple of the areas of an entry
     */
    long wholeEntries(final long areas) {
        final int mask = areasPerEntry() - 1;
        return areas + mask & ~mask;
    }

    /**
     * Returns the length of all areas of an entry.
     *
     * @return the length in bytes
     */
    int areasLength() {
        return valueLength * areasPerEntry();
    }

    /**
     * Returns the length of the value of an entry: all of its areas, and what may have to lie before the first.
     *
     * @return the length in bytes
     */
    int entryLength() {
        return areasLength() + AreaTable.ALIGNMENT - Long.BYTES;
    }

    @Override
    public ChronicleMapBuilder<LongKey, MemoryValue> builder(final long areas) {
        return MapShape.builder(LongKey.class, entryLength(), wholeEntries(areas) / areasPerEntry())
                .keyReaderAndDataAccess(new LongKeyReader(), new LongKeyAccess())
                .constantKeySizeBySample(new LongKey());
    }
}
