package io.tollgate.core.window;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;

/**
 * The instants at which time alone changes which buckets lie whole inside a window. Those of a calendar come in as they
 * end, and leave as the window's start passes theirs. Those of one length move with the window, so that each point
 * changes them once a length: of these it is the whole multiples of the length since the epoch. Used by one thread.
 */
public final class BucketChangeTimes {
    private static final long NEVER = WindowChangeTimes.NEVER;

    private final Bucket bucket;
    private final CalendarStart endCalendar = new CalendarStart();
    private final CalendarStart startCalendar = new CalendarStart();

    /** The periods of a calendar that are the buckets, null for buckets of one length. */
    private final Window.ToDate periods;

    /**
     * The instants of buckets.
     *
     * @param bucket of any kind.
     */
    public BucketChangeTimes(final Bucket bucket) {
        this.bucket = bucket;
        periods = bucket instanceof Bucket.Calendar calendar
                ? new Window.ToDate(calendar.period(), calendar.zone())
                : null;
    }

    /**
     * The next instant at which the buckets of a window are others.
     *
     * @param window of time.
     * @param atNs   the instant to look from, in the range of instants.
     * @return the first such instant behind it, {@link #NEVER} if there is none.
     */
    public long next(final Window window, final long atNs) {
        if (bucket instanceof Bucket.Fixed fixed) {
            final long end = (Math.floorDiv(atNs, fixed.lengthNs()) + 1) * fixed.lengthNs();
            return end > atNs && end <= Instants.MAX ? end : NEVER;
        }
        if (!(window instanceof Window.Sliding sliding)) {
            return endAfter(atNs);
        }
        final long leaves = leavesAfter(sliding, atNs);
        return Math.min(leaves, sliding.closed().includesEnd() ? endAfter(atNs) : startAfter(endCalendar, atNs));
    }

    /** The last instant of the period that ends next, from which on all of it lies before the end of a window. */
    private long endAfter(final long atNs) {
        final long startNs = atNs == Instants.MAX ? NEVER : startAfter(endCalendar, atNs + 1);
        return startNs == NEVER ? NEVER : startNs - 1;
    }

    /** Where the start of a window passes the next first instant of a period. */
    private long leavesAfter(final Window.Sliding window, final long atNs) {
        final long edgeNs = window.closed().includesStart() ? 1 : 0;
        final long startNs = Math.max(Instants.MIN, SlidingWindow.startNs(atNs, window.lengthNs()));
        final long passedNs = startNs == Instants.MIN ? startNs : startNs - edgeNs;
        return WindowChangeTimes.later(
                WindowChangeTimes.later(startAfter(startCalendar, passedNs), window.lengthNs()), edgeNs);
    }

    /** The next first instant of a period; by another calendar for each end of a window, as each keeps one answer. */
    private long startAfter(final CalendarStart calendar, final long atNs) {
        final long startNs = calendar.nextOf(periods, atNs);
        return startNs > atNs ? startNs : NEVER;
    }
}
