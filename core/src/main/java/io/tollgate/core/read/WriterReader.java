package io.tollgate.core.read;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.LevelValues;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;
import io.tollgate.core.window.LevelExpiry;
import io.tollgate.core.window.WindowChangeTimes;

/**
 * Reads series by number on the thread that writes them, between two changes, so that nothing needs to be validated;
 * and says when time alone will make a reading another one. The same bits as a {@link SeriesReader}.
 */
public final class WriterReader {
    private final SeriesStore store;
    private final Quotients quotients = new Quotients();
    private final BasicMetrics basics = new BasicMetrics();
    private final SeriesRecord record = new SeriesRecord();
    private final WindowRead windowRead;
    private final TreePath path;
    private final WindowChangeTimes instants;
    private final BoundSearch boundSearch = new BoundSearch(this::readBounds);
    private Window boundWindow;

    /**
     * A reader.
     *
     * @param store where the series are.
     */
    public WriterReader(final SeriesStore store) {
        this.store = store;
        windowRead = new WindowRead(store.blocks());
        path = new TreePath(store.blocks());
        instants = new WindowChangeTimes(store.blocks());
    }

    /**
     * A reading to be filled over and over.
     *
     * @param options what a window must hold.
     * @param metrics that it will be asked for.
     * @return an empty one.
     */
    public WindowValues newReading(final ReadOptions options, final Metric... metrics) {
        return new WindowValues(basics, options, metrics);
    }

    /** {@return an empty reading of a level, to be filled over and over} */
    public LevelValues newLevelReading() {
        return new LevelValues(quotients);
    }

    /**
     * Goes over to another series.
     *
     * @param seriesNumber of an existing one.
     */
    public void series(final long seriesNumber) {
        record.wrap(store.recordAddress(seriesNumber));
    }

    /**
     * Whether there is a series.
     *
     * @param seriesNumber any number.
     * @return true if it may be gone over to.
     */
    public boolean has(final long seriesNumber) {
        return store.recordAddress(seriesNumber) != 0;
    }

    /** {@return the number of series} */
    public long seriesCount() {
        return store.seriesCount();
    }

    /**
     * The key of a series; allocates.
     *
     * @param seriesNumber of an existing one.
     * @return its key.
     */
    public String keyOf(final long seriesNumber) {
        return store.keyOf(seriesNumber);
    }

    /** {@return whether the series is a STEP} */
    public boolean isStep() {
        return record.isStep();
    }

    /** {@return whether the series has no point, pending ones included} */
    public boolean isEmpty() {
        return record.pointCount() == 0;
    }

    /** {@return the valid time of the first point, where there is one, pending ones included} */
    public long firstTimeNs() {
        return record.firstTime();
    }

    /** {@return the unit of the series; allocates} */
    public Unit unit() {
        try {
            return new Unit(record.unitName());
        } catch (final IllegalArgumentException e) {
            throw new DirectoryDamagedException(
                    "seriesNumber=" + record.seriesNumber() + " has a damaged record: " + e.getMessage()
                            + "; restore the data directory",
                    e);
        }
    }

    /**
     * Reads a window of the series.
     *
     * @param window  over which.
     * @param unit    of the series.
     * @param atNs    the instant t.
     * @param answer  to be filled.
     */
    public void read(final Window window, final Unit unit, final long atNs, final WindowValues answer) {
        answer.unit(unit);
        record.requireIntact(windowRead.read(record, window, atNs, answer));
    }

    /**
     * Reads the level in force: status, value, and since when.
     *
     * @param atNs   the instant t.
     * @param answer to be filled.
     */
    public void readLevel(final long atNs, final LevelValues answer) {
        answer.next(record.scale(), atNs, Instants.NONE, Decimals.UNKNOWN, Instants.NONE);
        if (record.pointCount() == 0) {
            answer.none(Status.EMPTY);
            return;
        }
        record.requireIntact(path.floor(record, atNs, Long.MAX_VALUE));
        if (path.index() < 0) {
            answer.none(Status.EMPTY);
            return;
        }
        final long since = path.time();
        final boolean isKnown = atNs < LevelExpiry.expiresAtNs(record, since);
        answer.level(isKnown ? path.value() : Decimals.UNKNOWN, since, Instants.NONE, Publisher.NO_REFERENCE);
    }

    /**
     * The next instant at which time alone makes a level another one.
     *
     * @param atNs the instant to look from.
     * @return the first behind it, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long nextOfLevel(final long atNs) {
        return instants.nextOfLevel(record, atNs);
    }

    /**
     * The next instant at which a window holds something else.
     *
     * @param window of any kind.
     * @param aspects what of it is looked at, see {@link BasicMetrics#aspects}.
     * @param atNs   the instant to look from.
     * @return the first behind it, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long next(final Window window, final int aspects, final long atNs) {
        return instants.next(record, window, aspects, atNs);
    }

    /**
     * The first instant at which a window reaches a bound of read options, or leaves it. Reads the window twice where
     * it does not, and a few times more where it does.
     *
     * @param window  of any kind.
     * @param atNs    the instant to look from.
     * @param untilNs the first instant behind it at which the window holds something else, or {@link
     *                WindowChangeTimes#NEVER}.
     * @param bounds  a reading of the options that has no metrics; filled.
     * @return the first instant behind it up to that.
     */
    public long nextOfBounds(final Window window, final long atNs, final long untilNs, final WindowValues bounds) {
        final long lastNs = Math.min(untilNs, Instants.MAX + 1) - 1;
        boundWindow = window;
        return lastNs <= atNs ? untilNs : Math.min(untilNs, boundSearch.first(atNs, lastNs, bounds));
    }

    private void readBounds(final long atNs, final WindowValues bounds) {
        record.requireIntact(windowRead.read(record, boundWindow, atNs, bounds));
    }

    /**
     * The next instant at which a window seen from earlier holds something else, or may have another spread or mean.
     *
     * @param window  of any kind.
     * @param atNs    the instant to look from.
     * @param shiftNs how much earlier the window is seen from.
     * @return the first behind it, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long nextEarlier(final Window window, final long atNs, final long shiftNs) {
        return instants.nextEarlier(record, window, atNs, shiftNs);
    }
}
