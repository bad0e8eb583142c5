package io.tollgate.core.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The exponential function to 60 digits, by its power series: slow and obvious. */
public final class NaiveExponential {
    private static final MathContext DIGITS = new MathContext(80);
    private static final BigDecimal LN_2 = new BigDecimal(
            "0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863327");
    private static final BigDecimal DAY_NS = BigDecimal.valueOf(86_400_000_000_000L);
    private static final int HALVINGS = 20;

    private NaiveExponential() {}

    /** Returns {@code 2^(-time / length)}, or {@code e^(-time / length)}. */
    public static BigDecimal left(final boolean isHalfLife, final BigInteger time, final long length) {
        final BigDecimal lengths = new BigDecimal(time).divide(BigDecimal.valueOf(length), DIGITS);
        return exponential((isHalfLife ? lengths.multiply(LN_2) : lengths).negate());
    }

    /** Returns {@code ln 2 / length}, or {@code 1 / length}, per day. */
    public static BigDecimal perDay(final boolean isHalfLife, final long length) {
        return DAY_NS.multiply(isHalfLife ? LN_2 : BigDecimal.ONE).divide(BigDecimal.valueOf(length), DIGITS);
    }

    private static BigDecimal exponential(final BigDecimal exponent) {
        final BigDecimal small = exponent.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; i < 24; i++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }
}
