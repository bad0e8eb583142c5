package io.tollgate.core.store.chain;

import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.event.MapGrowthEvent;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.memory.StoreFile;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * Maps that are filled one after the other, because a Chronicle Map does not grow: the k-th has room for
 * {@code firstMapEntries << k} entries, but at most for {@value #MAX_MAP_ENTRIES}.
 *
 * <p>An entry is here what has a number: a name, or an area, of which an entry of Chronicle Map itself has several.
 *
 * <p>One thread appends; another may prepare the next map at the same time. Any thread reads.
 *
 * @param <K> the type of the keys
 */
public class MapChain<K> implements AutoCloseable {
    /** The most entries a map has room for. */
    public static final long MAX_MAP_ENTRIES = 1 << 20;

    private static final double GROWTH_FILL = 0.7;

    private final Backing backing;
    private final MapShape<K> shape;
    private final long firstMapEntries;
    private final Object growth = new Object();
    private volatile List<RecordMap<K>> maps = List.of();
    private volatile int active;
    private volatile long stalls;
    private volatile long capacity;
    private volatile boolean closed;

    /**
     * Opens the maps there are, or makes the first.
     *
     * @param backing where they lie
     * @param shape what the entries look like
     * @param firstMapEntries how many entries the first map has room for, 1 to 2^20
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if what is there was made with other settings
     * @throws java.io.UncheckedIOException if a file cannot be opened or made
     */
    MapChain(final Backing backing, final MapShape<K> shape, final long firstMapEntries) {
        JvmAccess.requireOpen();
        if (firstMapEntries < 1 || firstMapEntries > MAX_MAP_ENTRIES) {
            throw new IllegalArgumentException(
                    "firstMapEntries=" + firstMapEntries + ", expected 1.." + MAX_MAP_ENTRIES);
        }
        if (backing.name().isEmpty() || backing.name().contains("/")) {
            throw new IllegalArgumentException("name=" + backing.name() + ", expected the beginning of a file name");
        }
        this.backing = backing;
        this.shape = shape;
        this.firstMapEntries = firstMapEntries;
        try {
            while (maps.isEmpty() || backing.exists(maps.size())) {
                openNext();
            }
            active = lastInUse();
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, this::closeMaps);
            throw e;
        }
    }

    private int lastInUse() {
        int last = maps.size() - 1;
        while (last > 0 && maps.get(last).count() == 0) {
            last--;
        }
        return last;
    }

    private void openNext() {
        final List<RecordMap<K>> more = new ArrayList<>(maps);
        more.add(Uninterruptibles.call(() -> RecordMap.open(backing, shape, more.size(), nextMapEntries())));
        maps = List.copyOf(more);
        capacity = more.stream().mapToLong(RecordMap::capacity).sum();
    }

    /**
     * Returns how many entries the map after the last will have room for.
     *
     * @return {@code min(firstMapEntries << k, 2^20)}
     */
    long nextMapEntries() {
        return entries(firstMapEntries, maps.size());
    }

    /**
     * Returns how many entries a map has room for.
     *
     * @param firstMapEntries how many the first map of the chain has room for
     * @param index the index k of the map in its chain, from 0
     * @return {@code min(firstMapEntries << k, 2^20)}
     */
    static long entries(final long firstMapEntries, final int index) {
        return Math.min(firstMapEntries << Math.min(index, Long.SIZE / 2), MAX_MAP_ENTRIES);
    }

    /**
     * Makes the map after the last, if none is prepared yet. Any thread may call it, beside the one that appends.
     *
     * @throws IllegalStateException if the chain is closed
     * @throws java.io.UncheckedIOException if the map cannot be made; no file is left behind
     */
    public void prepareNext() {
        synchronized (growth) {
            checkOpen();
            if (!hasPrepared()) {
                grow();
            }
        }
    }

    /**
     * Makes as many maps after the last as some entries need. Any thread may call it, beside the one that appends.
     *
     * @param entries how many
     * @throws IllegalStateException if the chain is closed
     * @throws java.io.UncheckedIOException if a map cannot be made; those before it stay prepared
     */
    public void prepareSpace(final long entries) {
        synchronized (growth) {
            checkOpen();
            while (capacity - count() < entries) {
                grow();
            }
        }
    }

    private void grow() {
        final MapGrowthEvent event = EngineEvents.beginMapGrowth();
        openNext();
        if (event != null) {
            final int index = maps.size() - 1;
            final RecordMap<K> made = maps.get(index);
            event.end(backing.name(), index, made.capacity(), made.bytes());
        }
    }

    private boolean hasPrepared() {
        return maps.size() > active + 1;
    }

    /**
     * Returns true if the next map must be prepared: the current map is 70% full, and there is none after it.
     *
     * @return true if {@link #prepareNext()} should be called
     */
    public boolean growthDue() {
        final int current = active;
        final List<RecordMap<K>> snapshot = maps;
        return snapshot.size() == current + 1 && snapshot.get(current).fill() >= GROWTH_FILL;
    }

    /**
     * Touches the memory of the next entries. Any thread may call it, beside the one that appends.
     *
     * @return true if memory was touched
     */
    public boolean prefault() {
        synchronized (growth) {
            boolean touched = false;
            for (int i = active; i < maps.size(); i++) {
                touched |= maps.get(i).prefault();
            }
            return touched;
        }
    }

    /**
     * Returns the map that was appended to last. For the thread that appends.
     *
     * @return a map, full or not
     * @throws IllegalStateException if the chain is closed
     */
    RecordMap<K> active() {
        checkOpen();
        return maps.get(active);
    }

    /**
     * Returns true if there is space for an entry. For the thread that appends.
     *
     * @param chunks the number of chunks that it takes
     * @return false if {@link #writable(int)} would have to make a map
     * @throws IllegalStateException if the chain is closed
     */
    boolean hasSpace(final int chunks) {
        return active().hasSpace(chunks) || hasPrepared();
    }

    /**
     * Returns the map to append to. For the thread that appends.
     *
     * @param chunks the number of chunks that the entry takes
     * @return a map with room for it
     * @throws IllegalStateException if the chain is closed
     * @throws java.io.UncheckedIOException if there is no map with room, and none can be made
     */
    RecordMap<K> writable(final int chunks) {
        final RecordMap<K> current = active();
        return current.hasSpace(chunks) ? current : moveOn();
    }

    private RecordMap<K> moveOn() {
        if (!hasPrepared()) {
            stalls++;
            prepareNext();
        }
        maps.get(active).continueInNext();
        active++;
        return maps.get(active);
    }

    /**
     * Returns the maps made so far, a prepared one included, oldest first.
     *
     * @return a list that does not change
     */
    List<RecordMap<K>> maps() {
        return maps;
    }

    /**
     * Returns how many entries the maps made so far have room for, a prepared one included.
     *
     * @return the capacity
     */
    public long capacity() {
        return capacity;
    }

    /**
     * Returns how many entries are complete.
     *
     * @return the sum of the counts
     */
    long count() {
        long count = 0;
        for (final RecordMap<K> map : maps) {
            count += map.count();
        }
        return count;
    }

    /**
     * Returns how often the thread that appends had to make a map itself.
     *
     * @return the count since the chain was opened
     */
    public long stalls() {
        return stalls;
    }

    /** {@return the number of maps, including one prepared for growth} */
    public int mapCount() {
        return maps.size();
    }

    /**
     * Returns how much memory or disk the maps and tables take.
     *
     * @return the sum in bytes
     */
    public long bytes() {
        final List<RecordMap<K>> snapshot = maps;
        long bytes = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            bytes += snapshot.get(i).bytes();
        }
        return bytes;
    }

    /**
     * Writes the maps and tables to the disk, where they are files.
     *
     * @throws java.io.UncheckedIOException if the disk fails
     */
    public void force() {
        synchronized (growth) {
            maps.forEach(RecordMap::force);
        }
    }

    /**
     * Tells what files there are, and how far they are used.
     *
     * @param files to add to
     * @param withPreallocated whether also those that were made ahead and hold nothing yet
     */
    public void addFilesTo(final List<StoreFile> files, final boolean withPreallocated) {
        final int inUse = active + 1;
        final List<RecordMap<K>> snapshot = maps;
        for (int i = 0; i < (withPreallocated ? snapshot.size() : inUse); i++) {
            snapshot.get(i).addFilesTo(files, backing.name() + '-' + i);
        }
    }

    /**
     * Refuses a call after the close.
     *
     * @throws IllegalStateException if the chain is closed
     */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("chain=" + backing.name() + " is closed");
        }
    }

    /** Gives the memory back; files stay. A second call does nothing. */
    @Override
    public void close() {
        closeMaps();
    }

    private void closeMaps() {
        synchronized (growth) {
            final List<RecordMap<K>> closing = maps;
            maps = List.of();
            capacity = 0;
            closed = true;
            CloseHelper.closeAll(closing);
        }
    }
}
