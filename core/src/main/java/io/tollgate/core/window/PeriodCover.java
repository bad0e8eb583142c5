package io.tollgate.core.window;

/**
 * The union of the time that periods cover, added in the order of their ends. A month end or a clock change can let a
 * period begin before one that ended earlier, by a few days at most. Such a period fills at most the last gap, because
 * every covered stretch before that gap is at least one whole period long, unless the start cuts it. Used by one
 * thread.
 */
final class PeriodCover {
    private long startNs;
    private long lastStretchNs;
    private long gapNs;
    private long untilNs;
    private long coveredNs;

    /** Starts again; time before the given instant does not count. */
    void begin(final long fromNs) {
        startNs = fromNs;
        gapNs = fromNs;
        lastStretchNs = fromNs;
        untilNs = fromNs;
        coveredNs = 0;
    }

    /** Adds a period that ends at or after all periods added so far. */
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
