package io.tollgate.api.series;

import java.time.LocalDate;
import java.util.Objects;

/** A calendar period: month, quarter or year. */
public enum CalendarPeriod {
    /** Begins on the first day of a month. */
    MONTH(1),
    /** Begins on the first day of January, April, July or October. */
    QUARTER(2),
    /** Begins on the first day of January. */
    YEAR(3);

    private final int code;

    CalendarPeriod(final int code) {
        this.code = code;
    }

    /** Returns the stored code; it never changes, unlike the ordinal. */
    int code() {
        return code;
    }

    /** Returns the period with a stored code, 1 to 3. */
    static CalendarPeriod of(final int code) {
        return switch (code) {
            case 1 -> MONTH;
            case 2 -> QUARTER;
            case 3 -> YEAR;
            default -> throw new IllegalArgumentException("calendarPeriodCode=" + code + ", expected 1 to 3");
        };
    }

    /**
     * Returns the first day of the period that contains a day.
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
     * Returns the first day of the next period.
     *
     * @param firstDay first day of a period.
     * @return the first day of the period after it.
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
