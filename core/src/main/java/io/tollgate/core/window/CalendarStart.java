package io.tollgate.core.window;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Where a calendar period begins that an instant lies in. The last answer is kept: the calendar is asked, and garbage
 * made, only when the instant leaves that period or another window is asked for. A period that has begun goes on where
 * clocks are set back over midnight to the day before. Used by one thread.
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
                // Clocks that are set back over midnight show the day before once more.
            } while (atNs >= nextStartNs && nextStartNs < Instants.MAX);
        }
        return startNs;
    }

    /** Where the period behind it begins. */
    long nextOf(final Window.ToDate wanted, final long atNs) {
        of(wanted, atNs);
        return nextStartNs;
    }

    /**
     * The first instant of a day, 00:00 or, where a DST change skips it, what follows; cut to the range of instants.
     */
    static long startOf(final LocalDate day, final ZoneId zone) {
        final Instant start = day.atStartOfDay(zone).toInstant();
        return start.isBefore(FIRST) ? Instants.MIN : start.isAfter(LAST) ? Instants.MAX : Instants.of(start);
    }
}
