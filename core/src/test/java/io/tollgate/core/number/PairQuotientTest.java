package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Quotients of pairs of doubles against {@link NearestDouble}: the nearest double, or undecided. */
class PairQuotientTest {
    private static final int CASES = TestEffort.times(100_000);
    private static final int WORDS = 4;
    private static final int MAX_POWER = 18;

    /** Bits of the factors of a denominator. */
    private static final int FACTOR_BITS = 62;

    private final PairQuotient quotient = new PairQuotient();

    @Test
    void shouldRoundQuotientsOfAnyLength() {
        final AdversarialLongs longs = new AdversarialLongs(54);
        int decided = 0;
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend = words(longs, 1 + longs.below(WORDS)).max(BigInteger.ONE);
            decided +=
                    check(dividend, factor(longs), factor(longs), longs.below(MAX_POWER + 1), longs.at(step)) ? 1 : 0;
        }
        assertTrue(decided > CASES / 2, "decided=" + decided);
    }

    @Test
    void shouldRoundTwoWords() {
        final AdversarialLongs longs = new AdversarialLongs(57);
        int decided = 0;
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend = words(longs, 2).shiftRight(longs.below(Long.SIZE));
            decided += checkTwoWords(dividend, factor(longs), longs.below(MAX_POWER + 1), longs.at(step)) ? 1 : 0;
        }
        assertTrue(decided > CASES / 4, "decided=" + decided);
    }

    @Test
    void shouldNotRoundWhatLiesNearTheMiddleOfTwoDoubles() {
        final AdversarialLongs longs = new AdversarialLongs(55);
        for (int step = 0; step < CASES; step++) {
            final long a = factor(longs);
            final long b = longs.oneIn(2) ? 1 : factor(longs);
            final int power = longs.below(MAX_POWER + 1);
            final long significand = longs.any() >>> 11 | 1L << 52;
            final BigInteger middle = unsigned(significand << 1 | 1).multiply(product(a, b, power));
            final BigInteger distance = BigInteger.valueOf(longs.below(3) - 1).shiftLeft(longs.below(90));
            final BigInteger dividend = middle.add(distance);
            if (dividend.signum() > 0 && dividend.bitLength() <= WORDS * Long.SIZE) {
                check(dividend, a, b, power, longs.at(step));
            }
            if (dividend.signum() > 0 && dividend.bitLength() <= 2 * Long.SIZE && b == 1) {
                checkTwoWords(dividend, a, power, longs.at(step));
            }
        }
    }

    /** Few typical quotients of a series need the long division. */
    @Test
    void shouldDecideRandomQuotients() {
        final AdversarialLongs longs = new AdversarialLongs(56);
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend = unsigned(longs.random())
                    .multiply(unsigned(longs.random() >>> 12))
                    .add(BigInteger.ONE);
            final long factor = longs.random() >>> 2 | 1;
            assertTrue(check(dividend, factor, 3, 2, longs.at(step)), longs.at(step));
            assertTrue(checkTwoWords(dividend, factor, 2, longs.at(step)), longs.at(step));
        }
    }

    @Test
    void shouldNotDivideByZeroNorRoundLongOperands() {
        assertEquals(Double.NaN, PairQuotient.divide(0, 1, 0, 1));
        assertEquals(Double.NaN, PairQuotient.divide(1L << 53, 1, 1, 1));
        assertEquals(Double.NaN, PairQuotient.divide(0, 1, 1L << 62, 1));
        assertEquals(0.0, PairQuotient.divide(0, 0, 3, 10));
        quotient.numerator(0, 0, 0, 1);
        assertEquals(Double.NaN, quotient.divide(0, 1, 1));
        assertEquals(Double.NaN, quotient.divide(1L << 62, 1, 1));
        assertEquals(Double.NaN, quotient.divide(1, 1L << 62, 1));
    }

    private static long factor(final AdversarialLongs longs) {
        return Math.max(1, longs.any() >>> Long.SIZE - FACTOR_BITS >>> longs.below(FACTOR_BITS));
    }

    private static BigInteger product(final long a, final long b, final int power) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).multiply(BigInteger.TEN.pow(power));
    }

    private static BigInteger words(final AdversarialLongs longs, final int count) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            number = number.shiftLeft(Long.SIZE).add(unsigned(longs.any()));
        }
        return number;
    }

    private boolean check(
            final BigInteger dividend, final long a, final long b, final int power, final String message) {
        quotient.numerator(word(dividend, 3), word(dividend, 2), word(dividend, 1), word(dividend, 0));
        final double actual = quotient.divide(a, b, BigInteger.TEN.pow(power).doubleValue());
        return isNearest(dividend, product(a, b, power), actual, message);
    }

    private static boolean checkTwoWords(
            final BigInteger dividend, final long divisor, final int power, final String message) {
        final double actual = PairQuotient.divide(
                word(dividend, 1),
                word(dividend, 0),
                divisor,
                BigInteger.TEN.pow(power).doubleValue());
        return isNearest(dividend, product(divisor, 1, power), actual, message);
    }

    private static boolean isNearest(
            final BigInteger dividend, final BigInteger divisor, final double actual, final String message) {
        if (Double.isNaN(actual)) {
            return false;
        }
        assertNearest(dividend, divisor, actual, message);
        return true;
    }

    private static long word(final BigInteger number, final int index) {
        return number.shiftRight(index * Long.SIZE).longValue();
    }
}
