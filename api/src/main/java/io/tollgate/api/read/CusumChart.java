package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A CUSUM chart, which detects a lasting shift of the values away from a mean (Page 1954). With
 * {@code z = (v - mean) / standardDeviation}, an observation v sets {@code S = max(0, S + z - slack)} on the upper
 * side, or {@code S = max(0, S - z - slack)} on the lower side. It is an alarm if S then exceeds the threshold. Exact.
 * Immutable.
 *
 * @param mean              expected mean, in the unit of the series.
 * @param standardDeviation usual standard deviation, above 0, in the unit of the series.
 * @param slack             k, the deviation that is ignored, in standard deviations; 0 or more.
 * @param threshold         h, the value that S must exceed for an alarm, in standard deviations; 0 or more.
 * @param side              side of the shift.
 * @param reset             treatment of S after an alarm.
 */
public record CusumChart(
        BigDecimal mean, BigDecimal standardDeviation, BigDecimal slack, BigDecimal threshold, Side side, Reset reset) {
    /** Direction of the shift to detect. */
    public enum Side {
        /** Larger values. */
        UPPER,
        /** Smaller values. */
        LOWER
    }

    /** Treatment of S after an alarm. */
    public enum Reset {
        /** S restarts from 0 with the next observation. */
        ON_ALARM,
        /** S continues, and every observation that leaves it above the threshold is an alarm. */
        NEVER
    }

    /**
     * Removes trailing zeros, so that equal parameters give equal metrics.
     *
     * @param mean              expected mean, in the unit of the series.
     * @param standardDeviation usual standard deviation, above 0, in the unit of the series.
     * @param slack             k, in standard deviations; 0 or more.
     * @param threshold         h, in standard deviations; 0 or more.
     * @param side              side of the shift.
     * @param reset             treatment of S after an alarm.
     * @throws IllegalArgumentException if a number is out of range, 10^40 or more, or has more than 40 decimal places.
     */
    public CusumChart {
        mean = DecimalParameter.of("mean", mean);
        standardDeviation = DecimalParameter.of("standardDeviation", standardDeviation);
        if (standardDeviation.signum() <= 0) {
            throw new IllegalArgumentException("standardDeviation=" + standardDeviation + ", expected above 0");
        }
        slack = DecimalParameter.notNegative("slack", slack);
        threshold = DecimalParameter.notNegative("threshold", threshold);
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(reset, "reset");
    }

    /** {@return the parameters as text, for example {@code LOWER:4846:600:0.5:4:ON_ALARM}} */
    public String text() {
        return side + ":" + mean.toPlainString() + ":" + standardDeviation.toPlainString() + ":" + slack.toPlainString()
                + ":" + threshold.toPlainString() + ":" + reset;
    }
}
