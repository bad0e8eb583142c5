package io.tollgate.core.read;

import io.tollgate.core.metric.WindowAnswer;
import io.tollgate.core.window.WindowChangeTimes;

/**
 * Finds where time alone makes a window reach a bound of read options, or leave it. Until it holds something else, what
 * it has of each bound only grows or only shrinks, and in proportion to time: so two reads tell that no bound is
 * reached, and else where that will be, which two to four more confirm; far off, as doubles round, some 30 more find
 * it. Used by one thread.
 */
final class BoundSearch {
    /** Reads a window. */
    interface Read {
        void at(long atNs, WindowAnswer bounds);
    }

    private final Read read;
    private final double[] spareNs = new double[WindowAnswer.BOUND_COUNT];

    BoundSearch(final Read read) {
        this.read = read;
    }

    /**
     * The first instant at which other bounds are kept.
     *
     * @param atNs   the instant to look from.
     * @param lastNs the last one behind it at which the window holds the same.
     * @param bounds a reading of the options; filled.
     * @return the first behind it up to that, NEVER if there is none.
     */
    long first(final long atNs, final long lastNs, final WindowAnswer bounds) {
        final int kept = kept(atNs, bounds);
        for (int i = 0; i < spareNs.length; i++) {
            spareNs[i] = bounds.spareNs(i);
        }
        final int keptLast = kept(lastNs, bounds);
        return keptLast == kept
                ? WindowChangeTimes.NEVER
                : near(atNs, lastNs, kept, likely(atNs, lastNs, kept ^ keptLast, bounds), bounds);
    }

    /** Where the first of the bounds that are reached at last, or left, would be so by what was spare at both ends. */
    private long likely(final long atNs, final long lastNs, final int turned, final WindowAnswer last) {
        final double lengthNs = (double) lastNs - atNs;
        double first = lengthNs;
        for (int i = 0; i < spareNs.length; i++) {
            if ((turned & 1 << i) != 0) {
                final double spentNs = lengthNs * (spareNs[i] / (spareNs[i] - last.spareNs(i)));
                // A bound is left behind the instant at which nothing is spare, and reached at it.
                first = Math.min(first, spareNs[i] < 0 ? Math.ceil(spentNs) : Math.floor(spentNs) + 1);
            }
        }
        return first < 0x1p63 ? atNs + (long) first : (long) (atNs + first);
    }

    /** Steps away from where it should be, twice as far each time, and halves what is left: exact wherever it is. */
    private long near(
            final long atNs, final long lastNs, final int kept, final long likelyNs, final WindowAnswer bounds) {
        long sameNs = atNs;
        long otherNs = lastNs;
        long probeNs = Math.max(atNs + 1, Math.min(likelyNs, lastNs) - 1);
        long stepNs = 1;
        while (otherNs - sameNs != 1) {
            if (probeNs <= sameNs || probeNs >= otherNs) {
                probeNs = sameNs + (otherNs - sameNs >>> 1);
            }
            if (kept(probeNs, bounds) == kept) {
                sameNs = probeNs;
                probeNs += stepNs;
            } else {
                otherNs = probeNs;
                probeNs -= stepNs;
            }
            stepNs <<= 1;
        }
        return otherNs;
    }

    private int kept(final long atNs, final WindowAnswer bounds) {
        read.at(atNs, bounds);
        return bounds.keptBounds();
    }
}
