package io.tollgate.core.window;

import io.tollgate.api.series.Window;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.ChangeSearch;
import io.tollgate.core.store.tree.PointPath;

/**
 * What can be asked of a series besides the summary of its window, while it is read: the points one by one, the ones
 * around them, and other windows. One thread at a time; a method that finds the series torn by a concurrent change
 * returns false, and then nothing may be trusted.
 */
public final class SeriesRuns {
    private final WindowResolver resolver;
    private final RunSearch search;
    private final RunPoints points;
    private final PointPath path;
    private final ChangeSearch changeSearch;
    private SeriesRecord series;
    private Window window;
    private WindowBounds bounds;

    /**
     * The runs of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public SeriesRuns(final ReadableBlocks blocks) {
        resolver = new WindowResolver(blocks);
        search = new RunSearch(blocks);
        points = new RunPoints(blocks);
        path = new PointPath(blocks);
        changeSearch = new ChangeSearch(blocks);
    }

    /**
     * Goes over to another read.
     *
     * @param series that is read.
     * @param window of the read.
     * @param bounds of the window.
     */
    public void begin(final SeriesRecord series, final Window window, final WindowBounds bounds) {
        this.series = series;
        this.window = window;
        this.bounds = bounds;
    }

    /** {@return from when on the absence of events in the series means zero} */
    public long aliveFrom() {
        return series.aliveFrom();
    }

    /** {@return from when on events in the series mean nothing} */
    public long lifeEnd() {
        return series.lifeEnd();
    }

    /** {@return the bounds of the window that is read} */
    public WindowBounds bounds() {
        return bounds;
    }

    /** {@return the points of the window, before the first; shared by all that ask} */
    public RunPoints points() {
        points.open(series, bounds);
        return points;
    }

    /**
     * Sets the bounds of the same window as seen from another instant.
     *
     * @param atNs  the instant.
     * @param other to be set.
     * @return false if the series is torn.
     */
    public boolean resolve(final long atNs, final WindowBounds other) {
        return resolver.resolve(series, window, atNs, other);
    }

    /**
     * Sums up the run of another window of the series.
     *
     * @param other   bounds of the window.
     * @param summary to be filled.
     * @return false if the series is torn.
     */
    public boolean summarise(final WindowBounds other, final RunSummary summary) {
        return search.summarise(series, other, false, summary);
    }

    /**
     * Goes to the last point at or before an instant; {@link #time()} and {@link #value()} are its own.
     *
     * @param instantNs the instant.
     * @return false if the series is torn.
     */
    public boolean findFloor(final long instantNs) {
        return series.maxPointCount() == 0 || path.floor(series, instantNs);
    }

    /** {@return whether there is a point where {@link #findFloor(long)} looked} */
    public boolean hasFloor() {
        return series.maxPointCount() != 0 && path.isFound();
    }

    /** {@return the valid time of the point found} */
    public long time() {
        return path.time();
    }

    /** {@return the scaled value of the point found} */
    public long value() {
        return path.value();
    }

    /**
     * Looks for the last change at or before the point found.
     *
     * @return false if the series is torn.
     */
    public boolean findLastChange() {
        return changeSearch.find(path, series.isStep());
    }

    /** {@return whether anything has changed} */
    public boolean hasLastChange() {
        return changeSearch.isFound();
    }

    /** {@return the valid time of the last change} */
    public long lastChangeTime() {
        return changeSearch.time();
    }
}
