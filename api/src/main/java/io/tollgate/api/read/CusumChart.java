package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a CUSUM chart watches for: a lasting shift of the values away from a mean. With {@code z = (v - mean) / standard
 * deviation} each observation v makes {@code S = max(0, S + z - slack)} on the upper side, {@code S = max(0, S - z -
 * slack)} on the lower; it is an alarm where S is then above the threshold. Exact. Immutable.
 *
 * @param mean              what is expected, in the unit of the series.
 * @param standardDeviation what is usual, above 0, in the unit of the series.
 * @param slack             k: how far off, in standard deviations, is nothing yet; 0 or more.
 * @param threshold         h: what S must exceed, in standard deviations; 0 or more.
 * @param side              on which a shift is looked for.
 * @param reset             what happens after an alarm.
 */
public record CusumChart(
        BigDecimal mean, BigDecimal standardDeviation, BigDecimal slack, BigDecimal threshold, Side side, Reset reset) {
    /** The side on which a shift is looked for. */
    public enum Side {
        /** Values that become larger. */
        UPPER,
        /** Values that become smaller. */
        LOWER
    }

    /** What happens after an alarm. */
    public enum Reset {
        /** S starts again from 0 with the observation after it. */
        ON_ALARM,
        /** S goes on, and each observation that leaves it above the threshold is an alarm. */
        NEVER
    }

    /**
     * Takes trailing zeros away, so that equal parameters make equal metrics.
     *
     * @param mean              what is expected, in the unit of the series.
     * @param standardDeviation what is usual, above 0, in the unit of the series.
     * @param slack             k: how far off, in standard deviations, is nothing yet; 0 or more.
     * @param threshold         h: what S must exceed, in standard deviations; 0 or more.
     * @param side              on which a shift is looked for.
     * @param reset             what happens after an alarm.
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

    /**
     * The parameters in one word.
     *
     * @return for example {@code LOWER:4846:600:0.5:4:ON_ALARM}.
     */
    public String text() {
        return side + ":" + mean.toPlainString() + ":" + standardDeviation.toPlainString() + ":" + slack.toPlainString()
                + ":" + threshold.toPlainString() + ":" + reset;
    }
}
