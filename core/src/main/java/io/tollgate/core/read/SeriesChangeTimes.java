package io.tollgate.core.read;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.WindowChangeTimes;
import java.util.Arrays;

/**
 * Finds the next instant at which time alone changes the contents of a window over several series. Each series may be
 * seen from an earlier instant. All points are read as they are now. For a STEP, one nanosecond after each point counts
 * as a change too, because its spread may be used. Used by one thread, which need not be the writer.
 */
public final class SeriesChangeTimes implements LevelReader.Attempt {
    /** Returned if there is no such instant. */
    public static final long NEVER = WindowChangeTimes.NEVER;

    private final LevelReader reader;
    private final LevelSet levels;
    private final SeriesRecord record = new SeriesRecord();
    private final WindowChangeTimes instants;
    private int[] places = new int[4];
    private long[] shiftsNs = new long[4];
    private int size;
    private Window window;
    private long atNs;
    private long nextNs;
    private long beginsNs;

    /**
     * Creates an empty set of series.
     *
     * @param reader of the series.
     */
    public SeriesChangeTimes(final LevelReader reader) {
        this.reader = reader;
        final LevelSource source = reader.source();
        levels = source.newSet();
        instants = new WindowChangeTimes(source.store().blocks());
    }

    /**
     * Adds a series. Allocates.
     *
     * @param series  of the engine.
     * @param shiftNs the time in ns by which its window is seen earlier; 0 or more.
     */
    public void add(final Series series, final long shiftNs) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            shiftsNs = Arrays.copyOf(shiftsNs, 2 * size);
        }
        places[size] = reader.inside(() -> levels.add(series));
        shiftsNs[size++] = shiftNs;
    }

    /**
     * Finds the next instant at which the window of a series has different contents.
     *
     * @param over    the window, of any kind.
     * @param instant the start of the search, in ns.
     * @return false if a series is being changed, so that no result is available.
     * @throws IllegalStateException if the engine is closed.
     */
    public boolean find(final Window over, final long instant) {
        window = over;
        atNs = instant;
        return reader.read(levels, this) == Status.OK;
    }

    @Override
    public boolean read() {
        nextNs = NEVER;
        beginsNs = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            record.wrap(levels.address(places[i]));
            nextNs = Math.min(nextNs, instants.nextEarlier(record, window, atNs, shiftsNs[i]));
            beginsNs = Math.max(beginsNs, record.isStep() ? record.firstTime() : record.aliveFrom());
        }
        return true;
    }

    /** {@return the first such instant after the start of the search, {@link #NEVER} if there is none} */
    public long nextNs() {
        return nextNs;
    }

    /**
     * {@return the first instant at which all series have begun, NEVER if one has not; a FLOW begins with its life, a
     * STEP with its first point}
     */
    public long beginsNs() {
        return beginsNs;
    }
}
