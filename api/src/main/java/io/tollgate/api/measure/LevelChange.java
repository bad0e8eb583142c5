package io.tollgate.api.measure;

import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Publisher;
import io.tollgate.api.StepSeries;

/**
 * A point to be offered, or one to be withdrawn. Immutable.
 *
 * @param fromNs       valid time of the point.
 * @param value        scaled as the series is; 0 for a withdrawal.
 * @param isWithdrawal whether the point of that instant is withdrawn.
 * @param knownNs      knowledge time.
 * @param reference    of the act, {@link Publisher#NONE} if it names none.
 */
public record LevelChange(long fromNs, long value, boolean isWithdrawal, long knownNs, long reference) {
    /**
     * Offers the point, or withdraws it.
     *
     * @param publisher to offer to.
     * @param series    of the measure, with the duplicate policy REVISE; nobody else should write to it.
     * @return a ticket above 0, or a code below 0: then offer it again, or give up.
     * @throws IllegalArgumentException if the series has another duplicate policy.
     */
    public long offerTo(final Publisher publisher, final StepSeries series) {
        final DuplicatePolicy policy = series.definition().policies().duplicates();
        if (policy != DuplicatePolicy.REVISE) {
            throw new IllegalArgumentException(
                    "series=" + series.key() + " duplicates=" + policy + ", expected REVISE: acts revise levels");
        }
        return isWithdrawal
                ? publisher.withdraw(series, fromNs, knownNs, reference)
                : publisher.offer(series, fromNs, value, knownNs, reference);
    }
}
