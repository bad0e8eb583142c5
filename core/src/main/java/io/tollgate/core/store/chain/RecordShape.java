package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.LongKeyAccess;
import io.tollgate.core.store.chronicle.LongKeyReader;
import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries with a number as key and areas of constant length, one behind the other, as value: one chunk each. To put an
 * entry takes longer than to fill an area, so an entry has as many as {@value #MAX_AREAS_LENGTH} bytes hold. It has
 * room to begin the first of them at a cache line.
 *
 * @param valueLength the length of each area in bytes, a multiple of 8 above 0
 */
public record RecordShape(int valueLength) implements MapShape<LongKey> {
    /** What addresses of areas are multiples of, where lengths are: a cache line. */
    public static final int ALIGNMENT = 64;

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
        return Math.max(1, Integer.highestOneBit(MAX_AREAS_LENGTH / valueLength));
    }

    /**
     * Returns the length of the value of an entry: all of its areas, and what may have to lie before the first.
     *
     * @return the length in bytes
     */
    int entryLength() {
        return valueLength * areasPerEntry() + ALIGNMENT - Long.BYTES;
    }

    @Override
    public ChronicleMapBuilder<LongKey, MemoryValue> builder(final long areas) {
        final long entries = (areas + areasPerEntry() - 1) / areasPerEntry();
        return MapShape.builder(LongKey.class, entryLength(), entries)
                .keyReaderAndDataAccess(new LongKeyReader(), new LongKeyAccess())
                .constantKeySizeBySample(new LongKey());
    }
}
