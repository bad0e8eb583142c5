package io.tollgate.examples.impact.source;

import java.time.LocalDate;
import java.time.temporal.IsoFields;

/**
 * A calendar quarter.
 *
 * @param start its first day.
 */
public record Quarter(LocalDate start) {
    /** Returns the quarter that contains a day. */
    public static Quarter of(final LocalDate day) {
        return new Quarter(day.with(IsoFields.DAY_OF_QUARTER, 1));
    }

    /** Returns the next quarter. */
    public Quarter next() {
        return new Quarter(start.plus(1, IsoFields.QUARTER_YEARS));
    }

    /** Formats as {@code 2023 Q2}. */
    @Override
    public String toString() {
        return start.getYear() + " Q" + start.get(IsoFields.QUARTER_OF_YEAR);
    }
}
