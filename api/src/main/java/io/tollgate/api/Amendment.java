package io.tollgate.api;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.util.Objects;

/**
 * A point to be offered, or one to be withdrawn, as adapters give them out: the levels of a measure, the events of a
 * licence pipeline.
 * Immutable.
 *
 * @param validTimeNs     of the point.
 * @param value           scaled as the series is; 0 for a withdrawal.
 * @param isWithdrawal    whether the point is withdrawn.
 * @param knowledgeTimeNs when this became known.
 * @param reference       its source, or the identity of an event; {@link Publisher#NO_REFERENCE} for none.
 */
public record Amendment(long validTimeNs, long value, boolean isWithdrawal, long knowledgeTimeNs, long reference) {
    /**
     * A point to be offered.
     *
     * @param validTimeNs     of the point.
     * @param value           scaled as the series is.
     * @param knowledgeTimeNs when it became known.
     * @param reference       its source, or the identity of an event.
     * @return the change.
     */
    public static Amendment offer(
            final long validTimeNs, final long value, final long knowledgeTimeNs, final long reference) {
        return new Amendment(validTimeNs, value, false, knowledgeTimeNs, reference);
    }

    /**
     * A point to be withdrawn.
     *
     * @param validTimeNs     of the point.
     * @param knowledgeTimeNs when that became known.
     * @param reference       of the withdrawal, of an event its identity.
     * @return the change.
     */
    public static Amendment withdrawal(final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        return new Amendment(validTimeNs, 0, true, knowledgeTimeNs, reference);
    }

    /**
     * Offers the point, or withdraws it.
     *
     * @param sink   to offer to.
     * @param series with the duplicate policy REVISE if it has levels, ALL if it has events; nobody else should write
     *               to it.
     * @return a number above 0, or a code below 0: then offer it again, or give up.
     * @throws IllegalArgumentException if the series has another duplicate policy.
     */
    public long offerTo(final PointSink sink, final Series series) {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(series, "series");
        requirePolicy(series, series instanceof StepSeries ? DuplicatePolicy.REVISE : DuplicatePolicy.ALL);
        final PointEncoder point =
                sink.point(series).validAt(validTimeNs).knownAt(knowledgeTimeNs).reference(reference);
        return isWithdrawal ? point.withdraw() : point.value(value).offer();
    }

    private static void requirePolicy(final Series series, final DuplicatePolicy expected) {
        final DuplicatePolicy policy = series.definition().policies().duplicates();
        if (policy != expected) {
            throw new IllegalArgumentException("series=" + series.key() + " duplicates=" + policy + ", expected "
                    + expected + ": later changes revise earlier ones");
        }
    }
}
