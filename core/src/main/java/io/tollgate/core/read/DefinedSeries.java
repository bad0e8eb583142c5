package io.tollgate.core.read;

import io.tollgate.api.series.Unit;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.function.Consumer;

/**
 * The keys of all series of an engine, in the order of their definitions. {@link #takeNew} and {@link #find} allocate,
 * and may wait for a definition in progress; {@link #hasNew} does neither. Used by one thread, while the store is open.
 */
public final class DefinedSeries {
    /** Returned instead of a series number if the series does not exist yet. */
    public static final long ABSENT = -1;

    private final ReadableStore store;
    private final SeriesRecord record = new SeriesRecord();
    private long taken;

    DefinedSeries(final ReadableStore store) {
        this.store = store;
    }

    /** {@return true if a series was defined since the last call of {@link #takeNew}} */
    public boolean hasNew() {
        return store.namedCount() != taken;
    }

    /**
     * Passes on the keys of the series that were defined since the last call, in the order of their definitions. Inside
     * the consumer {@link #find} finds series up to the current key. If the consumer throws, its key is passed again by
     * the next call.
     *
     * @param keys the consumer of the keys.
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
     * @return its number, or {@link #ABSENT} if it does not exist.
     */
    public long find(final String key) {
        final long number = store.find(key);
        return number >= 0 && number < taken ? number : ABSENT;
    }

    /**
     * Returns true if a series is a STEP.
     *
     * @param number of a series.
     * @return false for a FLOW.
     */
    public boolean isLevel(final long number) {
        return wrap(number).isStep();
    }

    /**
     * Returns true if a series is a STEP with a given unit and scale.
     *
     * @param number of a series.
     * @param unit   the expected unit.
     * @param scale  the expected scale.
     * @return true if all three match.
     */
    public boolean isLevel(final long number, final Unit unit, final int scale) {
        return isLevel(number) && record.scale() == scale && record.unitName().equals(unit.name());
    }

    private SeriesRecord wrap(final long number) {
        return record.wrap(store.requireRecord(number));
    }
}
