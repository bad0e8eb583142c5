package io.tollgate.bench.guard;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The accepted range of a ratio. A ratio below the band is a violation too: a faster engine needs a new band, or half
 * of the gain could be lost again unnoticed.
 *
 * @param low  the smallest accepted ratio.
 * @param high the largest accepted ratio.
 */
public record Band(double low, double high) {
    /** Wider than the noise, but a slowdown by 1.5 is outside. */
    private static final double MARGIN = 1.3;

    private static final int DIGITS = 3;

    /**
     * Validates the bounds.
     *
     * @param low  the smallest accepted ratio.
     * @param high the largest accepted ratio.
     * @throws IllegalArgumentException unless 0 &lt; low &lt;= high.
     */
    public Band {
        if (!(low > 0 && low <= high)) {
            throw new IllegalArgumentException("low=" + low + " high=" + high + ", expected 0 < low <= high");
        }
    }

    /**
     * Returns the band around a measured ratio.
     *
     * @param ratio above 0.
     * @return ratio / 1.3 to ratio x 1.3.
     */
    public static Band around(final double ratio) {
        return new Band(rounded(ratio / MARGIN), rounded(ratio * MARGIN));
    }

    private static double rounded(final double value) {
        return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    /**
     * Returns a wider band, for a machine on which the bands were not recorded.
     *
     * @param factor 1 or more.
     * @return low / factor to high x factor.
     */
    public Band widened(final double factor) {
        return new Band(low / factor, high * factor);
    }

    /**
     * Returns the smallest band that contains this band and another.
     *
     * @param other the other band.
     * @return from the smaller low to the larger high.
     */
    public Band union(final Band other) {
        return new Band(Math.min(low, other.low), Math.max(high, other.high));
    }

    /**
     * Returns true if a ratio is inside the band.
     *
     * @param ratio measured.
     * @return true if low &lt;= ratio &lt;= high.
     */
    public boolean holds(final double ratio) {
        return ratio >= low && ratio <= high;
    }
}
