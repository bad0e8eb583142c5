package io.tollgate.core.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
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
 * Reads series by number on the writer thread, between two changes, so no validation is needed. Also finds the next
 * instant at which time alone changes a reading. Returns the same bits as a {@link SeriesReader}.
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
     * Creates a reader.
     *
     * @param store the store of the series.
     */
    public WriterReader(final SeriesStore store) {
        this.store = store;
        windowRead = new WindowRead(store.blocks());
        path = new TreePath(store.blocks());
        instants = new WindowChangeTimes(store.blocks());
    }

    /**
     * Creates a reading that can be filled repeatedly.
     *
     * @param options the read options.
     * @param metrics the metrics that may be read from it.
     * @return an empty reading.
     */
    public WindowValues newReading(final ReadOptions options, final Metric... metrics) {
        return new WindowValues(basics, options, metrics);
    }

    /** {@return an empty reading of a level, which can be filled repeatedly} */
    public LevelValues newLevelReading() {
        return new LevelValues(quotients);
    }

    /**
     * Moves to another series.
     *
     * @param seriesNumber of an existing series.
     */
    public void series(final long seriesNumber) {
        record.wrap(store.recordAddress(seriesNumber));
    }

    /**
     * Returns true if a series exists.
     *
     * @param seriesNumber any number.
     * @return true if {@link #series} accepts the number.
     */
    public boolean has(final long seriesNumber) {
        return store.recordAddress(seriesNumber) != 0;
    }

    /** {@return the number of series} */
    public long seriesCount() {
        return store.seriesCount();
    }

    /**
     * Returns the key of a series. Allocates.
     *
     * @param seriesNumber of an existing series.
     * @return its key.
     */
    public String keyOf(final long seriesNumber) {
        return store.keyOf(seriesNumber);
    }

    /** {@return true if the series is a STEP} */
    public boolean isStep() {
        return record.isStep();
    }

    /** {@return true if the series has no points, including pending points} */
    public boolean isEmpty() {
        return record.pointCount() == 0;
    }

    /** {@return the valid time of the first point, which may be pending; the series must not be empty} */
    public long firstTimeNs() {
        return record.firstTime();
    }

    /**
     * Reads a window of the series.
     *
     * @param window  the window.
     * @param atNs    the instant t.
     * @param answer  to be filled.
     */
    public void read(final Window window, final long atNs, final WindowValues answer) {
        record.requireIntact(windowRead.read(record, window, atNs, answer));
    }

    /**
     * Reads the status, the value and the start of the level in force.
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
     * Returns the next instant at which time alone changes a level.
     *
     * @param atNs the start of the search.
     * @return the first such instant after {@code atNs}, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long nextOfLevel(final long atNs) {
        return instants.nextOfLevel(record, atNs);
    }

    /**
     * Returns the next instant at which the contents of a window change.
     *
     * @param window of any kind.
     * @param aspects the parts of the window that matter, see {@link BasicMetrics#aspects}.
     * @param atNs   the start of the search.
     * @return the first such instant after {@code atNs}, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long next(final Window window, final int aspects, final long atNs) {
        return instants.next(record, window, aspects, atNs);
    }

    /**
     * Returns the first instant at which a window reaches or leaves a bound of the read options. Reads the window twice
     * if no bound is crossed, and a few more times otherwise.
     *
     * @param window  of any kind.
     * @param atNs    the start of the search.
     * @param untilNs the first instant after {@code atNs} at which the contents of the window change, or {@link
     *     WindowChangeTimes#NEVER}.
     * @param bounds  a reading of the options that has no metrics; overwritten.
     * @return the first such instant after {@code atNs}, at most {@code untilNs}.
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
     * Returns the next instant at which a window, seen from an earlier instant, changes its contents, or may change its
     * spread or mean.
     *
     * @param window  of any kind.
     * @param atNs    the start of the search.
     * @param shiftNs the time by which the window is seen earlier.
     * @return the first such instant after {@code atNs}, {@link WindowChangeTimes#NEVER} if there is none.
     */
    public long nextEarlier(final Window window, final long atNs, final long shiftNs) {
        return instants.nextEarlier(record, window, atNs, shiftNs);
    }
}
