package io.tollgate.core.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The logarithm to 38 digits, by its series: slow and obvious. */
public final class NaiveLogarithm {
    private static final MathContext PRECISION = new MathContext(40);
    private static final BigDecimal LN_2 = of(BigInteger.TWO, BigInteger.ONE);

    private NaiveLogarithm() {}

    /**
     * Computes {@code ln(a / b) = k ln 2 + 2 artanh((a - c) / (a + c))} with {@code c = 2^k b}, k = 0 if a is near b.
     */
    public static BigDecimal of(final BigInteger a, final BigInteger b) {
        final boolean isNear =
                a.shiftLeft(1).compareTo(b) >= 0 && b.shiftLeft(1).compareTo(a) >= 0;
        final int k = isNear ? 0 : a.bitLength() - b.bitLength();
        final BigInteger dividend = a.shiftLeft(Math.max(0, -k));
        final BigInteger divisor = b.shiftLeft(Math.max(0, k));
        final BigDecimal x =
                new BigDecimal(dividend.subtract(divisor)).divide(new BigDecimal(dividend.add(divisor)), PRECISION);
        final BigDecimal square = x.multiply(x, PRECISION);
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int i = 3; i < 80; i += 2) {
            power = power.multiply(square, PRECISION);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), PRECISION), PRECISION);
        }
        final BigDecimal rest = sum.add(sum);
        return k == 0 ? rest : rest.add(LN_2.multiply(BigDecimal.valueOf(k)), PRECISION);
    }
}
