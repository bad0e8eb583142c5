package io.tollgate.examples.impact.finding;

import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Status;
import io.tollgate.data.text.ShortestDecimal;

/**
 * A number with its status and unit.
 *
 * @param value  NaN if the status has no value.
 * @param status of the number.
 * @param unit   for example {@code PERCENT}; a difference of percents is in {@code PP}, percentage points.
 */
public record Amount(double value, Status status, String unit) {
    /** Creates a known number. */
    public static Amount of(final double value, final String unit) {
        return new Amount(value, Status.OK, unit);
    }

    /** Returns the level of a reading. */
    public static Amount of(final LevelReading reading, final String unit) {
        return new Amount(reading.value(), reading.status(), unit);
    }

    /** Returns a metric of a reading. */
    public static Amount of(final WindowReading reading, final Metric metric, final String unit) {
        return new Amount(reading.value(metric), reading.status(metric), unit);
    }

    /** Returns a metric of a group or of a node in a hierarchy. */
    public static Amount of(final GroupReading reading, final GroupMetric metric, final String unit) {
        return new Amount(reading.value(metric), reading.status(metric), unit);
    }

    /** Returns a ratio, EMPTY if the whole is 0. */
    public static Amount ratio(final double part, final double whole) {
        return whole == 0 ? new Amount(Double.NaN, Status.EMPTY, "FRACTION") : of(part / whole, "FRACTION");
    }

    /** Returns the shortest decimal that reads back as the same number, empty if there is no value. */
    String text() {
        return status.hasValue() ? ShortestDecimal.of(value) : "";
    }

    /** Formats the number for the reader with a fixed number of digits, or the status if there is no value. */
    public String fixed(final int digits) {
        return status.hasValue() ? Numbers.fixed(value, digits) : status.name();
    }

    /** Formats a fraction for the reader, in percent. */
    public String percent(final int digits) {
        return status.hasValue() ? Numbers.fixed(value * 100, digits) : status.name();
    }
}
