package io.tollgate.core.window;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Finds the start of the calendar period that contains an instant. It caches the last answer, and asks the calendar
 * (which allocates) only if the instant leaves that period or the window changes. If clocks are set back over midnight
 * to the previous day, the new period continues. Used by one thread.
 */
final class CalendarStart {
    private static final Instant FIRST = Instants.toInstant(Instants.MIN);
    private static final Instant LAST = Instants.toInstant(Instants.MAX);

    private Window.ToDate window;
    private long startNs = Long.MAX_VALUE;
    private long nextStartNs = Long.MIN_VALUE;

    long of(final Window.ToDate wanted, final long atNs) {
        if (!wanted.equals(window) || atNs < startNs || atNs >= nextStartNs) {
            final ZoneId zone = wanted.zone();
            final LocalDate day = LocalDate.ofInstant(Instants.toInstant(atNs), zone);
            LocalDate firstDay = wanted.period().firstDay(day);
            window = wanted;
            nextStartNs = startOf(firstDay, zone);
            do {
                startNs = nextStartNs;
                firstDay = wanted.period().nextFirstDay(firstDay);
                nextStartNs = startOf(firstDay, zone);
                // If clocks are set back over midnight, the previous day appears again.
            } while (atNs >= nextStartNs && nextStartNs < Instants.MAX);
        }
        return startNs;
    }

    /** Returns the start of the following period. */
    long nextOf(final Window.ToDate wanted, final long atNs) {
        of(wanted, atNs);
        return nextStartNs;
    }

    /**
     * Returns the first instant of a day, cut to the range of instants: 00:00, or the next local time that exists if a
     * DST change skips it.
     */
    static long startOf(final LocalDate day, final ZoneId zone) {
        final Instant start = day.atStartOfDay(zone).toInstant();
        return start.isBefore(FIRST) ? Instants.MIN : start.isAfter(LAST) ? Instants.MAX : Instants.of(start);
    }
}
