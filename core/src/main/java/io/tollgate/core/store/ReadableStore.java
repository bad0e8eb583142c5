package io.tollgate.core.store;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesOrigin;
import io.tollgate.api.series.Unit;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.memory.AreaTable;
import io.tollgate.core.store.memory.LongTable;

/**
 * The read access to all series and points of an engine. The engine that writes them uses {@link SeriesStore}; another
 * process uses {@link StoreView}. Any thread, while the store is open.
 */
public abstract class ReadableStore {
    private final SeriesOrigin origin = new SeriesOrigin();
    private final AreaTable records;

    /** Identities by series number; 0 before the first lookup with a handle of another origin. */
    private final LongTable identities = new LongTable();

    /**
     * Creates a store with known record addresses.
     *
     * @param records the record addresses by series number.
     */
    ReadableStore(final AreaTable records) {
        this.records = records;
    }

    /** {@return the blocks of this store} */
    public abstract ReadableBlocks blocks();

    /** {@return the origin that creates the handles of this store; it must not be passed to application code} */
    public final SeriesOrigin origin() {
        return origin;
    }

    /** {@return the number of series that have a key; all of these are complete} */
    public abstract long namedCount();

    /**
     * Finds a series by its key.
     *
     * @param key of the series.
     * @return its number; -1 if there is no such series.
     */
    public abstract long find(String key);

    /**
     * Returns the key of a series.
     *
     * @param seriesNumber of an existing series.
     * @return its key.
     */
    public abstract String keyOf(long seriesNumber);

    /**
     * Returns true if a series exists and has a key.
     *
     * @param seriesNumber any number from 0.
     * @return true if its key and record exist.
     */
    public final boolean isNamed(final long seriesNumber) {
        return seriesNumber >= 0 && seriesNumber < namedCount();
    }

    /**
     * Returns the address of the record of a series.
     *
     * @param seriesNumber any number from 0.
     * @return its address; 0 if there is no such series.
     */
    public final long recordAddress(final long seriesNumber) {
        final long address = records.get(seriesNumber);
        return address == 0 ? search(seriesNumber) : address;
    }

    /**
     * Returns the address of the record of a series that must exist.
     *
     * @param seriesNumber of a series that exists.
     * @return its address.
     * @throws DirectoryDamagedException if it has no record.
     */
    public final long requireRecord(final long seriesNumber) {
        final long address = recordAddress(seriesNumber);
        if (address == 0) {
            throw new DirectoryDamagedException(
                    "seriesNumber=" + seriesNumber + " has no record, expected one; restore the data directory");
        }
        return address;
    }

    /** Searches again for a series that was not found. Another process finds a new series only by this search. */
    public long search(final long seriesNumber) {
        return 0;
    }

    /**
     * Returns the address of the record of a series whose number comes from a caller of the engine.
     *
     * @param seriesNumber any number.
     * @return its address.
     * @throws IllegalArgumentException if there is no such series.
     */
    public final long requireNumbered(final long seriesNumber) {
        final long address = recordAddress(seriesNumber);
        if (address == 0) {
            throw new IllegalArgumentException(
                    "seriesNumber=" + seriesNumber + ", expected the number of a series of this engine");
        }
        return address;
    }

    /**
     * Returns the address of the record of a series of this store.
     *
     * @param handle of a series of any engine.
     * @return its address.
     * @throws IllegalArgumentException if the handle belongs to a series of another store.
     */
    public final long requireOwn(final Series handle) {
        if (!has(handle)) {
            throw foreign(handle);
        }
        return recordAddress(handle.number());
    }

    static IllegalArgumentException foreign(final Series handle) {
        return new IllegalArgumentException("series=" + handle.key() + " number=" + handle.number()
                + ", expected a series of this engine; define it here or find it by its key");
    }

    /**
     * Returns true if a handle belongs to a series of this store: it has the same number and {@linkplain
     * Series#identity() identity}. The first check of a handle that this store has not made allocates memory.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number is another one or does not exist.
     */
    public final boolean has(final Series handle) {
        return recordAddress(handle.number()) != 0 && (isKnown(handle) || search(handle));
    }

    /**
     * Returns true if this store has made a handle or has looked it up before. Reads no memory of the store.
     *
     * @param handle of a series of any engine.
     * @return false if {@link #has} must look it up.
     */
    public final boolean isKnown(final Series handle) {
        return origin.hasMade(handle) || identities.get(handle.number()) == handle.identity();
    }

    private boolean search(final Series handle) {
        final long number = handle.number();
        synchronized (identities) {
            if (identities.get(number) == 0 && isNamed(number)) {
                identities.cover(number + 1);
                identities.set(number, identityOf(number));
            }
        }
        return isKnown(handle);
    }

    private long identityOf(final long seriesNumber) {
        final SeriesRecord record = new SeriesRecord().wrap(recordAddress(seriesNumber));
        final String key = keyOf(seriesNumber);
        final Unit unit = new Unit(record.unitName());
        final SeriesDefinition definition = record.isStep()
                ? SeriesDefinition.step(key, unit, record.scale())
                : SeriesDefinition.flow(key, unit, record.scale());
        return definition.identity();
    }
}
