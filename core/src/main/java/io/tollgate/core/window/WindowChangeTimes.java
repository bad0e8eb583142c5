package io.tollgate.core.window;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreePath;

/**
 * The next instant at which time alone changes what a window holds, with all points as they are now: where a pending
 * point takes effect, one comes in or leaves, a heartbeat or a life ends, and so on, as
 * {@link io.tollgate.api.watch.Subscription} says. In O(log n), and the points of a reporting period. One thread at a
 * time;
 * one that does not write the series must validate its version before it trusts anything.
 */
public final class WindowChangeTimes {
    /** No such instant. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What is looked at: only what the window holds. */
    public static final int CONTENTS = 0;

    /**
     * What is looked at: the spread, too. So also one ns behind each point of a STEP: its level has no time in the
     * window before, so that one which has had a single level has a spread from then on, and another mean than 0.
     */
    public static final int SPREAD = 1;

    /**
     * What is looked at: the start, too, where the window does not include it. So also one ns behind the instant at
     * which a point of a FLOW leaves the window.
     */
    public static final int START = 2;

    /** By so much may periods end in another order than they begin in: ends of months, and changes of the clock. */
    private static final long PERIOD_DISORDER_NS = 4 * 86_400_000_000_000L;

    private final TreePath path;
    private final CalendarStart calendarStart = new CalendarStart();
    private final PeriodStarts starts = new PeriodStarts();

    /**
     * The instants of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowChangeTimes(final ReadableBlocks blocks) {
        path = new TreePath(blocks);
    }

    /**
     * The next instant at which the level changes: that of a pending point, or where the heartbeat or the life ends.
     *
     * @param series a STEP.
     * @param atNs   the instant to look from.
     * @return the first such instant behind it, {@link #NEVER} if there is none.
     */
    public long nextOfLevel(final SeriesRecord series, final long atNs) {
        return Math.min(firstAfter(series, atNs), behind(expiry(series, atNs), atNs));
    }

    /**
     * The next instant at which a window holds something else.
     *
     * @param series over which it is taken.
     * @param window of any kind.
     * @param aspects {@link #CONTENTS}, or the sum of {@link #SPREAD} and {@link #START}, or one of them.
     * @param atNs   the instant to look from.
     * @return the first such instant behind it, {@link #NEVER} if there is none.
     */
    public long next(final SeriesRecord series, final Window window, final int aspects, final long atNs) {
        if (isSeenAfter(series, window, aspects, atNs)) {
            // Nothing can come before that.
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
     * Whether something begins or ends at an instant that only shows behind it: time is covered or missing, and a
     * window has a length, from the next ns on.
     */
    private boolean isSeenAfter(final SeriesRecord series, final Window window, final int aspects, final long atNs) {
        final boolean isTurn =
                series.isStep() ? turns(series, atNs, (aspects & SPREAD) != 0) : turns(series, window, atNs);
        return isTurn || begins(series, window, atNs);
    }

    /** Whether a STEP becomes known at an instant, or ceases to be; for the spread, whether it has any point there. */
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

    /** Whether a FLOW begins or ceases to cover time at an instant, as a window of time sees it. */
    private boolean turns(final SeriesRecord series, final Window window, final long atNs) {
        if (window instanceof Window.LastPoints) {
            return false;
        }
        if (series.periodCode() != 0) {
            // All is covered up to the end of a period, at which it is booked, and nothing behind it.
            return isAtPoint(series, atNs);
        }
        // The first instant of a life is not in a window yet that does not include its end.
        final boolean isBorn = window instanceof Window.Sliding sliding
                && !sliding.closed().includesEnd()
                && declaredLifeStart(series) == atNs;
        return isBorn || lifeEndOfFlow(series) == atNs;
    }

    /** Whether a window that does not slide begins at an instant, from which it has no length. */
    private boolean begins(final SeriesRecord series, final Window window, final long atNs) {
        if (series.periodCode() != 0 || window instanceof Window.Sliding) {
            // There is no whole period in it yet, and the first of the last ones began before its point.
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

    /** Goes to the last point at or before an instant; false if there is none. */
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
        // A window that does not include its start holds the last instant of the life up to then.
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

    /** Where the start of the window begins to cut the next period that is whole now: just behind its beginning. */
    private long nextCut(final SeriesRecord series, final long startNs, final long lengthNs) {
        starts.period(series.periodCode());
        long next = NEVER;
        long firstTo = NEVER;
        // A torn tree may lead in circles, so no more points are followed than it has.
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

    /** Goes to the first point behind an instant, which is there. */
    private boolean place(final SeriesRecord series, final long atNs) {
        return path.floor(series, atNs, Long.MAX_VALUE) && path.advance();
    }

    private long firstAfter(final SeriesRecord series, final long atNs) {
        if (series.pointCount() == 0 || atNs >= series.lastTime()) {
            return NEVER;
        }
        return place(series, atNs) ? path.time() : NEVER;
    }

    /** When the last value at or before an instant runs out, NEVER if it does not. */
    private long expiry(final SeriesRecord series, final long atNs) {
        if (!series.isStep() || series.pointCount() == 0) {
            return NEVER;
        }
        if (series.heartbeatNs() == 0) {
            return series.lifeEnd();
        }
        return floor(series, atNs) ? Math.min(later(path.time(), series.heartbeatNs()), series.lifeEnd()) : NEVER;
    }

    /** Where a FLOW stops to cover time, NEVER where it does not; with periods it does so with the last of them. */
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
     * The next instant at which a window that is seen from earlier holds something else; also those of its {@linkplain
     * #SPREAD spread}.
     *
     * @param series  over which it is taken.
     * @param window  of any kind.
     * @param atNs    the instant to look from.
     * @param shiftNs how much earlier the window is seen from, 0 or more.
     * @return the first such instant behind it, {@link #NEVER} if there is none.
     */
    public long nextEarlier(final SeriesRecord series, final Window window, final long atNs, final long shiftNs) {
        final long earliest = Instants.MIN - 1;
        final long seenFrom = atNs < earliest + shiftNs ? earliest : atNs - shiftNs;
        return later(next(series, window, SPREAD, seenFrom), shiftNs);
    }

    /**
     * An instant and a length.
     *
     * @param instantNs any, or {@link #NEVER}.
     * @param lengthNs  0 or more.
     * @return their sum, {@link #NEVER} beyond all time.
     */
    public static long later(final long instantNs, final long lengthNs) {
        final long sum = instantNs + lengthNs;
        return instantNs == NEVER || sum < instantNs || sum > Instants.MAX ? NEVER : sum;
    }
}
