package io.tollgate.core.window;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;

/**
 * Finds the next instant at which time alone changes the contents of a window. All points stay as they are now.
 * Examples: a pending point takes effect, a point enters or leaves, a heartbeat expires, a life ends;
 * {@link io.tollgate.api.watch.Subscription} lists all cases. The cost is O(log n), plus the points of a reporting
 * period. One thread at a time; a thread that does not write the series must validate its version before it trusts
 * anything.
 */
public final class WindowChangeTimes {
    /** No such instant. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Aspect: the contents of the window only. */
    public static final int CONTENTS = 0;

    /**
     * Aspect: also the spread. It can change 1 ns after each point of a STEP: before, the new level has no duration in
     * the window. From then on a window with a single level so far has a spread, and a mean other than 0.
     */
    public static final int SPREAD = 1;

    /**
     * Aspect: also the start, if the window does not include it. It can change 1 ns after a point of a FLOW leaves the
     * window.
     */
    public static final int START = 2;

    /**
     * The longest time by which periods may end in another order than they begin, because of month ends and clock
     * changes.
     */
    private static final long PERIOD_DISORDER_NS = 4 * 86_400_000_000_000L;

    private final TreePath path;
    private final CalendarStart calendarStart = new CalendarStart();
    private final PeriodStarts starts = new PeriodStarts();

    /**
     * Creates the change times of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowChangeTimes(final ReadableBlocks blocks) {
        path = new TreePath(blocks);
    }

    /**
     * Returns the next instant at which the level changes: a pending point, the expiry of the heartbeat or the end of
     * life.
     *
     * @param series a STEP.
     * @param atNs   the instant to search from.
     * @return the first such instant after it, {@link #NEVER} if there is none.
     */
    public long nextOfLevel(final SeriesRecord series, final long atNs) {
        return Math.min(firstAfter(series, atNs), behind(expiry(series, atNs), atNs));
    }

    /**
     * Returns the next instant at which the contents of a window change.
     *
     * @param series over which it is taken.
     * @param window of any kind.
     * @param aspects {@link #CONTENTS}, {@link #SPREAD}, {@link #START}, or the sum of the last two.
     * @param atNs   the instant to search from.
     * @return the first such instant after it, {@link #NEVER} if there is none.
     */
    public long next(final SeriesRecord series, final Window window, final int aspects, final long atNs) {
        if (isSeenAfter(series, window, aspects, atNs)) {
            // No change is possible before that.
            return later(atNs, 1);
        }
        final long next = nextOfLevel(series, atNs);
        if (window instanceof Window.Sliding sliding) {
            return Math.min(next, nextOfSliding(series, sliding, aspects, atNs));
        }
        final long life = Math.min(behind(declaredLifeStart(series), atNs), behind(lifeEndOfFlow(series), atNs));
        if (window instanceof Window.Since since) {
            return Math.min(Math.min(next, life), behind(since.instantNs(), atNs));
        }
        return window instanceof Window.ToDate toDate
                ? Math.min(Math.min(next, life), behind(calendarStart.nextOf(toDate, atNs), atNs))
                : Math.min(next, life);
    }

    /**
     * Returns true if something begins or ends at an instant but shows only 1 ns later: time that is covered or
     * missing, and the length of a window, start at the next ns.
     */
    private boolean isSeenAfter(final SeriesRecord series, final Window window, final int aspects, final long atNs) {
        final boolean isTurn =
                series.isStep() ? turns(series, atNs, (aspects & SPREAD) != 0) : turns(series, window, atNs);
        return isTurn || begins(series, window, atNs);
    }

    /** Returns true if a STEP becomes known or unknown at an instant; for the spread, if it has any point there. */
    private boolean turns(final SeriesRecord series, final long atNs, final boolean isOfSpread) {
        if (!floor(series, atNs)) {
            return false;
        }
        final boolean isKnown = path.value() != Decimals.UNKNOWN;
        if (path.time() < atNs) {
            return isKnown && LevelExpiry.expiresAtNs(series, path.time()) == atNs;
        }
        final boolean wasKnown = !path.isFirst() && path.retreat(1) && path.value() != Decimals.UNKNOWN;
        return isKnown != wasKnown || isKnown && isOfSpread;
    }

    /** Returns true if a FLOW starts or stops covering time at an instant, as a window of time sees it. */
    private boolean turns(final SeriesRecord series, final Window window, final long atNs) {
        if (window instanceof Window.LastPoints) {
            return false;
        }
        if (series.periodCode() != 0) {
            // The time is covered up to the end of a period, at which it is booked; the time after it is not.
            return isAtPoint(series, atNs);
        }
        // A window that does not include its end does not contain the first instant of a life yet.
        final boolean isBorn = window instanceof Window.Sliding sliding
                && !sliding.closed().includesEnd()
                && declaredLifeStart(series) == atNs;
        return isBorn || lifeEndOfFlow(series) == atNs;
    }

    /** Returns true if a window that does not slide begins at an instant, at which it has length 0. */
    private boolean begins(final SeriesRecord series, final Window window, final long atNs) {
        if (series.periodCode() != 0 || window instanceof Window.Sliding) {
            // There is no whole period in it yet, and the first of the last points' periods began before its point.
            return false;
        }
        if (window instanceof Window.Since since) {
            return since.instantNs() == atNs;
        }
        if (window instanceof Window.ToDate toDate) {
            return calendarStart.of(toDate, atNs) == atNs;
        }
        final long pointCount = ((Window.LastPoints) window).pointCount();
        return isAtPoint(series, atNs) && path.retreat(pointCount - 1) && path.time() == atNs;
    }

