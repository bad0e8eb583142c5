package io.tollgate.core.store.chain;

import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.StoreFile;
import java.util.List;
import net.openhft.chronicle.algo.bytes.Access;
import net.openhft.chronicle.algo.locks.VanillaReadWriteUpdateWithWaitsLockingStrategy;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;

/**
 * One Chronicle Map of a {@link MapChain}, with its number table and its fill.
 *
 * <p>One thread appends; any thread reads the count, the words and the addresses. Entries are never removed, because
 * Chronicle Map would give their address to another entry. The count and the words are those of names, or of areas; an
 * entry of Chronicle Map has several areas.
 *
 * @param <K> the type of the keys
 */
final class RecordMap<K> implements AutoCloseable {
    private final Backing backing;
    private final int index;
    private final VanillaChronicleMap<K, MemoryValue, ?> map;
    private final NumberTable numbers;
    private final long address;
    private final long length;
    private final long entriesOffset;
    private final PagePrefault touch;

    /** The used chunks of an opened map. Until more are used, no library is loaded to advise the operating system. */
    private final long openedChunks;

    private boolean arePagesSingle;
    private volatile long usedChunks;

    private RecordMap(
            final Backing backing,
            final int index,
            final VanillaChronicleMap<K, MemoryValue, ?> map,
            final NumberTable numbers) {
        this.backing = backing;
        this.index = index;
        this.map = map;
        this.numbers = numbers;
        this.address = map.bsAddress();
        this.length = map.sizeInBytesWithoutTiers();
        this.entriesOffset = freeListOffset(map) + map.tierFreeListOuterSize + map.tierEntrySpaceInnerOffset;
        this.touch = new PagePrefault(address, length);
        this.openedChunks = usedChunks(map);
        this.usedChunks = openedChunks;
    }

    /**
     * Opens or makes a map and its table.
     *
     * @param <K> the type of the keys
     * @param backing of the map and its table
     * @param shape what the entries look like
     * @param index the index of the map in its chain, from 0
     * @param entries the number of entries that the map must hold
     * @return the map
     * @throws IllegalStateException if the map was made with other settings
     * @throws java.io.UncheckedIOException if a file cannot be opened or made; no new file is left behind
     */
    static <K> RecordMap<K> open(final Backing backing, final MapShape<K> shape, final int index, final long entries) {
        final boolean existing = backing.exists(index);
        try {
            return withMap(backing, shape, index, entries, existing);
        } catch (final RuntimeException | Error e) {
            if (!existing) {
                discard(backing, index, e);
            }
            throw e;
        }
    }

    private static void discard(final Backing backing, final int index, final Throwable cause) {
        try {
            backing.discard(index);
        } catch (final RuntimeException | Error e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
    }

    private static <K> RecordMap<K> withMap(
            final Backing backing,
            final MapShape<K> shape,
            final int index,
            final long entries,
            final boolean existing) {
        final VanillaChronicleMap<K, MemoryValue, ?> map =
                existing ? backing.reopen(index, shape, entries) : backing.make(index, shape.builder(entries));
        try {
            clearLock(map);
            final NumberTable numbers =
                    backing.openNumbers(index, entries, shape.valueLength(), map.sizeInBytesWithoutTiers());
            return withNumbers(backing, index, map, numbers, existing);
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, map);
            throw e;
        }
    }

