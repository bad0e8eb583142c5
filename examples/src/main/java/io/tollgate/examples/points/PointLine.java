package io.tollgate.examples.points;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;

/**
 * A point, or the withdrawal of a point, from one line of the input.
 *
 * @param key             of its series.
 * @param validTimeNs     instant from which it is in force, or at which it happened.
 * @param isWithdrawal    true if the point is withdrawn.
 * @param value           scaled value, {@link Decimals#UNKNOWN} for "unknown from here on" and for a withdrawal.
 * @param knowledgeTimeNs instant at which it became known, {@link Instants#NONE} if not given.
 * @param reference       of the point, {@link Publisher#NO_REFERENCE} if not given.
 */
public record PointLine(
        String key, long validTimeNs, boolean isWithdrawal, long value, long knowledgeTimeNs, long reference) {
    /**
     * Returns true if the value is unknown.
     *
     * @return true also for a withdrawal.
     */
    public boolean isUnknown() {
        return value == Decimals.UNKNOWN;
    }

    /** Returns the point as text, with its value at a scale. */
    String text(final int scale) {
        return "series=" + key + " time=" + Instants.format(validTimeNs) + " value="
                + (isWithdrawal ? "WITHDRAW" : isUnknown() ? "NA" : Decimals.format(value, scale))
                + (knowledgeTimeNs == Instants.NONE ? "" : " known_at=" + Instants.format(knowledgeTimeNs))
                + (reference == Publisher.NO_REFERENCE ? "" : " ref=" + reference);
    }
}
