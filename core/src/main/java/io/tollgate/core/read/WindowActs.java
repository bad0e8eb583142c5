package io.tollgate.core.read;

import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.Window;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.VersionPath;
import io.tollgate.core.window.ActInstants;
import java.util.Arrays;

/**
 * When time alone changes what a window holds of some series, of each as seen from some time earlier, with all points
 * as they are now; and one ns behind each point of a STEP, as nobody knows here what is made of its spread. Used by one
 * thread, which need not be one that writes.
 */
public final class WindowActs implements LevelReader.Attempt {
    /** No such instant. */
    public static final long NEVER = ActInstants.NEVER;

    private final LevelReader reader;
    private final LevelSet levels;
    private final SeriesRecord record = new SeriesRecord();
    private final ActInstants[] instants;
    private final VersionPath[] versions;
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
    public WindowActs(final LevelReader reader) {
        this.reader = reader;
        levels = reader.source().newSet();
        instants = new ActInstants[reader.source().shardCount()];
        versions = new VersionPath[instants.length];
        for (int i = 0; i < instants.length; i++) {
            instants[i] = new ActInstants(reader.source().stores().get(i).blocks());
            versions[i] = new VersionPath(reader.source().stores().get(i).blocks());
        }
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
            final int shard = reader.source().stores().shardOf(record.seriesNumber());
            nextNs = Math.min(nextNs, instants[shard].nextEarlier(record, window, atNs, shiftsNs[i]));
            beginsNs = Math.max(beginsNs, begins(versions[shard]));
        }
        return true;
    }

    private long begins(final VersionPath path) {
        if (!record.isStep() && record.lifeStart() != Publisher.NONE) {
            return record.lifeStart();
        }
        final long firstNs = record.firstTime();
        if (firstNs <= atNs || record.historyCount() == 0) {
            return firstNs;
        }
        // As known earlier it may have begun with a point that no longer counts.
        return path.open(record, Instants.MIN, Instants.MAX) && path.next() ? path.time() : firstNs;
    }

    /** {@return the first such instant behind the one looked from, {@link #NEVER} if there is none} */
    public long nextNs() {
        return nextNs;
    }

    /**
     * {@return the first instant at which all series have begun, as known now or at any time before: the life of a
     * FLOW, or a point, whether it still counts or not; else NEVER. Where that is no later than the instant looked
     * from, any up to that}
     */
    public long beginsNs() {
        return beginsNs;
    }
}
