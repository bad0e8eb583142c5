package io.tollgate.core.read;

import java.util.function.DoubleSupplier;
import java.util.function.LongPredicate;

/**
 * Finds the first instant at which a condition holds that holds from then on. It goes where a straight line between
 * two readings crosses 0, looks around there, and halves what is left: exact wherever that is, and in few readings
 * where the line is straight. Used by one thread.
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
     * A search.
     *
     * @param condition reads at an instant, and says whether the condition holds there.
     * @param distance  of the reading just made from the line that is crossed; NaN if it has none.
     */
    public CrossingSearch(final LongPredicate condition, final DoubleSupplier distance) {
        this.condition = condition;
        this.distance = distance;
    }

    /**
     * Finds the instant.
     *
     * @param fromNs         an instant at which the condition does not hold.
     * @param fromDistance   the distance there.
     * @param toNs           a later instant, at which it holds.
     * @param toDistance     the distance there.
     * @return the first instant behind {@code fromNs} at which it holds.
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

    /** Reads at an instant between both, and says whether the condition holds there; elsewhere it reads nothing. */
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

    /** Between both, where a straight line would cross 0. */
    private long straight() {
        final long length = foundNs - beforeNs;
        final double share = beforeDistance / (beforeDistance - foundDistance);
        if (Double.isNaN(share)) {
            return beforeNs + (length >>> 1);
        }
        if (share < 0 || share > 1) {
            // The nearer end is off by what its distance was rounded by.
            return share < 0.5 ? beforeNs + 1 : foundNs - 1;
        }
        final double spentNs = Math.ceil(share * (length >= 0 ? length : length + 0x1p64));
        final long atNs = beforeNs + (long) Math.min(spentNs, 0x1p62);
        return Math.max(beforeNs + 1, Math.min(foundNs - 1, atNs));
    }
}
