package io.tollgate.api.measure;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.Objects;

/**
 * One act in the life of a measure. Immutable.
 *
 * @param kind      what it does.
 * @param knownNs   when it became known: its announcement.
 * @param fromNs    from when things differ: the instant of the rate, the suspension or the end; of POSTPONE the instant
 *                  that was meant before; of EXTEND the end that was meant before.
 * @param untilNs   IMPOSE and SUSPEND: the end, {@link Instants#NONE} for none; POSTPONE: when instead; EXTEND: the
 *                  new end. Else NONE.
 * @param value     IMPOSE and CHANGE: the rate; SUSPEND: the part of it that is out of force, {@link Measure#WHOLE} for
 *                  all. Scaled as the series is. Else 0.
 * @param reference of its source, {@link Publisher#NO_REFERENCE} if none is named.
 */
public record Act(ActKind kind, long knownNs, long fromNs, long untilNs, long value, long reference) {
    /**
     * Checks the ranges.
     *
     * @param kind      what it does.
     * @param knownNs   when it became known.
     * @param fromNs    from when things differ.
     * @param untilNs   an end or a new instant, {@link Instants#NONE} for none.
     * @param value     a rate or the part of it that is suspended.
     * @param reference of its source.
     * @throws IllegalArgumentException if an instant is out of range or missing, an end is not after its beginning, or
     *                                  a value is below 0.
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
            throw new IllegalArgumentException("POSTPONE until=none, expected the instant that is meant instead");
        }
        final boolean hasEnd = kind == ActKind.IMPOSE || kind == ActKind.SUSPEND;
        if (hasEnd && untilNs != Instants.NONE && untilNs <= fromNs) {
            throw new IllegalArgumentException(kind + " until=" + Instants.format(untilNs)
                    + ", expected an end after from=" + Instants.format(fromNs));
        }
    }

    /**
     * How long before its effect it was announced.
     *
     * @return {@code fromNs - knownNs}, below 0 for one with effect back in time; at most 292 years either way.
     */
    public long announcementLagNs() {
        return Spans.between(knownNs, fromNs);
    }

    /**
     * Whether it reaches back in time.
     *
     * @return true if it has effect from before it was known.
     */
    public boolean isRetroactive() {
        return fromNs < knownNs;
    }
}
