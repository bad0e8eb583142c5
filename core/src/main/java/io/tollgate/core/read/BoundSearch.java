package io.tollgate.core.read;

import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.window.WindowChangeTimes;

/**
 * Finds where time alone makes a window reach a bound of read options, or leave it. Until the window holds something
 * else, what it has of each bound only grows or only shrinks, and in proportion to time: two reads tell if no bound is
 * reached, and else a {@link CrossingSearch} finds the instant. Used by one thread.
 */
final class BoundSearch {
    /** Reads a window. */
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
     * The first instant at which other bounds are kept.
     *
     * @param atNs   the instant to look from.
     * @param lastNs the last one behind it at which the window holds the same.
     * @param bounds a reading of the options; filled.
     * @return the first behind it up to that, NEVER if there is none.
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

    /** The first of the bounds that are reached at last, or left, by what is spare at both ends. */
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
