package io.tollgate.core.read;

import java.util.function.DoubleSupplier;
import java.util.function.LongPredicate;

/**
 * Finds the first instant of a condition that stays true once it holds. The search interpolates linearly between two
 * readings, probes around the zero crossing, and bisects the rest. It is exact for any function, and needs few readings
 * if the function is linear. Used by one thread.
 */
public final class CrossingSearch {
    private static final long MAX_STEP_NS = 1L << 60;

    private final LongPredicate condition;
    private final DoubleSupplier distance;
    private long beforeNs;
    private double beforeDistance;
    private long foundNs;
    private double foundDistance;

    /**
     * Creates a search.
     *
     * @param condition reads at an instant, and returns true if the condition holds there.
     * @param distance  the signed distance of the last reading from the crossing; NaN if it has none.
     */
    public CrossingSearch(final LongPredicate condition, final DoubleSupplier distance) {
        this.condition = condition;
        this.distance = distance;
    }

    /**
     * Finds the instant.
     *
     * @param fromNs         an instant at which the condition does not hold.
     * @param fromDistance   the distance at that instant.
     * @param toNs           a later instant, at which the condition holds.
     * @param toDistance     the distance at that instant.
     * @return the first instant after {@code fromNs} at which the condition holds.
     */
    public long first(final long fromNs, final double fromDistance, final long toNs, final double toDistance) {
        beforeNs = fromNs;
        beforeDistance = fromDistance;
        foundNs = toNs;
        foundDistance = toDistance;
        long stepNs = 1;
        while (foundNs - beforeNs != 1) {
            final boolean isFound = probe(straight());
            probe(isFound ? foundNs - stepNs : beforeNs + stepNs);
            if (stepNs > 1) {
                probe(beforeNs + (foundNs - beforeNs >>> 1));
            }
            stepNs = Math.min(stepNs, MAX_STEP_NS >>> 3) << 3;
        }
        return foundNs;
    }

    /** Returns true if the condition holds at an instant. Reads only if the instant is inside the current interval. */
    private boolean probe(final long atNs) {
        if (atNs <= beforeNs || atNs >= foundNs) {
            return atNs >= foundNs;
        }
        final boolean holds = condition.test(atNs);
        if (holds) {
            foundNs = atNs;
            foundDistance = distance.getAsDouble();
        } else {
            beforeNs = atNs;
            beforeDistance = distance.getAsDouble();
        }
        return holds;
    }

    /** Returns the zero crossing of the line between both ends. */
    private long straight() {
        final long length = foundNs - beforeNs;
        final double share = beforeDistance / (beforeDistance - foundDistance);
        if (Double.isNaN(share)) {
            return beforeNs + (length >>> 1);
        }
        if (share < 0 || share > 1) {
            // Measured from the nearer end, because its distance has the smaller rounding error.
            return share < 0.5 ? beforeNs + 1 : foundNs - 1;
        }
        final double spentNs = Math.ceil(share * (length >= 0 ? length : length + 0x1p64));
        final long atNs = beforeNs + (long) Math.min(spentNs, 0x1p62);
        return Math.max(beforeNs + 1, Math.min(foundNs - 1, atNs));
    }
}
