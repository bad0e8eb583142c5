package io.tollgate.core.window;

import io.tollgate.api.Closed;
import io.tollgate.api.Instants;

/**
 * The bounds of a window as seen from an instant: the stretch of time {@code [startNs, endNs]} that values are weighted
 * over, and the first and last instant at which a point is inside. Set once a read; used by one thread.
 */
public final class WindowBounds {
    private long startNs;
    private long endNs;
    private long lowestNs;
    private long highestNs;
    private long lengthNs;
    private long wantedCount;

    /** Bounds that must be set before use. */
    public WindowBounds() {}

    /**
     * A window that slides with time.
     *
     * @param atNs   its end.
     * @param length above 0; where it reaches back beyond all time the window is cut there, but coverage is not.
     * @param closed which of its ends belong to it.
     */
    public void sliding(final long atNs, final long length, final Closed closed) {
        set(SlidingWindow.startNs(atNs, length), closed.includesStart(), atNs, length);
        highestNs = closed.includesEnd() ? atNs : atNs - 1;
    }

    /**
     * A window from an instant, which is included, to another, which is included too.
     *
     * @param fromNs the start; behind the end, the window is empty.
     * @param atNs   the end.
     */
    public void since(final long fromNs, final long atNs) {
        set(fromNs, true, atNs, Math.max(fromNs, atNs) - fromNs);
    }

    /**
     * A window from an instant, which is included, up to another, which is not.
     *
     * @param fromNs the start.
     * @param toNs   the end, behind the start.
     */
    public void before(final long fromNs, final long toNs) {
        since(fromNs, toNs);
        highestNs = toNs - 1;
    }

    /**
     * A window of the last points.
     *
     * @param fromNs      the time of the first of them.
     * @param atNs        the end.
     * @param wantedCount how many were asked for.
     */
    public void last(final long fromNs, final long atNs, final long wantedCount) {
        since(fromNs, atNs);
        this.wantedCount = wantedCount;
    }

    private void set(final long start, final boolean includesStart, final long atNs, final long length) {
        startNs = start;
        endNs = atNs;
        lowestNs = Math.max(Instants.MIN, includesStart ? start : start + 1);
        highestNs = atNs;
        lengthNs = length;
        wantedCount = 0;
    }

    /** {@return the start of the time that values are weighted over} */
    public long startNs() {
        return startNs;
    }

    /** {@return the end of the time that values are weighted over: the instant of the read} */
    public long endNs() {
        return endNs;
    }

    /** {@return the first instant at which a point is inside} */
    public long lowestNs() {
        return lowestNs;
    }

    /** {@return the last instant at which a point is inside} */
    public long highestNs() {
        return highestNs;
    }

    /** {@return the length of the window in ns, unsigned} */
    public long lengthNs() {
        return lengthNs;
    }

    /** {@return how many points a window of the last points wants, 0 for a window of time} */
    public long wantedCount() {
        return wantedCount;
    }
}
