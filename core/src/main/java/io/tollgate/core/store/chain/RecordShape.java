package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.LongKeyAccess;
import io.tollgate.core.store.chronicle.LongKeyReader;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.AreaTable;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries of one chunk, with a number as key and consecutive areas of constant length as value. To put an entry takes
 * longer than to fill an area. So an entry has as many areas as fit in {@value #MAX_AREAS_LENGTH} bytes, up to
 * {@value AreaTable#ALIGNMENT}. It has room to align the first area to a cache line.
 *
 * @param valueLength the length of each area in bytes, a multiple of 8 above 0
 */
public record RecordShape(int valueLength) implements MapShape<LongKey> {
    /** The most bytes of areas in an entry of more than one. */
    private static final int MAX_AREAS_LENGTH = 1 << 16;

    public RecordShape {
        if (valueLength <= 0 || valueLength % Long.BYTES != 0) {
            throw new IllegalArgumentException("valueLength=" + valueLength + ", expected a multiple of 8 above 0");
        }
    }

    /**
     * Returns the number of areas in an entry.
     *
     * @return a power of two
     */
    public int areasPerEntry() {
        return Math.max(1, Math.min(AreaTable.ALIGNMENT, Integer.highestOneBit(MAX_AREAS_LENGTH / valueLength)));
    }

    /**
     * Rounds a number of areas up to whole entries. A map has such a capacity, so that no entry has numbers of two
     * maps.
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
     * Returns the length of the value of an entry: all of its areas, and the padding before the first one.
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
