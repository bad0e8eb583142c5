package io.tollgate.core.store;

import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries with a number as key and a record of constant length as value: one chunk each.
 *
 * @param valueLength the length of each record in bytes, a multiple of 8 above 0
 */
record RecordShape(int valueLength) implements MapShape<LongKey> {
    RecordShape {
        if (valueLength <= 0 || valueLength % Long.BYTES != 0) {
            throw new IllegalArgumentException("valueLength=" + valueLength + ", expected a multiple of 8 above 0");
        }
    }

    @Override
    public ChronicleMapBuilder<LongKey, MemoryValue> builder(final long entries) {
        return MapShape.builder(LongKey.class, valueLength, entries)
                .keyReaderAndDataAccess(new LongKeyReader(), new LongKeyAccess())
                .constantKeySizeBySample(new LongKey());
    }
}
