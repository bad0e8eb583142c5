package io.tollgate.core.number;

import io.tollgate.api.series.Decimals;
import java.math.BigDecimal;

/**
 * A number to compare exact results with: the shortest decimal that reads back as a given double, so that 0.1 is a
 * tenth. A result that was rounded to the nearest double lies on the same side of the threshold as the exact one,
 * unless both doubles are equal. Only then the exact quotient is needed. Immutable.
 */
public final class Threshold {
    /** No result that could be equal to a threshold when rounded needs a larger power of ten. */
    private static final int MAX_EXPONENT = 100;

    private final double value;
    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();

    /**
     * Creates a threshold.
     *
     * @param value any finite double.
     */
    public Threshold(final double value) {
        this.value = value;
        final BigDecimal decimal = Decimals.shortest(value).stripTrailingZeros();
        final int exponent = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, -decimal.scale()));
        final BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(Math.abs(exponent));
        final BigDecimal digits = new BigDecimal(decimal.unscaledValue());
        numerator.set((exponent > 0 ? digits.multiply(power) : digits).toBigIntegerExact());
        denominator.set((exponent > 0 ? BigDecimal.ONE : power).toBigIntegerExact());
    }

    /** {@return the threshold as a double} */
    public double value() {
        return value;
    }

    /**
     * Compares a quotient with the threshold.
     *
     * @param dividend any.
     * @param divisor  above 0.
     * @param left     is changed.
     * @param right    is changed.
     * @return the sign of the quotient minus the threshold.
     */
    int compare(
            final WideInteger dividend, final WideInteger divisor, final WideInteger left, final WideInteger right) {
        right.setProduct(numerator, divisor);
        return left.setProduct(dividend, denominator).subtract(right).signum();
    }

    /**
     * Compares the root of a quotient, with a separate sign, with the threshold.
     *
     * @param sign     of the root, 0 if the quotient is 0.
     * @param dividend 0 or more; is changed.
     * @param divisor  above 0.
     * @param left     is changed.
     * @param right    is changed.
     * @return the sign of the root minus the threshold.
     */
    int compareRoot(
            final int sign,
            final WideInteger dividend,
            final WideInteger divisor,
            final WideInteger left,
            final WideInteger right) {
        if (sign != numerator.signum()) {
            return Integer.compare(sign, numerator.signum());
        }
        right.setProduct(denominator, denominator);
        left.setProduct(dividend, right);
        right.setProduct(numerator, numerator);
        return sign * left.subtract(dividend.setProduct(right, divisor)).signum();
    }
}
