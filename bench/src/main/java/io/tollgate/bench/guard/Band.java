package io.tollgate.bench.guard;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where a ratio may lie. Below is as wrong as above: an engine that has become faster needs a new band, or half of its
 * gain could be lost again unseen.
 *
 * @param low  the least.
 * @param high the most.
 */
public record Band(double low, double high) {
    /** Wide enough for noise, and narrow enough that 1.5 times as long as what was recorded is outside. */
    private static final double MARGIN = 1.3;

    private static final int DIGITS = 3;

    /**
     * Checks the order.
     *
     * @param low  the least.
     * @param high the most.
     * @throws IllegalArgumentException if the ends are not above 0, ascending.
     */
    public Band {
        if (!(low > 0 && low <= high)) {
            throw new IllegalArgumentException("low=" + low + " high=" + high + ", expected 0 < low <= high");
        }
    }

    /**
     * The band around a measured ratio.
     *
     * @param ratio above 0.
     * @return from ratio / 1.3 to ratio x 1.3.
     */
    public static Band around(final double ratio) {
        return new Band(rounded(ratio / MARGIN), rounded(ratio * MARGIN));
    }

    private static double rounded(final double value) {
        return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    /**
     * A wider band, for a machine on which the bands were not recorded.
     *
     * @param factor 1 or more.
     * @return from low / factor to high x factor.
     */
    public Band widened(final double factor) {
        return new Band(low / factor, high * factor);
    }

    /**
     * The band from the least to the most of two.
     *
     * @param other the other one.
     * @return what has both in it.
     */
    public Band union(final Band other) {
        return new Band(Math.min(low, other.low), Math.max(high, other.high));
    }

    /**
     * Whether a ratio lies inside.
     *
     * @param ratio measured.
     * @return true from low to high.
     */
    public boolean holds(final double ratio) {
        return ratio >= low && ratio <= high;
    }
}
