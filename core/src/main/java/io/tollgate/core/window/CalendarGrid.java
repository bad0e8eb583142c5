package io.tollgate.core.window;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The calendar periods that lie completely inside a window. A change of the calendar computes the first instants of all
 * existing periods (7,011 months, 56 kB) and allocates; other calls do not.
 */
final class CalendarGrid extends BucketGrid {
    private Bucket.Calendar calendar;
    private long[] starts = new long[0];
    private int first;
    private int count;

    /**
     * Lays the periods of a calendar out between two instants.
     *
     * @param wanted  the calendar.
     * @param firstNs the first instant of the window.
     * @param lastNs  the last one.
     */
    void fit(final Bucket.Calendar wanted, final long firstNs, final long lastNs) {
        if (!wanted.equals(calendar)) {
            starts = startsOf(wanted.period(), wanted.zone());
            calendar = wanted;
        }
        first = floor(firstNs - 1) + 1;
        count = Math.max(0, floor(lastNs + 1) - first);
    }

    @Override
    long count() {
        return count;
    }

    @Override
    long numberOf(final long instantNs) {
        return floor(instantNs) - first;
    }

    @Override
    long startNs(final long number) {
        final long index = first + number;
        return index < 0 ? Long.MIN_VALUE : index < starts.length ? starts[(int) index] : Long.MAX_VALUE;
    }

    @Override
    long startNsBack(final long back) {
        return Long.compareUnsigned(back, first) > 0 ? Long.MIN_VALUE : startNs(-back);
    }

    @Override
    long edgeNs() {
        return 0;
    }

    /** Returns the index of the period that contains an instant, -1 for the period in which time begins. */
    private int floor(final long instantNs) {
        final int index = Arrays.binarySearch(starts, instantNs);
        return index < 0 ? -2 - index : index;
    }

    private static long[] startsOf(final CalendarPeriod period, final ZoneId zone) {
        final LocalDate first = period.firstDay(LocalDate.ofInstant(Instants.toInstant(Instants.MIN), zone));
        final LocalDate last = LocalDate.ofInstant(Instants.toInstant(Instants.MAX), zone);
        return Stream.iterate(period.nextFirstDay(first), day -> !day.isAfter(last), period::nextFirstDay)
                .mapToLong(day -> CalendarStart.startOf(day, zone))
                .toArray();
    }
}
