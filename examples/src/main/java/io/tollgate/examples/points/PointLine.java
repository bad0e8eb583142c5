package io.tollgate.examples.points;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;

/**
 * A point, or the withdrawal of one, as one line of the input gives it.
 *
 * @param key             of its series.
 * @param validTimeNs     when it is in force, or happened.
 * @param isWithdrawal    whether the point is withdrawn.
 * @param value           scaled value, {@link Decimals#UNKNOWN} for "unknown from here on" and for a withdrawal.
 * @param knowledgeTimeNs when it became known, {@link Instants#NONE} if not given.
 * @param reference       of the point, {@link Publisher#NO_REFERENCE} if not given.
 */
public record PointLine(
        String key, long validTimeNs, boolean isWithdrawal, long value, long knowledgeTimeNs, long reference) {
    /**
     * Whether its value is not known.
     *
     * @return true also for a withdrawal.
     */
    public boolean isUnknown() {
        return value == Decimals.UNKNOWN;
    }
}
