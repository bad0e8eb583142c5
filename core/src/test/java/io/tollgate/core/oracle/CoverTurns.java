package io.tollgate.core.oracle;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The instants at which time begins or ceases to be covered. A window shows the change one nanosecond later. */
final class CoverTurns {
    private final SeriesDefinition definition;
    private final Oracle oracle;
    private final boolean hasPeriods;

    CoverTurns(final SeriesDefinition definition, final Oracle oracle) {
        this.definition = definition;
        this.oracle = oracle;
        hasPeriods = definition.policies().period().isPresent();
    }

    /**
     * Returns the instants of a window as seen from an instant. A calendar window has only the period of that instant.
     */
    List<BigInteger> of(final Window window, final long seenFrom) {
        final List<BigInteger> turns = new ArrayList<>();
        if (definition.kind() == SeriesKind.STEP) {
            addOfLevel(turns);
        } else {
            addOfFlow(window, turns);
        }
        if (!hasPeriods) {
            addOfStart(window, seenFrom, turns);
        }
        return turns;
    }

    /**
     * Adds the instants at which the level becomes known or unknown. A level does not expire if a newer point comes in
     * time.
     */
    private void addOfLevel(final List<BigInteger> turns) {
        final long heartbeatNs = definition.policies().heartbeatNs();
        boolean wasKnown = false;
        for (final Oracle.Point point : oracle.points()) {
            if (point.isKnown() != wasKnown) {
                turns.add(BigInteger.valueOf(point.time()));
            }
            wasKnown = point.isKnown();
            final Oracle.Point newer = oracle.current().higher(point.time());
            final BigInteger expiry = BigInteger.valueOf(point.time()).add(BigInteger.valueOf(heartbeatNs));
            final boolean isBorneOut =
                    newer != null && BigInteger.valueOf(newer.time()).compareTo(expiry) <= 0;
            if (heartbeatNs != 0 && wasKnown && !isBorneOut) {
                turns.add(expiry);
            }
        }
    }

    /**
     * Adds the ends of periods, which are the times of their points. Adds the start of a life if the window excludes
     * its end.
     */
    private void addOfFlow(final Window window, final List<BigInteger> turns) {
        final long lifeStartNs = definition.policies().lifeStartNs();
        if (hasPeriods && !(window instanceof Window.LastPoints)) {
            oracle.points().forEach(point -> turns.add(BigInteger.valueOf(point.time())));
        } else if (!hasPeriods
                && lifeStartNs != Instants.NONE
                && window instanceof Window.Sliding sliding
                && !sliding.closed().includesEnd()) {
            turns.add(BigInteger.valueOf(lifeStartNs));
        }
    }

    /** Adds the start of a window that does not slide. */
    private void addOfStart(final Window window, final long seenFrom, final List<BigInteger> turns) {
        if (window instanceof Window.Since since) {
            turns.add(BigInteger.valueOf(since.instantNs()));
        } else if (window instanceof Window.ToDate toDate) {
            final long start = start(toDate.period(), toDate.zone(), seenFrom);
            if (start <= seenFrom) {
                turns.add(BigInteger.valueOf(start));
            }
        } else if (window instanceof Window.LastPoints last) {
            addOfLast(last.pointCount(), turns);
        }
    }

    /** Adds the instants at which all last points share one instant. */
    private void addOfLast(final long pointCount, final List<BigInteger> turns) {
        final List<Oracle.Point> points = oracle.points();
        for (int i = 0; i < points.size(); i++) {
            final long time = points.get(i).time();
            final boolean isLastOfInstant =
                    i + 1 == points.size() || points.get(i + 1).time() > time;
            final int first = (int) Math.max(0, i + 1 - pointCount);
            if (isLastOfInstant && points.get(first).time() == time) {
                turns.add(BigInteger.valueOf(time));
            }
        }
    }

    private static long start(final CalendarPeriod period, final ZoneId zone, final long atNs) {
        final LocalDate day = LocalDate.ofInstant(Instants.toInstant(atNs), zone);
        final Instant start = period.firstDay(day).atStartOfDay(zone).toInstant();
        return start.isBefore(Instants.toInstant(Instants.MIN)) ? Instants.MIN : Instants.of(start);
    }
}
