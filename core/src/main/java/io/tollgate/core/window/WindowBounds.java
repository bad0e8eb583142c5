package io.tollgate.core.window;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;

/**
 * The bounds of a window as seen from an instant: the time {@code [startNs, endNs]} that values are weighted over, and
 * the first and last instant at which a point is inside. Set once per read; used by one thread.
 */
public final class WindowBounds {
    /** Later than every instant. */
    public static final long NEVER = Long.MAX_VALUE;

    private long startNs;
    private long endNs;
    private long lowestNs;
    private long highestNs;
    private long lengthNs;
    private long wantedCount;
    private long expiresAtNs;
    private boolean hasPeriods;
    private long coveredNs;

    /** Creates bounds that must be set before use. */
    public WindowBounds() {}

    /**
     * Sets a window that slides with time.
     *
     * @param atNs   its end.
     * @param length above 0; if the window reaches back before all time it is cut there, but coverage is not.
     * @param closed the ends that belong to it.
     */
    public void sliding(final long atNs, final long length, final Closed closed) {
        set(SlidingWindow.startNs(atNs, length), closed.includesStart(), atNs, length);
        highestNs = closed.includesEnd() ? atNs : atNs - 1;
    }

    /**
     * Sets a window between two instants, both included.
     *
     * @param fromNs the start; if it is after the end, the window is empty.
     * @param atNs   the end.
     */
    public void since(final long fromNs, final long atNs) {
        set(fromNs, true, atNs, Math.max(fromNs, atNs) - fromNs);
    }

    /**
     * Sets the part of a window before an instant. The start is included; of periods only the whole ones are.
     *
     * @param window any.
     * @param toNs   the end, which is not included, after the start.
     */
    public void before(final WindowBounds window, final long toNs) {
        since(window.startNs, toNs);
        highestNs = toNs - 1;
        if (window.hasPeriods) {
            lowestNs = window.lowestNs;
        }
    }

    /**
     * Sets all instants between two, both included; the last value of a STEP is weighted through the last instant.
     *
     * @param firstNs the first instant.
     * @param lastNs  the last one.
     */
    void instants(final long firstNs, final long lastNs) {
        since(firstNs, lastNs + 1);
        highestNs = lastNs;
    }

    /**
     * Sets a window of the last points.
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
        expiresAtNs = NEVER;
        hasPeriods = false;
        coveredNs = 0;
    }

    /** Raises the first instant at which a point is inside. */
    void lowestNs(final long instantNs) {
        lowestNs = instantNs;
    }

    /** Sets the start of the weighted time alone; the instants at which a point is inside stay. */
    void startNs(final long instantNs) {
        startNs = instantNs;
        lengthNs = endNs - instantNs;
    }

    /** Marks the points as standing for periods, which cover the given time. */
    void coveredByPeriods(final long ns) {
        hasPeriods = true;
        coveredNs = ns;
    }

    /** Sets when the last value of a STEP at or before the end expires. */
    void expiresAtNs(final long instantNs) {
        expiresAtNs = instantNs;
    }

    /** {@return the start of the time that values are weighted over} */
    public long startNs() {
        return startNs;
    }

    /** {@return the end of the time that values are weighted over: the instant of the read} */
    public long endNs() {
        return endNs;
    }

    /** {@return until when the last value of a STEP is weighted: the end, or its expiry if that is earlier} */
    public long knownUntilNs() {
        return Math.min(endNs, expiresAtNs);
    }

    /** {@return whether the last value of a STEP had expired when the window began, so that none is carried in} */
    public boolean isExpiredAtStart() {
        return expiresAtNs <= startNs;
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

    /** {@return whether the points stand for whole periods, none of which begins before the start} */
    public boolean hasPeriods() {
        return hasPeriods;
    }

    /** {@return the time inside the window and the series' life that these periods cover, in ns, unsigned} */
    public long coveredNs() {
        return coveredNs;
    }

    /** {@return how many points a window of the last points requests, 0 for a window of time} */
    public long wantedCount() {
        return wantedCount;
    }
}
