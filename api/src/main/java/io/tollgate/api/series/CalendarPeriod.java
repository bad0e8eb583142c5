package io.tollgate.api.series;

import java.time.LocalDate;
import java.util.Objects;

/** A period of the calendar that a window can run from the beginning of. */
public enum CalendarPeriod {
    /** From the first of the month. */
    MONTH(1),
    /** From the first of January, April, July or October. */
    QUARTER(2),
    /** From the first of January. */
    YEAR(3);

    private final int code;

    CalendarPeriod(final int code) {
        this.code = code;
    }

    /** The code under which this period is stored: it stays, wherever the period stands among the others. */
    int code() {
        return code;
    }

    /** The period stored under a code, 1 to 3. */
    static CalendarPeriod of(final int code) {
        return switch (code) {
            case 1 -> MONTH;
            case 2 -> QUARTER;
            case 3 -> YEAR;
            default -> throw new IllegalArgumentException("calendarPeriodCode=" + code + ", expected 1 to 3");
        };
    }

    /**
     * The first day of the period that a day lies in.
     *
     * @param day any day.
     * @return the first day of its month, quarter or year.
     */
    public LocalDate firstDay(final LocalDate day) {
        Objects.requireNonNull(day, "day");
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
        Objects.requireNonNull(firstDay, "firstDay");
        return switch (this) {
            case MONTH -> firstDay.plusMonths(1);
            case QUARTER -> firstDay.plusMonths(3);
            case YEAR -> firstDay.plusYears(1);
        };
    }
}
