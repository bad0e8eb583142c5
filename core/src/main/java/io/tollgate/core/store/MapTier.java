package io.tollgate.core.store;

import net.openhft.chronicle.hash.impl.CompactOffHeapLinearHashTable;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.UnsafeApi;

/**
 * Where the entries of a map lie, which is its only tier: a table by hashes of keys, counters, and which chunks are
 * free. Chronicle Map goes wherever these lead it, so they are looked through before a map is used.
 *
 * <pre>
 *  header of the segment:  lock (8) | entries (4) | lowest free chunk (4) | next tier (8) | deleted (4)
 *  tier:  hash table | next tier (8), previous (8), lowest free chunk (8), segment (4), tier (4), ... | chunks in use,
 *         a bit each | chunks
 * </pre>
 */
final class MapTier {
    private static final int ENTRIES_OFFSET = 8;
    private static final int LOWEST_FREE_CHUNK_OFFSET = 12;
    private static final int NEXT_TIER_OFFSET = 16;
    private static final int TIER_LOWEST_FREE_CHUNK_OFFSET = 16;
    private static final int TIER_PLACE_OFFSET = 24;

    /** A word of the chunks in use has 1 << 6 bits, and 1 << 3 bytes. */
    private static final int BITS_OF_WORD = 6;

    private static final int BYTES_OF_WORD = 3;

    private final String name;
    private final VanillaChronicleMap<?, ?, ?> map;
    private final long address;
    private final long chunksOffset;
    private final long segment;
    private final long table;
    private final long counters;
    private final long bits;

    /**
     * The tier of a map.
     *
     * @param name what errors call the map
     * @param map the map, used by nobody yet; where it is not opened, one like it
     * @param address where it begins: all of it but the values is there to be read
     */
    MapTier(final String name, final VanillaChronicleMap<?, ?, ?> map, final long address) {
        this.name = name;
        this.map = map;
        this.address = address;
        this.chunksOffset = chunksOffset(map);
        this.segment = address + MapDescription.segmentOffset(map);
        this.table = address + tierOffset(map);
        this.counters = table + map.tierHashLookupOuterSize;
        this.bits = counters + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE;
    }

    /**
     * Refuses a map in which a search or a put would not end, or would leave the map.
     *
     * @param shape what its entries look like
     * @throws UnlikeMapException if there is something that no map of ours has
     */
    void check(final MapShape<?> shape) {
        checkCounters();
        checkEntries(shape);
    }

    /**
     * Returns where the chunk begins that a place lies in.
     *
     * @param offset any number, as an offset in the map in bytes
     * @return the offset of the chunk in bytes, 0 where there is none, or it is not in use
     */
    long chunkOffset(final long offset) {
        final long chunk = (offset - chunksOffset) / map.chunkSize;
        final boolean isThere = offset >= chunksOffset && chunk < map.actualChunksPerSegmentTier;
        return isThere && isUsed(chunk) ? chunksOffset + chunk * map.chunkSize : 0;
    }

    private boolean isUsed(final long chunk) {
        return (UnsafeApi.getLong(bits + (chunk >> BITS_OF_WORD << BYTES_OF_WORD)) >>> chunk & 1) != 0;
    }

    /** Returns where the first chunk lies, as an offset in the map in bytes. */
    static long chunksOffset(final VanillaChronicleMap<?, ?, ?> map) {
        return tierOffset(map)
                + map.tierHashLookupOuterSize
                + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE
                + map.tierFreeListOuterSize
                + map.tierEntrySpaceInnerOffset;
    }

    /** Returns the length of the map in bytes. */
    long mapLength() {
        return map.sizeInBytesWithoutTiers();
    }

    /** Returns how many chunks of an opened map are in use. */
    static long usedChunks(final VanillaChronicleMap<?, ?, ?> map) {
        return new MapTier("", map, map.bsAddress()).usedChunks();
    }

    /** Where the only tier lies: a map ends with it. */
    private static long tierOffset(final VanillaChronicleMap<?, ?, ?> map) {
        return map.sizeInBytesWithoutTiers() - map.tierSize;
    }

    private long usedChunks() {
        long count = 0;
        for (long offset = 0; offset < map.tierFreeListInnerSize; offset += Long.BYTES) {
            count += Long.bitCount(UnsafeApi.getLong(bits + offset));
        }
        return count;
    }

    private void checkCounters() {
        final long chunks = map.actualChunksPerSegmentTier;
        require("nextTier", UnsafeApi.getLong(segment + NEXT_TIER_OFFSET), 0, 0);
        require("lowestFreeChunk", UnsafeApi.getInt(segment + LOWEST_FREE_CHUNK_OFFSET), 0, chunks);
        require("tier.nextTier", UnsafeApi.getLong(counters), 0, 0);
        require("tier.previousTier", UnsafeApi.getLong(counters + Long.BYTES), 0, 0);
        require("tier.lowestFreeChunk", UnsafeApi.getLong(counters + TIER_LOWEST_FREE_CHUNK_OFFSET), 0, chunks);
        require("tier.place", UnsafeApi.getLong(counters + TIER_PLACE_OFFSET), 0, 0);
        require("usedChunks", usedChunks(), 0, chunks);
    }

    private void checkEntries(final MapShape<?> shape) {
        final CompactOffHeapLinearHashTable slots = map.hashLookup;
        final long chunks = map.actualChunksPerSegmentTier;
        final long tableLength = map.tierHashLookupCapacity * map.tierHashLookupSlotSize;
        final long[] starts = new long[(int) (chunks >> BITS_OF_WORD) + 1];
        long count = 0;
        for (long offset = 0; offset < tableLength; offset += map.tierHashLookupSlotSize) {
            final long slot = slots.readEntry(table, offset);
            if (!slots.empty(slot)) {
                final long chunk = slots.value(slot);
                require("chunk", chunk, 0, chunks - 1);
                starts[(int) (chunk >> BITS_OF_WORD)] |= 1L << chunk;
                count++;
            }
        }
        checkLengths(shape, starts);
        require("entries", count, 0, map.maxEntriesPerHashLookup);
        require("segment.entries", UnsafeApi.getInt(segment + ENTRIES_OFFSET), count, count);
    }

    /** In the order in which they lie, which is not that of the table: so what they take is read as it comes. */
    private void checkLengths(final MapShape<?> shape, final long[] starts) {
        final long chunks = map.actualChunksPerSegmentTier;
        final long chunksAddress = address + chunksOffset;
        for (int word = 0; word < starts.length; word++) {
            for (long rest = starts[word]; rest != 0; rest &= rest - 1) {
                final long chunk = ((long) word << BITS_OF_WORD) + Long.numberOfTrailingZeros(rest);
                require("entryChunks", shape.chunksAt(chunksAddress + chunk * map.chunkSize), 1, chunks - chunk);
            }
        }
    }

    private void require(final String field, final long found, final long from, final long to) {
        if (found < from || found > to) {
            throw new UnlikeMapException(
                    "map=" + name, 0, field + '=' + found, from == to ? "" + to : from + ".." + to, "restore it");
        }
    }
}
