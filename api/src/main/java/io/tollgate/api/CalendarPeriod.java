package io.tollgate.api;

import java.time.LocalDate;

/** A period of the calendar that a window can run from the beginning of. */
public enum CalendarPeriod {
    /** From the first of the month. */
    MONTH,
    /** From the first of January, April, July or October. */
    QUARTER,
    /** From the first of January. */
    YEAR;

    /**
     * The first day of the period that a day lies in.
     *
     * @param day any day.
     * @return the first day of its month, quarter or year.
     */
    public LocalDate firstDay(final LocalDate day) {
        return switch (this) {
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /**
     * The first day of the period behind the one that begins with a day.
     *
     * @param firstDay of a period.
     * @return the first day of the next one.
     */
    public LocalDate nextFirstDay(final LocalDate firstDay) {
        return switch (this) {
            case MONTH -> firstDay.plusMonths(1);
            case QUARTER -> firstDay.plusMonths(3);
            case YEAR -> firstDay.plusYears(1);
        };
    }
}
