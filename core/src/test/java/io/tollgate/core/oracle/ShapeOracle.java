package io.tollgate.core.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Skew, kurtosis and the least-squares line from exact sums over all events, or over all intervals with a known level.
 * Sums over time are multiplied by six, so that all of them are integers.
 */
final class ShapeOracle {
    private static final MathContext SIXTY_DIGITS = new MathContext(60);
    private static final BigInteger DAY_NS = BigInteger.valueOf(86_400_000_000_000L);
    private static final BigInteger SIX = BigInteger.valueOf(6);

    /**
     * A value with its weight, and the integrals of 1, t and t^2 over its time. The integrals are multiplied by six and
     * divided by the unit of the weight.
     */
    private record Mass(BigInteger value, BigInteger weight, BigInteger time, BigInteger timeSquare) {}

    private final boolean isSample;
    private final List<Mass> masses = new ArrayList<>();

    ShapeOracle(final boolean isSample) {
        this.isSample = isSample;
    }

    void event(final long time, final long value) {
        final BigInteger t = BigInteger.valueOf(time);
        masses.add(new Mass(
                BigInteger.valueOf(value),
                BigInteger.ONE,
                t.multiply(SIX),
                t.multiply(t).multiply(SIX)));
    }

    void stretch(final BigInteger from, final BigInteger to, final BigInteger value) {
        masses.add(new Mass(
                value,
                to.subtract(from),
                to.pow(2).subtract(from.pow(2)).multiply(BigInteger.valueOf(3)),
                to.pow(3).subtract(from.pow(3)).multiply(BigInteger.TWO)));
    }

    private BigInteger moment(final int power) {
        BigInteger sum = BigInteger.ZERO;
        for (final Mass mass : masses) {
            sum = sum.add(mass.value().pow(power).multiply(mass.weight()));
        }
        return sum;
    }

    private BigInteger time(final int valuePower) {
        BigInteger sum = BigInteger.ZERO;
        for (final Mass mass : masses) {
            sum = sum.add(mass.value().pow(valuePower).multiply(mass.time()));
        }
        return sum;
    }

    private BigInteger timeSquare() {
        BigInteger sum = BigInteger.ZERO;
        for (final Mass mass : masses) {
            sum = sum.add(mass.timeSquare());
        }
        return sum;
    }

    private BigInteger second() {
        return moment(0).multiply(moment(2)).subtract(moment(1).pow(2));
    }

    boolean isConstant() {
        return second().signum() == 0;
    }

    /** Returns true if all weight is at one instant. */
    boolean isInstant() {
        return spread().signum() == 0;
    }

    double skew() {
        final BigInteger w = moment(0);
        final BigInteger third = w.pow(2)
                .multiply(moment(3))
                .subtract(w.multiply(moment(1)).multiply(moment(2)).multiply(BigInteger.valueOf(3)))
                .add(moment(1).pow(3).shiftLeft(1));
        final BigDecimal a2 = new BigDecimal(second());
        final BigDecimal g1 = new BigDecimal(third).divide(a2.multiply(a2.sqrt(SIXTY_DIGITS)), SIXTY_DIGITS);
        if (!isSample) {
            return g1.doubleValue();
        }
        final BigDecimal n = new BigDecimal(w);
        final BigDecimal correction = n.multiply(n.subtract(BigDecimal.ONE))
                .sqrt(SIXTY_DIGITS)
                .divide(n.subtract(BigDecimal.valueOf(2)), SIXTY_DIGITS);
        return g1.multiply(correction).doubleValue();
    }

    double kurtosis() {
        final BigInteger w = moment(0);
        final BigInteger one = moment(1);
        final BigInteger fourth = w.pow(3)
                .multiply(moment(4))
                .subtract(w.pow(2).multiply(one).multiply(moment(3)).shiftLeft(2))
                .add(w.multiply(one.pow(2)).multiply(moment(2)).multiply(SIX))
                .subtract(one.pow(4).multiply(BigInteger.valueOf(3)));
        final BigInteger square = second().pow(2);
        final BigInteger excess = fourth.subtract(square.multiply(BigInteger.valueOf(3)));
        if (!isSample) {
            return Oracle.toDouble(excess, square);
        }
        final BigInteger n1 = w.subtract(BigInteger.ONE);
        final BigInteger n2 = w.subtract(BigInteger.TWO);
        final BigInteger n3 = w.subtract(BigInteger.valueOf(3));
        return Oracle.toDouble(
                n1.multiply(w.add(BigInteger.ONE).multiply(excess).add(square.multiply(SIX))),
                n2.multiply(n3).multiply(square));
    }

    /** Returns 36 (W Q - T^2). */
    private BigInteger spread() {
        return moment(0).multiply(timeSquare()).multiply(SIX).subtract(time(0).pow(2));
    }

    /** Returns 6 (W P - T S). */
    private BigInteger slopeNumerator() {
        return moment(0).multiply(time(1)).subtract(time(0).multiply(moment(1)));
    }

    double slopePerDay(final BigInteger scale) {
        return signed(slopeNumerator().multiply(SIX).multiply(DAY_NS), spread().multiply(scale));
    }

    double intercept(final BigInteger at, final BigInteger scale) {
        final BigInteger constant =
                moment(1).multiply(timeSquare()).multiply(SIX).subtract(time(0).multiply(time(1)));
        return signed(constant.add(at.multiply(slopeNumerator()).multiply(SIX)), spread().multiply(scale));
    }

    private static double signed(final BigInteger numerator, final BigInteger denominator) {
        return denominator.signum() < 0
                ? Oracle.toDouble(numerator.negate(), denominator.negate())
                : Oracle.toDouble(numerator, denominator);
    }
}
