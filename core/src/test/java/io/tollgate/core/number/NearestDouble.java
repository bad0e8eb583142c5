package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;

/** The oracle of correct rounding. It checks that a rational number is between the midpoints around a double. */
final class NearestDouble {
    private NearestDouble() {}

    /** Requires {@code actual} to be the double nearest to the quotient, with ties to even. */
    static void assertNearest(
            final BigInteger numerator, final BigInteger denominator, final double actual, final String message) {
        final String all = message + " numerator=" + numerator + " denominator=" + denominator + " actual=" + actual;
        assertEquals(numerator.signum() < 0, Double.doubleToRawLongBits(actual) < 0, all);
        final BigInteger magnitude = numerator.abs();
        final double found = Math.abs(actual);
        assertTrue(found <= Double.MAX_VALUE, all);
        /* The double is significand * 2^exponent. The unit of the midpoints is a quarter of its last place. */
        final int exponent = Math.max(Math.getExponent(found), Double.MIN_EXPONENT) - 52;
        final long significand = (long) Math.scalb(found, -exponent);
        final boolean finerBelow = significand == 1L << 52 && exponent > Double.MIN_EXPONENT - 52;
        final int below = compare(magnitude, denominator, 4 * significand - (finerBelow ? 1 : 2), exponent - 2);
        final int above = compare(magnitude, denominator, 4 * significand + 2, exponent - 2);
        final boolean even = (significand & 1) == 0;
        assertTrue(even ? below >= 0 && above <= 0 : below > 0 && above < 0, all);
    }

    /** Requires {@code actual} to be within 0.86 ulp of the root of the quotient. */
    static void assertRoot(
            final BigInteger numerator, final BigInteger denominator, final double actual, final String message) {
        final String all = message + " numerator=" + numerator + " denominator=" + denominator + " actual=" + actual;
        if (numerator.signum() == 0) {
            assertEquals(0.0, actual, all);
            return;
        }
        final int exponent = Math.getExponent(actual) - 52;
        final BigInteger hundredfold =
                BigInteger.valueOf((long) Math.scalb(actual, -exponent)).multiply(BigInteger.valueOf(100));
        final BigInteger margin = BigInteger.valueOf(86);
        final BigInteger scaled = numerator.multiply(BigInteger.valueOf(10_000));
        assertTrue(compare(scaled, denominator, hundredfold.subtract(margin).pow(2), 2 * exponent) >= 0, all);
        assertTrue(compare(scaled, denominator, hundredfold.add(margin).pow(2), 2 * exponent) <= 0, all);
    }

    private static int compare(
            final BigInteger numerator, final BigInteger denominator, final long factor, final int exponent) {
        return compare(numerator, denominator, BigInteger.valueOf(factor), exponent);
    }

    /** Compares the quotient with {@code factor * 2^exponent}. */
    private static int compare(
            final BigInteger numerator, final BigInteger denominator, final BigInteger factor, final int exponent) {
        final BigInteger product = factor.multiply(denominator);
        return exponent < 0
                ? numerator.shiftLeft(-exponent).compareTo(product)
                : numerator.compareTo(product.shiftLeft(exponent));
    }
}
