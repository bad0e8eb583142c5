package io.tollgate.core.window;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Finds the starts of the periods that are booked at given instants. Each end of a calendar period is looked up in the
 * calendar once, which allocates; a bounded number of answers is cached for each calendar. Used by one thread.
 */
final class PeriodStarts {
    /** Months for more than 300 years; a full table is cleared. */
    private static final int MAX_KEPT = 4_096;

    private static final long MISSING = Long.MIN_VALUE;

    private final Long2ObjectHashMap<Calendar> calendars = new Long2ObjectHashMap<>();
    private Calendar calendar;

    /** For a period of a fixed length, the length. */
    private long code;

    /** Selects a period by its {@code code} as stored with the series. */
    void period(final long code) {
        if (code == this.code) {
            return;
        }
        calendar = ReportingPeriod.isFixed(code) ? null : calendarOf(code);
        this.code = code;
    }

    private Calendar calendarOf(final long code) {
        final Calendar known = calendars.get(code);
        if (known != null) {
            return known;
        }
        final Calendar made = new Calendar(ReportingPeriod.ofCode(code));
        calendars.put(code, made);
        return made;
    }

    /** Returns the start of the period that ends at an instant; an instant out of range is its own start. */
    long of(final long toNs) {
        if (toNs <= Instants.MIN || toNs > Instants.MAX) {
            return toNs;
        }
        return calendar == null ? ReportingPeriod.Fixed.startNs(toNs, code) : calendar.startNs(toNs);
    }

    /** Returns the number of cached answers of the calendar, 0 for a fixed length. */
    int keptCount() {
        return calendar == null ? 0 : calendar.starts.size();
    }

    /** The cached periods of one calendar. */
    private static final class Calendar {
        private final ReportingPeriod period;
        private final Long2LongHashMap starts = new Long2LongHashMap(MISSING);

        Calendar(final ReportingPeriod period) {
            this.period = period;
        }

        long startNs(final long toNs) {
            final long kept = starts.get(toNs);
            if (kept != MISSING) {
                return kept;
            }
            if (starts.size() == MAX_KEPT) {
                starts.clear();
            }
            final long startNs = period.startNs(toNs);
            starts.put(toNs, startNs);
            return startNs;
        }
    }
}
