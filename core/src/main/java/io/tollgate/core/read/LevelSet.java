package io.tollgate.core.read;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A set of series that are read together, as they stood at one moment. The versions of all series are read before
 * anything else, and again at the end. If each version is even and unchanged, all series were unchanged between the
 * last of the first reads and the first of the second reads. Until then no value is trusted. Used by one thread at a
 * time.
 */
public final class LevelSet {
    private final ReadableStore store;
    private final SeriesRecord record = new SeriesRecord();
    private final Map<Long, Integer> places = new HashMap<>();
    private long[] addresses = new long[8];
    private long[] versions = new long[8];
    private int size;
    private long knownAtNs;
    private boolean isForgotten;

    LevelSet(final ReadableStore store, final long knownAtNs) {
        this.store = store;
        this.knownAtNs = knownAtNs;
    }

    /**
     * Adds a series, unless the set contains it already. Allocates.
     *
     * @param series of the engine.
     * @return its index in the set.
     * @throws IllegalArgumentException if the series belongs to another engine.
     */
    public int add(final Series series) {
        store.requireOwn(series);
        return add(series.number());
    }

    /**
     * Adds a series, unless the set contains it already. Allocates.
     *
     * @param number of a series of the engine.
     * @return its index in the set.
     * @throws IllegalStateException if the series has no record.
     */
    public int add(final long number) {
        final Integer place = places.get(number);
        if (place != null) {
            return place;
        }
        final long address = store.requireRecord(number);
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            versions = Arrays.copyOf(versions, 2 * size);
        }
        places.put(number, size);
        addresses[size] = address;
        return size++;
    }

    /**
     * Reads the versions of all series.
     *
     * @return false if a series is being changed, so that a read would fail.
     */
    boolean takeVersions() {
        isForgotten = false;
        for (int i = 0; i < size; i++) {
            versions[i] = record.wrap(addresses[i]).version();
            if (SeqLock.isBeingChanged(versions[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if no series changed since {@link #takeVersions}, so that all values read since are valid. */
    boolean isUnchanged() {
        for (int i = 0; i < size; i++) {
            if (!record.wrap(addresses[i]).isUnchangedSince(versions[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sets the knowledge time of all further reads.
     *
     * @param knowledgeTimeNs the instant; {@link MetricReader#ALL_KNOWN} for everything known.
     */
    public void seeAsKnownAt(final long knowledgeTimeNs) {
        knownAtNs = knowledgeTimeNs;
    }

    /** {@return the knowledge time of the reads} */
    public long knownAtNs() {
        return knownAtNs;
    }

    /** Records that the knowledge time is before the retention horizon of a series. */
    void forgotten() {
        isForgotten = true;
    }

    /**
     * Returns true if {@link #forgotten} was called since {@link #takeVersions}, so that no value read since is valid.
     */
    boolean isForgotten() {
        return isForgotten;
    }

    long address(final int place) {
        return addresses[place];
    }

    /**
     * Returns the series at an index.
     *
     * @param place the index in the set.
     * @return the number of the series.
     */
    public long seriesNumber(final int place) {
        return record.wrap(addresses[place]).seriesNumber();
    }
}
