package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Entries with a name of 1 to 128 bytes as key and a number as value.
 *
 * <pre>
 *   length of the name (1 byte, or 2 for 128) | name | up to a multiple of 8 | number (8 bytes)
 * </pre>
 *
 * <p>An entry takes as many chunks of 16 bytes as it needs; a map has four for each of its entries, which is what a
 * name of 55 bytes takes. Longer names on average make a map full before it has all its entries.
 */
public final class NameShape implements MapShape<byte[]> {
    /** The most bytes a name has. */
    static final int MAX_NAME_LENGTH = 128;

    private static final int CHUNK_LENGTH = 16;
    private static final int CHUNKS_PER_ENTRY = 4;
    private static final int ONE_BYTE_LENGTHS = 128;

    @Override
    public int valueLength() {
        return Long.BYTES;
    }

    @Override
    public ChronicleMapBuilder<byte[], MemoryValue> builder(final long entries) {
        return MapShape.builder(byte[].class, valueLength(), entries)
                .actualChunkSize(CHUNK_LENGTH)
                .actualChunksPerSegmentTier(Math.max(entries * CHUNKS_PER_ENTRY, chunks(MAX_NAME_LENGTH)))
                .maxChunksPerEntry(chunks(MAX_NAME_LENGTH));
    }

    /**
     * Returns how many chunks an entry takes.
     *
     * @param nameLength the length of its name in bytes, 1 to 128
     * @return the chunks
     */
    static int chunks(final int nameLength) {
        final int keyLength = nameLength + (nameLength < ONE_BYTE_LENGTHS ? 1 : 2);
        final int entryLength = ((keyLength + Long.BYTES - 1) & -Long.BYTES) + Long.BYTES;
        return (entryLength + CHUNK_LENGTH - 1) / CHUNK_LENGTH;
    }
}
