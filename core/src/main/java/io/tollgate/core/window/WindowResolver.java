package io.tollgate.core.window;

import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Computes the bounds of a window as seen from an instant: its start and end, the expiry of the last level of a STEP,
 * and the whole periods of a FLOW. Used by one thread.
 */
public final class WindowResolver {
    private final CalendarStart calendarStart = new CalendarStart();
    private final RunSearch search;
    private final LevelExpiry openEnd;
    private final WindowPeriods periods;

    /**
     * Creates a resolver for the windows of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowResolver(final ReadableBlocks blocks) {
        search = new RunSearch(blocks);
        openEnd = new LevelExpiry(blocks);
        periods = new WindowPeriods(blocks);
    }

    /**
     * Sets the bounds of a window.
     *
     * @param series over which it is taken.
     * @param window of any kind.
     * @param atNs   the instant that it is seen from.
     * @param bounds to be set.
     * @return false if the series is torn by a concurrent change: the bounds are then undefined.
     */
    public boolean resolve(final SeriesRecord series, final Window window, final long atNs, final WindowBounds bounds) {
        if (!resolveTime(series, window, atNs, bounds)) {
            return false;
        }
        if (series.isStep()) {
            return openEnd.resolve(series, atNs, bounds);
        }
        if (series.periodCode() == 0) {
            return true;
        }
        if (bounds.wantedCount() > 0) {
            periods.startAtFirst(series, bounds);
            return true;
        }
        return periods.takeWhole(series, bounds);
    }

    /**
     * Sets the bounds of a window in time alone, ignoring the policies of the series.
     *
     * @param series over which it is taken.
     * @param window of any kind.
     * @param atNs   the instant that it is seen from.
     * @param bounds to be set.
     * @return false if the series is torn by a concurrent change: the bounds are then undefined.
     */
    public boolean resolveTime(
            final SeriesRecord series, final Window window, final long atNs, final WindowBounds bounds) {
        if (window instanceof Window.Sliding sliding) {
            bounds.sliding(atNs, sliding.lengthNs(), sliding.closed());
        } else if (window instanceof Window.Since since) {
            bounds.since(since.instantNs(), atNs);
        } else if (window instanceof Window.ToDate toDate) {
            bounds.since(calendarStart.of(toDate, atNs), atNs);
        } else if (window instanceof Window.LastPoints last) {
            return search.findLast(series, atNs, last.pointCount(), bounds);
        }
        return true;
    }

    /** {@return the periods of the window resolved last, if it has any: the cut ones remain to be walked} */
    public WindowPeriods periods() {
        return periods;
    }
}
