package io.tollgate.examples.points;

import io.tollgate.api.series.Instants;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.function.LongConsumer;

/**
 * Instants at equal distances. At the first one the clock of a zone shows a multiple of the distance, for example
 * midnight in New York for {@code 1d}. A day is 24 h, so after a DST change the local time of the instants differs by
 * the change.
 *
 * @param stepNs distance of two instants, above 0.
 * @param zone   of the clock.
 */
record StepGrid(long stepNs, ZoneId zone) implements Grid {
    @Override
    public void forEach(final long firstNs, final long lastNs, final LongConsumer visitor) {
        long atNs = beginningNs(firstNs);
        while (atNs >= firstNs && atNs <= lastNs) {
            visitor.accept(atNs);
            // Beyond the last representable instant the sum wraps around and ends the loop.
            if (atNs > lastNs - stepNs) {
                return;
            }
            atNs += stepNs;
        }
    }

    /**
     * Returns the earliest instant, not before the first one, at which the clock shows a multiple. It wraps around
     * after the last representable instant.
     */
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
            // The offset of the zone changes first, and the clock then shows a multiple at another instant.
            fromNs = Instants.of(change.getInstant());
        }
    }

    private long roundedUpNs(final long fromNs, final ZoneOffset offset) {
        // Both are below the step, because the sum of two steps of more than 146 years would overflow.
        final long from = Math.floorMod(fromNs, stepNs);
        final long toStep = stepNs - Math.floorMod(offset.getTotalSeconds() * 1_000_000_000L, stepNs);
        final long behind = from < toStep ? from + (stepNs - toStep) : from - toStep;
        return behind == 0 ? fromNs : fromNs + (stepNs - behind);
    }
}