    private boolean isAtPoint(final SeriesRecord series, final long atNs) {
        return floor(series, atNs) && path.time() == atNs;
    }

    /** Moves to the last point at or before an instant; returns false if there is none. */
    private boolean floor(final SeriesRecord series, final long atNs) {
        return series.pointCount() != 0 && path.floor(series, atNs, Long.MAX_VALUE) && path.index() >= 0;
    }

    private long nextOfSliding(
            final SeriesRecord series, final Window.Sliding window, final int aspects, final long atNs) {
        final long lengthNs = window.lengthNs();
        final Closed closed = window.closed();
        final long startNs = SlidingWindow.startNs(atNs, lengthNs);
        long next = afterBoth(declaredLifeStart(series), lengthNs, atNs);
        next = Math.min(next, afterBoth(lifeEndOfFlow(series), lengthNs, atNs));
        // A window that does not include its start contains the last instant of the life up to then.
        next = Math.min(next, behind(later(before(lifeEndOfFlow(series)), lengthNs), atNs));
        next = Math.min(next, afterBoth(expiry(series, atNs), lengthNs, atNs));
        next = Math.min(next, later(firstAfter(series, startNs), lengthNs));
        if (closed.includesStart() || !series.isStep() && (aspects & START) != 0) {
            next = Math.min(next, later(later(firstAfter(series, before(startNs)), lengthNs), 1));
        }
        if (!closed.includesEnd()) {
            next = Math.min(next, later(firstAfter(series, before(atNs)), 1));
        }
        return series.periodCode() == 0 ? next : Math.min(next, nextCut(series, startNs, lengthNs));
    }

    /** Returns the instant at which the start of the window cuts the next whole period: 1 ns after its beginning. */
    private long nextCut(final SeriesRecord series, final long startNs, final long lengthNs) {
        starts.period(series.periodCode());
        long next = NEVER;
        long firstTo = NEVER;
        // A torn tree may contain cycles, so the walk follows at most as many points as the series has.
        long left = series.pointCount();
        boolean hasPoint = firstAfter(series, startNs) != NEVER && place(series, startNs);
        while (hasPoint && left-- > 0 && (firstTo == NEVER || path.time() - firstTo <= PERIOD_DISORDER_NS)) {
            final long fromNs = starts.of(path.time());
            if (fromNs >= startNs && later(fromNs, lengthNs) >= path.time()) {
                next = Math.min(next, later(later(fromNs, lengthNs), 1));
                firstTo = Math.min(firstTo, path.time());
            }
            hasPoint = path.advance();
        }
        return next;
    }

    /** Moves to the first point after an instant, which must exist. */
    private boolean place(final SeriesRecord series, final long atNs) {
        return path.floor(series, atNs, Long.MAX_VALUE) && path.advance();
    }

    private long firstAfter(final SeriesRecord series, final long atNs) {
        if (series.pointCount() == 0 || atNs >= series.lastTime()) {
            return NEVER;
        }
        return place(series, atNs) ? path.time() : NEVER;
    }

    /** Returns when the last value at or before an instant expires, NEVER if it does not. */
    private long expiry(final SeriesRecord series, final long atNs) {
        if (!series.isStep() || series.pointCount() == 0) {
            return NEVER;
        }
        if (series.heartbeatNs() == 0) {
            return series.lifeEnd();
        }
        return floor(series, atNs) ? Math.min(later(path.time(), series.heartbeatNs()), series.lifeEnd()) : NEVER;
    }

    /** Returns when a FLOW stops covering time, NEVER if it does not; with periods it stops at the last of them. */
    private static long lifeEndOfFlow(final SeriesRecord series) {
        return series.isStep() || series.periodCode() != 0 ? NEVER : series.lifeEnd();
    }

    private static long declaredLifeStart(final SeriesRecord series) {
        return series.isStep() || series.lifeStart() == Instants.NONE ? NEVER : series.lifeStart();
    }

    private static long behind(final long instantNs, final long atNs) {
        return instantNs > atNs ? instantNs : NEVER;
    }

    private static long afterBoth(final long instantNs, final long lengthNs, final long atNs) {
        return Math.min(behind(instantNs, atNs), behind(later(instantNs, lengthNs), atNs));
    }

    private static long before(final long instantNs) {
        return instantNs == Long.MIN_VALUE ? instantNs : instantNs - 1;
    }

    /**
     * Returns the next instant at which the contents of a window that is seen from earlier, or its
     * {@linkplain #SPREAD spread}, change.
     *
     * @param series  over which it is taken.
     * @param window  of any kind.
     * @param atNs    the instant to search from.
     * @param shiftNs how much earlier the window is seen from, 0 or more.
     * @return the first such instant after it, {@link #NEVER} if there is none.
     */
    public long nextEarlier(final SeriesRecord series, final Window window, final long atNs, final long shiftNs) {
        final long earliest = Instants.MIN - 1;
        final long seenFrom = atNs < earliest + shiftNs ? earliest : atNs - shiftNs;
        return later(next(series, window, SPREAD, seenFrom), shiftNs);
    }

    /**
     * Adds a length to an instant.
     *
     * @param instantNs any, or {@link #NEVER}.
     * @param lengthNs  0 or more.
     * @return their sum, {@link #NEVER} if it is out of range.
     */
    public static long later(final long instantNs, final long lengthNs) {
        final long sum = instantNs + lengthNs;
        return instantNs == NEVER || sum < instantNs || sum > Instants.MAX ? NEVER : sum;
    }
}