    private static <K> RecordMap<K> withNumbers(
            final Backing backing,
            final int index,
            final VanillaChronicleMap<K, MemoryValue, ?> map,
            final NumberTable numbers,
            final boolean existing) {
        try {
            if (!existing) {
                backing.commit(index);
            }
            final RecordMap<K> made = new RecordMap<>(backing, index, map, numbers);
            if (!existing) {
                made.givePagesSingly();
            }
            return made;
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, numbers);
            throw e;
        }
    }

    /**
     * Frees the lock of the only segment. A call that ended inside Chronicle, by a StackOverflowError say, may have
     * left it held. Every later put would wait 60 s for it and fail.
     */
    private static void clearLock(final VanillaChronicleMap<?, ?, ?> map) {
        VanillaReadWriteUpdateWithWaitsLockingStrategy.instance()
                .reset(Access.nativeAccess(), null, map.segmentHeaderAddress(0));
    }

    /**
     * Counts the chunks in use by the bits of the only tier, at the end of the map:
     *
     * <pre>
     *  hash table | counters | chunks in use, a bit each | chunks
     * </pre>
     */
    private static long usedChunks(final VanillaChronicleMap<?, ?, ?> map) {
        final long bits = map.bsAddress() + freeListOffset(map);
        long count = 0;
        for (long offset = 0; offset < map.tierFreeListInnerSize; offset += Long.BYTES) {
            count += Long.bitCount(UnsafeApi.getLong(bits + offset));
        }
        return count;
    }

    private static long freeListOffset(final VanillaChronicleMap<?, ?, ?> map) {
        return map.sizeInBytesWithoutTiers()
                - map.tierSize
                + map.tierHashLookupOuterSize
                + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE;
    }

    /**
     * Returns the map itself.
     *
     * @return the map
     */
    VanillaChronicleMap<K, MemoryValue, ?> map() {
        return map;
    }

    /**
     * Returns how many entries the map holds at most.
     *
     * @return the capacity
     */
    long capacity() {
        return numbers.capacity();
    }

    /**
     * Returns how many entries are complete.
     *
     * @return the count
     */
    long count() {
        return numbers.count();
    }

    /**
     * Returns the number of the first entry.
     *
     * @return the number; without meaning while the count is 0
     */
    long firstNumber() {
        return numbers.firstNumber();
    }

    /**
     * Returns the word of an entry.
     *
     * @param index the place of the entry in this map, from 0 to below the count
     * @return the word
     */
    long word(final long index) {
        return numbers.word(index);
    }

    /**
     * Returns the address of the map.
     *
     * @return the absolute address of its first byte
     */
    long address() {
        return address;
    }

    /**
     * Returns true if the map has space for an entry.
     *
     * @param chunks the number of chunks that it takes
     * @return false if the map is full
     */
    boolean hasSpace(final int chunks) {
        return numbers.count() < numbers.capacity() && usedChunks + chunks <= map.actualChunksPerSegmentTier;
    }

    /**
     * Returns the used share of the map: that of its words or of its chunks, whichever is more.
     *
     * @return 0 to 1
     */
    double fill() {
        return Math.max(
                (double) numbers.count() / numbers.capacity(),
                (double) (usedChunks - 1) / map.actualChunksPerSegmentTier);
    }

    /**
     * Takes note of what is complete: an entry, or a part of one. For the thread that appends.
     *
     * @param number the number of it
     * @param word where it lies
     * @param chunks how many chunks it takes, none where those of the entry are counted already
     */
    void append(final long number, final long word, final int chunks) {
        usedChunks += chunks;
        numbers.append(number, word);
    }

    /** Says that entries go to the next map from now on. For the thread that appends, before the first of them. */
    void continueInNext() {
        numbers.continueInNext();
    }

    /**
     * Returns how much memory or disk the map and its table take.
     *
     * @return the length in bytes
     */
    long bytes() {
        return length + numbers.length();
    }

    /**
     * Writes the map, then its table, to the disk, where they are files.
     */
    void force() {
        backing.force(index);
        numbers.force();
    }

    private long usedLength() {
        return entriesOffset + usedChunks * map.chunkSize;
    }

    /**
     * Has memory given to the next entries before they are made, once one was made since the map was opened. One thread
     * at a time, beside the one that appends.
     *
     * @return whether there was something to do
     */
    boolean prefault() {
        if (!arePagesSingle) {
            if (usedChunks == openedChunks) {
                return false;
            }
            givePagesSingly();
        }
        return touch.ahead(usedLength());
    }

    private void givePagesSingly() {
        arePagesSingle = true;
        backing.givePagesSingly(address, length);
    }

    /**
     * Tells of the two files.
     *
     * @param files to add to
     * @param name the names of the files without their ends
     */
    void addFilesTo(final List<StoreFile> files, final String name) {
        files.add(new StoreFile(name + ChainFiles.MAP_SUFFIX, length, usedLength(), new int[0]));
        files.add(new StoreFile(name + ChainFiles.NUMBERS_SUFFIX, numbers.length(), numbers.usedLength(), new int[0]));
    }

    @Override
    public void close() {
        try {
            numbers.close();
        } finally {
            map.close();
        }
    }
}
