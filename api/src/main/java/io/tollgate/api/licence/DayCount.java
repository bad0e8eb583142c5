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
 * How days are counted from one date to another: the day of the first does not count, that of the last one does. Every
 * day counts, or working days only: those of the week, less holidays, and with days of a weekend that are worked to
 * make up for one. Immutable; any thread.
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

    /** Holidays at a weekend change nothing, nor do days of the week that are worked; each counts once. */
    private static long[] sorted(final Collection<LocalDate> dates, final Predicate<LocalDate> changesCount) {
        return new TreeSet<>(dates)
                .stream().filter(changesCount).mapToLong(LocalDate::toEpochDay).toArray();
    }

    /**
     * Every day of the calendar.
     *
     * @param zone whose days are meant.
     * @return the count.
     */
    public static DayCount calendarDays(final ZoneId zone) {
        return new DayCount(zone, Set.of(), Set.of(), Set.of());
    }

    /**
     * Monday to Friday, but for holidays.
     *
     * @param zone     whose days are meant.
     * @param holidays that are not worked.
     * @return the count.
     */
    public static DayCount workingDays(final ZoneId zone, final Collection<LocalDate> holidays) {
        Objects.requireNonNull(holidays, "holidays");
        return workingDays(zone, EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), holidays, Set.of());
    }

    /**
     * Working days of any calendar.
     *
     * @param zone       whose days are meant.
     * @param weekend    days of the week that are not worked, at most six.
     * @param holidays   that are not worked.
     * @param workedDays of the weekend that are worked, as China does before and after long holidays; one that is a
     *                   holiday too is not worked.
     * @return the count.
     * @throws IllegalArgumentException if all days of the week are weekend.
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
     * Days from one instant to another.
     *
     * @param fromNs whose day does not count.
     * @param toNs   whose day does.
     * @return days by the dates of the zone; below 0 if the second date is the earlier one.
     */
    public long between(final long fromNs, final long toNs) {
        return between(date(fromNs), date(toNs));
    }

    /**
     * Days from one date to another.
     *
     * @param from the day that does not count.
     * @param to   the day that does.
     * @return the days; below 0 if the second date is the earlier one.
     */
    public long between(final LocalDate from, final LocalDate to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        return until(to) - until(from);
    }

    /**
     * The date so many days later: a deadline.
     *
     * @param from the day that does not count.
     * @param days 0 or more.
     * @return the first date that is so many days later; the same day for 0.
     * @throws IllegalArgumentException if the days are below 0.
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

    /** Days that count, from the Monday of 1970-01-05 (exclusive) to a date (inclusive). */
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
