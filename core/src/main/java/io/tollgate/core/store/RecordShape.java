package io.tollgate.core.store;

import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries with a number as key and areas of constant length, one behind the other, as value: one chunk each. To put an
 * entry takes longer than to fill an area, so an entry has as many as {@value #MAX_ENTRY_LENGTH} bytes hold.
 *
 * @param valueLength the length of each area in bytes, a multiple of 8 above 0
 */
record RecordShape(int valueLength) implements MapShape<LongKey> {
    /** The most bytes in an entry of more than one area. */
    private static final int MAX_ENTRY_LENGTH = 1 << 14;

    RecordShape {
        if (valueLength <= 0 || valueLength % Long.BYTES != 0) {
            throw new IllegalArgumentException("valueLength=" + valueLength + ", expected a multiple of 8 above 0");
        }
    }

    /**
     * Returns how many areas an entry has.
     *
     * @return a power of two
     */
    int areasPerEntry() {
        return Math.max(1, Integer.highestOneBit(MAX_ENTRY_LENGTH / valueLength));
    }

    /**
     * Returns the length of all areas of an entry.
     *
     * @return the length in bytes
     */
    int entryLength() {
        return valueLength * areasPerEntry();
    }

    @Override
    public ChronicleMapBuilder<LongKey, MemoryValue> builder(final long areas) {
        final long entries = (areas + areasPerEntry() - 1) / areasPerEntry();
        return MapShape.builder(LongKey.class, entryLength(), entries)
                .keyReaderAndDataAccess(new LongKeyReader(), new LongKeyAccess())
                .constantKeySizeBySample(new LongKey());
    }
}
