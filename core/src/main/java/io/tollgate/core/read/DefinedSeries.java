package io.tollgate.core.read;

import io.tollgate.api.series.Unit;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.function.Consumer;

/**
 * The keys of all series of an engine, as they come to be defined. Finding allocates and may wait for a definition that
 * is under way; to ask whether there is anything new does neither. Used by one thread, while the store is open.
 */
public final class DefinedSeries {
    /** Instead of a number: there is no such series yet. */
    public static final long ABSENT = -1;

    private final ReadableStore store;
    private final SeriesRecord record = new SeriesRecord();
    private long taken;

    DefinedSeries(final ReadableStore store) {
        this.store = store;
    }

    /** {@return whether a series was defined since the last call of {@link #takeNew}} */
    public boolean hasNew() {
        return store.namedCount() != taken;
    }

    /**
     * Gives the keys of the series that were defined since the last call, in the order of their definitions. While a
     * key is given, {@link #find} finds series up to it. One that was not taken, as taking it failed, is given again.
     *
     * @param keys takes them.
     */
    public void takeNew(final Consumer<String> keys) {
        final long count = store.namedCount();
        while (taken < count) {
            final String key = store.keyOf(taken);
            boolean isTaken = false;
            taken++;
            try {
                keys.accept(key);
                isTaken = true;
            } finally {
                taken -= isTaken ? 0 : 1;
            }
        }
    }

    /**
     * Finds a series by its key, among those that were taken.
     *
     * @param key of the series.
     * @return its number, {@link #ABSENT} if there is none.
     */
    public long find(final String key) {
        final long number = store.find(key);
        return number >= 0 && number < taken ? number : ABSENT;
    }

    /**
     * Whether a series is a level.
     *
     * @param number of a series.
     * @return false of a FLOW.
     */
    public boolean isLevel(final long number) {
        return wrap(number).isStep();
    }

    /**
     * Whether a series is a level of a unit and a scale.
     *
     * @param number of a series.
     * @param unit   of the level.
     * @param scale  of the level.
     * @return true if it is.
     */
    public boolean isLevel(final long number, final Unit unit, final int scale) {
        return isLevel(number) && record.scale() == scale && record.unitName().equals(unit.name());
    }

    private SeriesRecord wrap(final long number) {
        return record.wrap(store.requireRecord(number));
    }
}
