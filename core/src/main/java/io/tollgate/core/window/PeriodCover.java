package io.tollgate.core.window;

/**
 * The time that periods cover together, taken in the order of their ends. Where month ends or changes of the clock let
 * a period begin before one that ended earlier, it reaches back by a few days at most, and so over no more than the
 * last stretch without a period: every stretch in front of that is a whole period long, but for one cut at the start.
 * Used by one thread.
 */
final class PeriodCover {
    private long startNs;
    private long lastStretchNs;
    private long gapNs;
    private long untilNs;
    private long coveredNs;

    /** Begins anew: nothing before an instant counts. */
    void begin(final long fromNs) {
        startNs = fromNs;
        gapNs = fromNs;
        lastStretchNs = fromNs;
        untilNs = fromNs;
        coveredNs = 0;
    }

    /** Adds a period that does not end before those added so far. */
    void add(final long periodFromNs, final long toNs) {
        final long fromNs = Math.max(periodFromNs, startNs);
        if (toNs <= fromNs) {
            return;
        }
        if (fromNs > untilNs) {
            gapNs = untilNs;
            lastStretchNs = fromNs;
            untilNs = fromNs;
        } else if (fromNs < lastStretchNs) {
            final long reachNs = Math.max(fromNs, gapNs);
            coveredNs += lastStretchNs - reachNs;
            lastStretchNs = reachNs;
        }
        coveredNs += Math.max(0, toNs - untilNs);
        untilNs = Math.max(untilNs, toNs);
    }

    /** {@return the time covered, unsigned ns} */
    long coveredNs() {
        return coveredNs;
    }
}
