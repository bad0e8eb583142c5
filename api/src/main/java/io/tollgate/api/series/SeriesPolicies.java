package io.tollgate.api.series;

import io.tollgate.api.text.DurationText;
import java.util.Objects;
import java.util.Optional;

/**
 * Treatment of the points of a series. Immutable; the {@code with} methods of {@link SeriesDefinition} create it.
 *
 * @param duplicates  treatment of a second point at an instant.
 * @param heartbeatNs STEP: time in ns after which the last level at or before t becomes unknown if no newer point
 *                    follows; 0 for never. Always 0 for FLOW.
 * @param lifeStartNs FLOW: instant in ns from which the absence of events means zero; {@link Instants#NONE} for the
 *                    first point. Always NONE for STEP.
 * @param period      FLOW: reporting period of each point, empty for events at an instant. Always empty for STEP.
 */
public record SeriesPolicies(
        DuplicatePolicy duplicates, long heartbeatNs, long lifeStartNs, Optional<ReportingPeriod> period) {
    /**
     * Checks everything that does not depend on the kind of the series.
     *
     * @param duplicates  treatment of a second point at an instant.
     * @param heartbeatNs time in ns after which the last level becomes unknown; 0 for never.
     * @param lifeStartNs instant in ns from which the absence of events means zero, or {@link Instants#NONE}.
     * @param period      reporting period of each point, or empty.
     * @throws IllegalArgumentException if a value is out of range; the message names it.
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
     * Returns the default policies of a kind of series: no heartbeat, no declared start of life, no reporting period.
     *
     * @param kind kind of the series.
     * @return the policies; duplicates are REVISE for STEP and ALL for FLOW.
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
            require(heartbeatNs == 0, key, "heartbeatNs=" + heartbeatNs + ", expected 0: only a STEP has a heartbeat");
        }
    }

    private static void require(final boolean isMet, final String key, final String problem) {
        if (!isMet) {
            throw new IllegalArgumentException("series=" + key + " " + problem);
        }
    }

    /** Formats the policies that are not the default, each after a space. */
    String text(final SeriesKind kind) {
        return (duplicates == DuplicatePolicy.defaultOf(kind) ? "" : " duplicates=" + duplicates)
                + (heartbeatNs == 0 ? "" : " heartbeat=" + DurationText.of(heartbeatNs))
                + (lifeStartNs == Instants.NONE ? "" : " lifeStart=" + Instants.format(lifeStartNs))
                + period.map(length -> " period=" + length).orElse("");
    }
}
