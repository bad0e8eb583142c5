package io.tollgate.examples.impact.finding;

import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Status;
import io.tollgate.examples.csv.ShortestDecimal;

/**
 * A number with what it is worth and what it counts.
 *
 * @param value  NaN where the status has no value.
 * @param status what it is worth.
 * @param unit   for example {@code PERCENT}; a difference of percents is in {@code PP}, percentage points.
 */
public record Amount(double value, Status status, String unit) {
    /** A number that is known. */
    public static Amount of(final double value, final String unit) {
        return new Amount(value, Status.OK, unit);
    }

    /** The level of a reading. */
    public static Amount of(final LevelReading reading, final String unit) {
        return new Amount(reading.value(), reading.status(), unit);
    }

    /** A metric of a reading. */
    public static Amount of(final WindowReading reading, final Metric metric, final String unit) {
        return new Amount(reading.value(metric), reading.status(metric), unit);
    }

    /** A metric of a group, or of a node of a hierarchy. */
    public static Amount of(final GroupReading reading, final GroupMetric metric, final String unit) {
        return new Amount(reading.value(metric), reading.status(metric), unit);
    }

    /** A ratio; EMPTY if the whole is 0. */
    public static Amount ratio(final double part, final double whole) {
        return whole == 0 ? new Amount(Double.NaN, Status.EMPTY, "FRACTION") : of(part / whole, "FRACTION");
    }

    /** The shortest decimal that reads back as the same number, empty where there is none. */
    String text() {
        return status.hasValue() ? ShortestDecimal.of(value) : "";
    }

    /** For a reader: a fixed number of digits, the status where there is no number. */
    public String fixed(final int digits) {
        return status.hasValue() ? Numbers.fixed(value, digits) : status.name();
    }

    /** For a reader: a fraction in percent. */
    public String percent(final int digits) {
        return status.hasValue() ? Numbers.fixed(value * 100, digits) : status.name();
    }
}
