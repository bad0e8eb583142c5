package io.tollgate.api.series;

import io.tollgate.api.text.DurationText;
import java.util.Objects;
import java.util.Optional;

/**
 * How the points of a series are to be taken. Immutable; made through {@link SeriesDefinition}.
 *
 * @param duplicates  what becomes of a second point at an instant.
 * @param heartbeatNs STEP: for how long the last value at or before t counts as known without a newer one, in ns;
 *                    0 for ever.
 * @param lifeStartNs FLOW: the instant from which the absence of events means zero, {@link Instants#NONE} for the
 *                    first point. Always NONE for STEP.
 * @param period      FLOW: the period that each point sums up, empty if it happens at its instant.
 */
public record SeriesPolicies(
        DuplicatePolicy duplicates, long heartbeatNs, long lifeStartNs, Optional<ReportingPeriod> period) {
    /**
     * Checks what can be checked without the kind of the series.
     *
     * @param duplicates  what becomes of a second point at an instant.
     * @param heartbeatNs STEP: for how long the last value at or before t counts as known without a newer one, in ns;
     *                    0 for ever.
     * @param lifeStartNs FLOW: the instant from which the absence of events means zero, {@link Instants#NONE} for the
     *                    first point. Always NONE for STEP.
     * @param period      FLOW: the period that each point sums up, empty if it happens at its instant.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public SeriesPolicies {
        Objects.requireNonNull(duplicates, "duplicates");
        Objects.requireNonNull(period, "period");
        if (heartbeatNs < 0) {
            throw new IllegalArgumentException("heartbeatNs=" + heartbeatNs + ", expected 1 or more, or 0 for none");
        }
        if (lifeStartNs != Instants.NONE) {
            Instants.requireInRange(lifeStartNs);
        }
    }

    /**
     * The policies of a series that declares none.
     *
     * @param kind of the series.
     * @return REVISE for STEP, ALL for FLOW, and none of the others.
     */
    public static SeriesPolicies defaultOf(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return new SeriesPolicies(DuplicatePolicy.defaultOf(kind), 0, Instants.NONE, Optional.empty());
    }

    SeriesPolicies withDuplicates(final DuplicatePolicy policy) {
        return new SeriesPolicies(policy, heartbeatNs, lifeStartNs, period);
    }

    SeriesPolicies withHeartbeat(final long ns) {
        return new SeriesPolicies(duplicates, ns, lifeStartNs, period);
    }

    SeriesPolicies withLifeStart(final long ns) {
        return new SeriesPolicies(duplicates, heartbeatNs, ns, period);
    }

    SeriesPolicies withPeriod(final ReportingPeriod reportingPeriod) {
        return new SeriesPolicies(duplicates, heartbeatNs, lifeStartNs, Optional.of(reportingPeriod));
    }

    void requireSuits(final String key, final SeriesKind kind) {
        if (!duplicates.suits(kind)) {
            throw new IllegalArgumentException("series=" + key + " duplicates=" + duplicates + ", expected "
                    + DuplicatePolicy.REVISE + ", " + DuplicatePolicy.KEEP_FIRST + " or " + DuplicatePolicy.REJECT
                    + ": a STEP has one level at an instant");
        }
        if (kind == SeriesKind.STEP) {
            require(
                    lifeStartNs == Instants.NONE,
                    key,
                    "lifeStartNs=" + lifeStartNs + ", expected none: only a FLOW has a declared start of life");
            require(period.isEmpty(), key, "period=" + period + ", expected none: only a FLOW has a reporting period");
        } else {
            require(
                    heartbeatNs == 0,
                    key,
                    "heartbeatNs=" + heartbeatNs + ", expected 0: only a STEP runs on, so only it has a heartbeat");
        }
    }

    private static void require(final boolean isMet, final String key, final String problem) {
        if (!isMet) {
            throw new IllegalArgumentException("series=" + key + " " + problem);
        }
    }

    /** Each that is not the one by default, behind a space. */
    String text(final SeriesKind kind) {
        return (duplicates == DuplicatePolicy.defaultOf(kind) ? "" : " duplicates=" + duplicates)
                + (heartbeatNs == 0 ? "" : " heartbeat=" + DurationText.of(heartbeatNs))
                + (lifeStartNs == Instants.NONE ? "" : " lifeStart=" + Instants.format(lifeStartNs))
                + period.map(length -> " period=" + length).orElse("");
    }
}
