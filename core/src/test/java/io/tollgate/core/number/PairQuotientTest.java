package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Quotients of pairs of doubles against {@link NearestDouble}: the nearest double, or undecided. */
class PairQuotientTest {
    private static final int CASES = TestEffort.times(100_000);
    private static final int WORDS = 4;

    private final PairQuotient quotient = new PairQuotient();

    @Test
    void shouldRoundQuotientsOfAnyLength() {
        final AdversarialLongs longs = new AdversarialLongs(54);
        int decided = 0;
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend = words(longs, 1 + longs.below(WORDS)).max(BigInteger.ONE);
            final BigInteger divisor = words(longs, 1 + longs.below(WORDS - 1)).max(BigInteger.ONE);
            decided += check(dividend, divisor, longs.below(37) - 36, longs.at(step)) ? 1 : 0;
        }
        assertTrue(decided > CASES / 2, "decided=" + decided);
    }

    @Test
    void shouldNotRoundWhatLiesNearTheMiddleOfTwoDoubles() {
        final AdversarialLongs longs = new AdversarialLongs(55);
        for (int step = 0; step < CASES; step++) {
            final BigInteger divisor = words(longs, 1 + longs.below(WORDS - 1)).max(BigInteger.ONE);
            final long significand = longs.any() >>> 11 | 1L << 52;
            final BigInteger middle = unsigned(significand << 1 | 1).multiply(divisor);
            final BigInteger distance = BigInteger.valueOf(longs.below(3) - 1).shiftLeft(longs.below(90));
            final BigInteger dividend = middle.add(distance);
            if (dividend.signum() > 0 && dividend.bitLength() <= WORDS * Long.SIZE) {
                check(dividend, divisor, 0, longs.at(step));
            }
        }
    }

    /** Few typical quotients of a series need the long division. */
    @Test
    void shouldDecideRandomQuotients() {
        final AdversarialLongs longs = new AdversarialLongs(56);
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend =
                    unsigned(longs.random()).multiply(unsigned(longs.random())).add(BigInteger.ONE);
            final BigInteger divisor =
                    unsigned(longs.random() | 1).shiftLeft(13).add(BigInteger.TWO);
            assertTrue(check(dividend, divisor, 0, longs.at(step)), longs.at(step));
        }
    }

    private static BigInteger words(final AdversarialLongs longs, final int count) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            number = number.shiftLeft(Long.SIZE).add(unsigned(longs.any()));
        }
        return number;
    }

    private boolean check(
            final BigInteger dividend, final BigInteger divisor, final int exponent, final String message) {
        quotient.numerator(word(dividend, 3), word(dividend, 2), word(dividend, 1), word(dividend, 0));
        quotient.denominator(word(divisor, 2), word(divisor, 1), word(divisor, 0));
        final double actual = quotient.divide(exponent);
        if (Double.isNaN(actual)) {
            return false;
        }
        assertNearest(dividend, divisor.shiftLeft(-exponent), actual, message + " exponent=" + exponent);
        return true;
    }

    private static long word(final BigInteger number, final int index) {
        return number.shiftRight(index * Long.SIZE).longValue();
    }
}
