package io.tollgate.examples.points;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.LongConsumer;

/**
 * The first instants of calendar periods: the start of the first day of each month, for example.
 *
 * @param period of the calendar.
 * @param zone   of the calendar.
 */
record CalendarGrid(CalendarPeriod period, ZoneId zone) implements Grid {
    @Override
    public void forEach(final long firstNs, final long lastNs, final LongConsumer visitor) {
        final Instant first = Instants.toInstant(firstNs);
        final Instant last = Instants.toInstant(lastNs);
        LocalDate day = period.firstDay(LocalDate.ofInstant(first, zone));
        Instant at = start(day);
        while (!at.isAfter(last)) {
            if (!at.isBefore(first)) {
                visitor.accept(Instants.of(at));
            }
            day = period.nextFirstDay(day);
            at = start(day);
        }
    }

    private Instant start(final LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
