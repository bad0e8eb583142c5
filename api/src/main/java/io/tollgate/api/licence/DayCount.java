package io.tollgate.api.licence;

import io.tollgate.api.series.Instants;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Counts days from one date to another: the first date is excluded, the last one included. Counts calendar days or
 * working days. Working days are the days outside the weekend, without holidays, plus weekend days that are worked in
 * exchange. Immutable and thread-safe.
 *
 * <pre>{@code
 * DayCount days = DayCount.workingDays(ZoneId.of("Asia/Shanghai"), List.of(LocalDate.of(2025, 10, 1)));
 * LocalDate deadline = days.deadline(LocalDate.of(2025, 9, 30), 45);
 * }</pre>
 */
public final class DayCount {
    private static final int DAYS_OF_WEEK = 7;

    private final ZoneId zone;
    private final Set<DayOfWeek> weekend;
    private final long[] holidays;
    private final long[] workedDays;

    private DayCount(
            final ZoneId zone,
            final Set<DayOfWeek> weekend,
            final Collection<LocalDate> holidays,
            final Collection<LocalDate> workedDays) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.weekend = weekend;
        this.holidays = sorted(holidays, date -> !weekend.contains(date.getDayOfWeek()));
        this.workedDays = sorted(workedDays, date -> weekend.contains(date.getDayOfWeek()));
    }

    /** Keeps only dates that change the count: holidays on working days, and worked days on weekends; each once. */
    private static long[] sorted(final Collection<LocalDate> dates, final Predicate<LocalDate> changesCount) {
        return new TreeSet<>(dates)
                .stream().filter(changesCount).mapToLong(LocalDate::toEpochDay).toArray();
    }

    /**
     * Creates a count of calendar days.
     *
     * @param zone zone of the calendar.
     * @return the count.
     */
    public static DayCount calendarDays(final ZoneId zone) {
        return new DayCount(zone, Set.of(), Set.of(), Set.of());
    }

    /**
     * Creates a count of Mondays to Fridays without holidays.
     *
     * @param zone     zone of the calendar.
     * @param holidays days that are not worked.
     * @return the count.
     */
    public static DayCount workingDays(final ZoneId zone, final Collection<LocalDate> holidays) {
        Objects.requireNonNull(holidays, "holidays");
        return workingDays(zone, EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), holidays, Set.of());
    }

    /**
     * Creates a count of working days of any calendar.
     *
     * @param zone       zone of the calendar.
     * @param weekend    days of the week that are not worked, at most six.
     * @param holidays   days that are not worked.
     * @param workedDays weekend days that are worked, as in China around long holidays; a day that is also a holiday is
     *                   not worked.
     * @return the count.
     * @throws IllegalArgumentException if the weekend has all seven days.
     */
    public static DayCount workingDays(
            final ZoneId zone,
            final Set<DayOfWeek> weekend,
            final Collection<LocalDate> holidays,
            final Collection<LocalDate> workedDays) {
        Objects.requireNonNull(holidays, "holidays");
        Objects.requireNonNull(weekend, "weekend");
        Objects.requireNonNull(workedDays, "workedDays");
        if (weekend.size() >= DAYS_OF_WEEK) {
            throw new IllegalArgumentException("weekend=" + weekend + ", expected six days at most");
        }
        final Set<LocalDate> worked = new TreeSet<>(workedDays);
        holidays.forEach(worked::remove);
        return new DayCount(zone, Set.copyOf(weekend), holidays, worked);
    }

    /**
     * Counts the days between two instants, by their local dates.
     *
     * @param fromNs first instant in ns; its date is excluded.
     * @param toNs   last instant in ns; its date is included.
     * @return number of days; below 0 if the last date is before the first one.
     */
    public long between(final long fromNs, final long toNs) {
        return between(date(fromNs), date(toNs));
    }

    /**
     * Counts the days between two dates.
     *
     * @param from first date, excluded.
     * @param to   last date, included.
     * @return number of days; below 0 if the last date is before the first one.
     */
    public long between(final LocalDate from, final LocalDate to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        return until(to) - until(from);
    }

    /**
     * Returns the date a number of days later.
     *
     * @param from first date, excluded.
     * @param days number of days, 0 or more.
     * @return the first date that is so many days later; the same date for 0.
     * @throws IllegalArgumentException if the number is below 0.
     */
    public LocalDate deadline(final LocalDate from, final long days) {
        Objects.requireNonNull(from, "from");
        if (days < 0) {
            throw new IllegalArgumentException("days=" + days + ", expected 0 or more");
        }
        if (days == 0) {
            return from;
        }
        long early = 0;
        long late = 1;
        while (between(from, from.plusDays(late)) < days) {
            early = late;
            late = 2 * late;
        }
        while (late - early > 1) {
            final long middle = (early + late) / 2;
            if (between(from, from.plusDays(middle)) < days) {
                early = middle;
            } else {
                late = middle;
            }
        }
        return from.plusDays(late);
    }

    private LocalDate date(final long instantNs) {
        return Instants.toInstant(instantNs).atZone(zone).toLocalDate();
    }

    /** Counts the days from Monday 1970-01-05 (exclusive) to a date (inclusive). */
    private long until(final LocalDate date) {
        final LocalDate origin = LocalDate.of(1970, 1, 5);
        final long days = ChronoUnit.DAYS.between(origin, date);
        final long weeks = Math.floorDiv(days, DAYS_OF_WEEK);
        long count = weeks * (DAYS_OF_WEEK - weekend.size());
        for (long day = weeks * DAYS_OF_WEEK + 1; day <= days; day++) {
            count += weekend.contains(origin.plusDays(day).getDayOfWeek()) ? 0 : 1;
        }
        return count - countUntil(holidays, date) + countUntil(workedDays, date);
    }

    private static long countUntil(final long[] days, final LocalDate date) {
        final int index = Arrays.binarySearch(days, date.toEpochDay());
        return index >= 0 ? index + 1 : -index - 1;
    }
}
