package io.tollgate.examples.impact.source;

import java.time.LocalDate;
import java.time.temporal.IsoFields;

/**
 * A quarter of the calendar.
 *
 * @param start its first day.
 */
public record Quarter(LocalDate start) {
    /** The quarter that a day lies in. */
    public static Quarter of(final LocalDate day) {
        return new Quarter(day.with(IsoFields.DAY_OF_QUARTER, 1));
    }

    /** The quarter after this one. */
    public Quarter next() {
        return new Quarter(start.plus(1, IsoFields.QUARTER_YEARS));
    }

    /** As {@code 2023 Q2}. */
    @Override
    public String toString() {
        return start.getYear() + " Q" + start.get(IsoFields.QUARTER_OF_YEAR);
    }
}
