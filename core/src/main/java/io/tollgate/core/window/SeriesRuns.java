package io.tollgate.core.window;

import io.tollgate.api.series.Window;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.ChangeSearch;
import io.tollgate.core.store.tree.PointPath;

/**
 * Provides data of a series beyond the summary of its window during a read: single points, neighbouring points and
 * other windows. One thread at a time. A method returns false if it finds the series torn by a concurrent change; its
 * results are then undefined.
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
     * Creates the runs of any series of a store.
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
     * Starts another read.
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

    /** {@return the instant from which the absence of events in the series means zero} */
    public long aliveFrom() {
        return series.aliveFrom();
    }

    /** {@return the instant from which events in the series have no meaning} */
    public long lifeEnd() {
        return series.lifeEnd();
    }

    /** {@return the bounds of the window that is read} */
    public WindowBounds bounds() {
        return bounds;
    }

    /** {@return the points of the window, before the first; shared by all callers} */
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
     * Sums the run of another window of the series.
     *
     * @param other   bounds of the window.
     * @param summary to be filled.
     * @return false if the series is torn.
     */
    public boolean summarise(final WindowBounds other, final RunSummary summary) {
        return search.summarise(series, other, false, summary);
    }

    /**
     * Moves to the last point at or before an instant, for {@link #time()} and {@link #value()}.
     *
     * @param instantNs the instant.
     * @return false if the series is torn.
     */
    public boolean findFloor(final long instantNs) {
        return series.maxPointCount() == 0 || path.floor(series, instantNs);
    }

    /** {@return whether {@link #findFloor(long)} found a point} */
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
     * Searches for the last change at or before the point found.
     *
     * @return false if the series is torn.
     */
    public boolean findLastChange() {
        return changeSearch.find(path, series.isStep());
    }

    /** {@return whether a change was found} */
    public boolean hasLastChange() {
        return changeSearch.isFound();
    }

    /** {@return the valid time of the last change} */
    public long lastChangeTime() {
        return changeSearch.time();
    }
}
