package io.tollgate.examples.replay;

import io.tollgate.api.series.Instants;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Instants at equal distances, from one on at which the clock of a zone shows a multiple of the distance, as for
 * {@code 1d} in New York a midnight; a day is 24 h, so after a DST change the grid goes on at the hour that it has
 * then.
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
        long atNs = beginningNs(firstNs);
        while (atNs >= firstNs && atNs <= lastNs) {
            visitor.visit(atNs);
            // Beyond the last instant of all the sum wraps round, and ends the loop.
            if (atNs > lastNs - stepNs) {
                return;
            }
            atNs += stepNs;
        }
    }

    /** The earliest instant from a first one on at which the clock shows a multiple; wraps round beyond all time. */
    private long beginningNs(final long firstNs) {
        final ZoneRules rules = zone.getRules();
        long fromNs = firstNs;
        while (true) {
            final Instant from = Instants.toInstant(fromNs);
            final long atNs = roundedUpNs(fromNs, rules.getOffset(from));
            final ZoneOffsetTransition change = rules.nextTransition(from);
            if (atNs < fromNs || change == null || Instants.toInstant(atNs).isBefore(change.getInstant())) {
                return atNs;
            }
            // The clock is put on or back first, and shows a multiple at another instant.
            fromNs = Instants.of(change.getInstant());
        }
    }

    private long roundedUpNs(final long fromNs, final ZoneOffset offset) {
        // Both below the step: a sum of two steps of more than 146 years would not fit.
        final long from = Math.floorMod(fromNs, stepNs);
        final long toStep = stepNs - Math.floorMod(offset.getTotalSeconds() * 1_000_000_000L, stepNs);
        final long behind = from < toStep ? from + (stepNs - toStep) : from - toStep;
        return behind == 0 ? fromNs : fromNs + (stepNs - behind);
    }
}
