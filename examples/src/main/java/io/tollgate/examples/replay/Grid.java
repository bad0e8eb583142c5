package io.tollgate.examples.replay;

import io.tollgate.api.Instants;
import java.time.ZoneId;

/**
 * Instants at equal distances: the multiples of a duration by the clock of a zone, as {@code 1d} in New York is its
 * midnights; a day is 24 h, so after a DST change the grid goes on at the hour that it has then.
 *
 * @param stepNs distance of two instants, above 0.
 * @param zone   whose clock is meant.
 */
record Grid(long stepNs, ZoneId zone) {
    /** Takes each instant of the grid. */
    @FunctionalInterface
    interface Visitor {
        void visit(long atNs);
    }

    /** Visits the instants from a first one, rounded up to the grid, to a last one. */
    void forEach(final long firstNs, final long lastNs, final Visitor visitor) {
        final long offsetNs =
                zone.getRules().getOffset(Instants.toInstant(firstNs)).getTotalSeconds() * 1_000_000_000L;
        // Both below the step: a sum of two steps of more than 146 years would not fit.
        final long first = Math.floorMod(firstNs, stepNs);
        final long toStep = stepNs - Math.floorMod(offsetNs, stepNs);
        final long behind = first < toStep ? first + (stepNs - toStep) : first - toStep;
        long atNs = behind == 0 ? firstNs : firstNs + (stepNs - behind);
        while (atNs >= firstNs && atNs <= lastNs) {
            visitor.visit(atNs);
            // Beyond the last instant of all the sum wraps round, and ends the loop.
            if (atNs > lastNs - stepNs) {
                return;
            }
            atNs += stepNs;
        }
    }
}
