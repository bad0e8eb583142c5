package io.tollgate.core.read;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Many series that are read together, as they all stood at one moment: the versions of all are taken before
 * anything else is read, and again after all of it. Where each is even and unchanged, all stood so from the last of the
 * first looks to the first of the last ones. Until then all that was read is untrusted. One thread at a time.
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
     * Takes a series in; one that is in already is not taken twice. Allocates.
     *
     * @param series of the engine.
     * @return its place in the set.
     * @throws IllegalArgumentException if it is not one of this engine.
     */
    public int add(final Series series) {
        store.requireOwn(series);
        return add(series.number());
    }

    /**
     * Takes a series in; one that is in already is not taken twice. Allocates.
     *
     * @param number of a series of the engine.
     * @return its place in the set.
     * @throws IllegalStateException if it has no record.
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
     * Takes the versions of all series.
     *
     * @return false if one is being changed: then a read would be in vain.
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

    /** Whether no series was changed since their versions were taken: then all that was read may be trusted. */
    boolean isUnchanged() {
        for (int i = 0; i < size; i++) {
            if (!record.wrap(addresses[i]).isUnchangedSince(versions[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks at all series as they were known at an instant from now on.
     *
     * @param knowledgeTimeNs the instant; {@link MetricReader#ALL_KNOWN} for all that is known.
     */
    public void seeAsKnownAt(final long knowledgeTimeNs) {
        knownAtNs = knowledgeTimeNs;
    }

    /** {@return the instant as of which all series are read} */
    public long knownAtNs() {
        return knownAtNs;
    }

    /** Says that a series was to be read as known at an instant of which something was forgotten since. */
    void forgotten() {
        isForgotten = true;
    }

    /** Whether that was so of any series since the versions were taken: then nothing that was read means anything. */
    boolean isForgotten() {
        return isForgotten;
    }

    long address(final int place) {
        return addresses[place];
    }

    /**
     * Which series has a place.
     *
     * @param place in the set.
     * @return the number of the series.
     */
    public long seriesNumber(final int place) {
        return record.wrap(addresses[place]).seriesNumber();
    }
}
