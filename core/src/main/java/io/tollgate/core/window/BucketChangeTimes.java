package io.tollgate.core.window;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;

/**
 * Finds the instants at which time alone changes the set of buckets that lie completely inside a window. A calendar
 * bucket enters when it ends, and leaves when the start of the window passes its start. Buckets of a fixed length move
 * with the window, so each point changes them once per length; their change times are the multiples of the length since
 * the epoch. Used by one thread.
 */
public final class BucketChangeTimes {
    private static final long NEVER = WindowChangeTimes.NEVER;

    private final Bucket bucket;
    private final CalendarStart endCalendar = new CalendarStart();
    private final CalendarStart startCalendar = new CalendarStart();

    /** The calendar periods that are the buckets; null for buckets of a fixed length. */
    private final Window.ToDate periods;

    /**
     * Creates the change times of a kind of bucket.
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
     * Returns the next instant at which the set of buckets of a window changes.
     *
     * @param window of time.
     * @param atNs   the instant to search from, in the range of instants.
     * @return the first such instant after it, {@link #NEVER} if there is none.
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

    /**
     * Returns the last instant of the next period to end: from then on the whole period lies before the window's end.
     */
    private long endAfter(final long atNs) {
        final long startNs = atNs == Instants.MAX ? NEVER : startAfter(endCalendar, atNs + 1);
        return startNs == NEVER ? NEVER : startNs - 1;
    }

    /** Returns the instant at which the start of the window passes the next period start. */
    private long leavesAfter(final Window.Sliding window, final long atNs) {
        final long edgeNs = window.closed().includesStart() ? 1 : 0;
        final long startNs = Math.max(Instants.MIN, SlidingWindow.startNs(atNs, window.lengthNs()));
        final long passedNs = startNs == Instants.MIN ? startNs : startNs - edgeNs;
        return WindowChangeTimes.later(
                WindowChangeTimes.later(startAfter(startCalendar, passedNs), window.lengthNs()), edgeNs);
    }

    /**
     * Returns the next period start. Each end of a window uses its own calendar, because a calendar caches one answer.
     */
    private long startAfter(final CalendarStart calendar, final long atNs) {
        final long startNs = calendar.nextOf(periods, atNs);
        return startNs > atNs ? startNs : NEVER;
    }
}
