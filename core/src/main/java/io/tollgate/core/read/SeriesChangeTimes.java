package io.tollgate.core.read;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.window.WindowChangeTimes;
import java.util.Arrays;

/**
 * When time alone changes what a window holds of some series, of each as seen from some time earlier, with all points
 * as they are now; and one ns behind each point of a STEP, as nobody knows here what is made of its spread. Used by one
 * thread, which need not be one that writes.
 */
public final class SeriesChangeTimes implements LevelReader.Attempt {
    /** No such instant. */
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
     * Of no series yet.
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
     * Takes a series in. Allocates.
     *
     * @param series  of the engine.
     * @param shiftNs how much earlier its window is seen from, in ns; 0 or more.
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
     * Looks for the next instant at which the window of a series holds something else.
     *
     * @param over    the window, of any kind.
     * @param instant the instant in ns to look from.
     * @return false if a series is being changed: then nothing was found out.
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

    /** {@return the first such instant behind the one looked from, {@link #NEVER} if there is none} */
    public long nextNs() {
        return nextNs;
    }

    /**
     * {@return the first instant at which all series have begun: that of the life of a FLOW, or of a point; NEVER if
     * one has not}
     */
    public long beginsNs() {
        return beginsNs;
    }
}
