package io.tollgate.api;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.util.Objects;

/**
 * A point to offer or to withdraw. Adapters produce amendments: {@link io.tollgate.api.measure.Measure} for the levels
 * of a measure, {@link io.tollgate.api.licence.LicencePipeline} for the events of a licence pipeline. Immutable.
 *
 * @param validTimeNs     valid time of the point, in ns.
 * @param value           scaled value; 0 for a withdrawal.
 * @param isWithdrawal    true to withdraw the point, false to offer it.
 * @param knowledgeTimeNs knowledge time, in ns.
 * @param reference       source of the level or identity of the event; {@link Publisher#NO_REFERENCE} for none.
 */
public record Amendment(long validTimeNs, long value, boolean isWithdrawal, long knowledgeTimeNs, long reference) {
    /**
     * Creates an amendment that offers a point.
     *
     * @param validTimeNs     valid time, in ns.
     * @param value           scaled value.
     * @param knowledgeTimeNs knowledge time, in ns.
     * @param reference       source of the level or identity of the event.
     * @return the amendment.
     */
    public static Amendment offer(
            final long validTimeNs, final long value, final long knowledgeTimeNs, final long reference) {
        return new Amendment(validTimeNs, value, false, knowledgeTimeNs, reference);
    }

    /**
     * Creates an amendment that withdraws a point.
     *
     * @param validTimeNs     valid time of the point, in ns.
     * @param knowledgeTimeNs knowledge time of the withdrawal, in ns.
     * @param reference       source of the withdrawal; for an event, its identity.
     * @return the amendment.
     */
    public static Amendment withdrawal(final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        return new Amendment(validTimeNs, 0, true, knowledgeTimeNs, reference);
    }

    /**
     * Offers or withdraws the point.
     *
     * @param sink   publisher or batch.
     * @param series a STEP with duplicate policy REVISE, or a FLOW with ALL. No other writer should use it.
     * @return a number above 0, or a code below 0; the same call may then be repeated.
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
