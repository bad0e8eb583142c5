package io.tollgate.api.measure;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * One act in the life of a measure. Immutable.
 *
 * @param kind      effect of the act.
 * @param knownNs   knowledge time of the act in ns: its announcement.
 * @param fromNs    instant in ns from which the act takes effect: start of the rate, of the suspension or of the end.
 *                  POSTPONE: the instant planned before. EXTEND: the end planned before.
 * @param untilNs   IMPOSE and SUSPEND: the end in ns, {@link Instants#NONE} for none. POSTPONE: the new instant.
 *                  EXTEND: the new end. Otherwise NONE.
 * @param value     scaled value. IMPOSE and CHANGE: the rate. SUSPEND: the suspended part of the rate,
 *                  {@link Measure#WHOLE} for all of it. Otherwise 0.
 * @param reference reference of the source, {@link Publisher#NO_REFERENCE} for none.
 */
public record Act(ActKind kind, long knownNs, long fromNs, long untilNs, long value, long reference) {
    /**
     * Checks the ranges.
     *
     * @param kind      effect of the act.
     * @param knownNs   knowledge time in ns.
     * @param fromNs    instant in ns from which the act takes effect.
     * @param untilNs   end or new instant in ns, {@link Instants#NONE} for none.
     * @param value     rate, or suspended part of it.
     * @param reference reference of the source.
     * @throws IllegalArgumentException if an instant is out of range or missing, an end is not after its start, or the
     *                                  value is below 0.
     */
    public Act {
        Objects.requireNonNull(kind, "kind");
        Instants.requireInRange(knownNs);
        Instants.requireInRange(fromNs);
        if (untilNs != Instants.NONE) {
            Instants.requireInRange(untilNs);
        }
        if (value < 0) {
            throw new IllegalArgumentException(kind + " value=" + value + ", expected 0 or more");
        }
        if (kind == ActKind.POSTPONE && untilNs == Instants.NONE) {
            throw new IllegalArgumentException("POSTPONE until=none, expected the new instant");
        }
        final boolean hasEnd = kind == ActKind.IMPOSE || kind == ActKind.SUSPEND;
        if (hasEnd && untilNs != Instants.NONE && untilNs <= fromNs) {
            throw new IllegalArgumentException(kind + " until=" + Instants.format(untilNs)
                    + ", expected an end after from=" + Instants.format(fromNs));
        }
    }

    /**
     * Returns the time from the announcement to the effect.
     *
     * @return {@code fromNs - knownNs}, below 0 for a retroactive act; at most 292 years either way.
     */
    public long announcementLagNs() {
        return Spans.between(knownNs, fromNs);
    }

    /** {@return true if the act takes effect before it was known} */
    public boolean isRetroactive() {
        return fromNs < knownNs;
    }
}
