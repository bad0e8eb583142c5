package io.tollgate.core.read;

import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.window.WindowChangeTimes;

/**
 * Finds the instant at which time alone makes a window reach or leave a bound of the read options. As long as the
 * contents of the window stay the same, each bound moves in one direction only, in proportion to time. Two reads
 * therefore show whether a bound is reached. If one is, a {@link CrossingSearch} finds the instant. Used by one thread.
 */
final class BoundSearch {
    interface Read {
        void at(long atNs, WindowValues bounds);
    }

    private final Read read;
    private final CrossingSearch crossing = new CrossingSearch(this::isOther, this::spareNs);
    private final double[] spareNs = new double[WindowValues.BOUND_COUNT];
    private WindowValues reading;
    private int kept;
    private int crossed;

    BoundSearch(final Read read) {
        this.read = read;
    }

    /**
     * Finds the first instant at which a different set of bounds holds.
     *
     * @param atNs   the start of the search.
     * @param lastNs the last later instant at which the window has the same contents.
     * @param bounds a reading of the options; overwritten.
     * @return the first such instant after {@code atNs} and up to {@code lastNs}, or NEVER.
     */
    long first(final long atNs, final long lastNs, final WindowValues bounds) {
        reading = bounds;
        kept = kept(atNs);
        for (int i = 0; i < spareNs.length; i++) {
            spareNs[i] = bounds.spareNs(i);
        }
        final int turned = kept ^ kept(lastNs);
        if (turned == 0) {
            return WindowChangeTimes.NEVER;
        }
        crossed = firstOf(turned);
        return crossing.first(atNs, spareNs[crossed], lastNs, spareNs());
    }

    /** Returns the bound that is crossed first, by linear interpolation of the spare time at both ends. */
    private int firstOf(final int turned) {
        int first = Integer.numberOfTrailingZeros(turned);
        double least = Double.POSITIVE_INFINITY;
        for (int i = first; i < spareNs.length; i++) {
            final double share = spareNs[i] / (spareNs[i] - reading.spareNs(i));
            if ((turned & 1 << i) != 0 && share < least) {
                least = share;
                first = i;
            }
        }
        return first;
    }

    private int kept(final long atNs) {
        read.at(atNs, reading);
        return reading.keptBounds();
    }

    private boolean isOther(final long atNs) {
        return kept(atNs) != kept;
    }

    private double spareNs() {
        return reading.spareNs(crossed);
    }
}
