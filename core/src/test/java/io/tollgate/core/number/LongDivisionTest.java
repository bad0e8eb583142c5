package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Wide quotients, and the rounding of their digits, against {@link NearestDouble}. */
class LongDivisionTest {
    private static final int CASES = TestEffort.times(50_000);

    private final LongDivision division = new LongDivision();
    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();

    @Test
    void shouldRoundQuotientsOfAnyTwoLengths() {
        final AdversarialLongs longs = new AdversarialLongs(51);
        for (int step = 0; step < CASES; step++) {
            final BigInteger dividend = random(numerator, longs).multiply(times(numerator, longs));
            final BigInteger divisor = random(denominator, longs);
            assertQuotient(dividend, divisor, longs.at(step));
        }
    }

    @Test
    void shouldRoundWhatLiesNextToAWholeMultipleOfTheDenominator() {
        final AdversarialLongs longs = new AdversarialLongs(52);
        final WideInteger one = new WideInteger().set(1);
        for (int step = 0; step < CASES; step++) {
            final long low = longs.any();
            final long middle = longs.any();
            final long high = longs.oneIn(2) ? Long.MIN_VALUE : longs.any();
            final long factor = longs.oneIn(2) ? longs.any() : (longs.any() >>> 10 | 1) << longs.below(10);
            final BigInteger divisor = unsigned(high)
                    .shiftLeft(128)
                    .add(unsigned(middle).shiftLeft(64))
                    .add(unsigned(low));
            BigInteger dividend = divisor.multiply(unsigned(factor));
            denominator.set(low, middle, high);
            numerator.set(low, middle, high).multiply(factor);
            if (longs.oneIn(2) && numerator.length() > 0) {
                numerator.subtract(one);
                dividend = dividend.subtract(BigInteger.ONE);
            }
            assertQuotient(dividend, divisor, longs.at(step));
        }
    }

    @Test
    void shouldRoundTwoWordsByOne() {
        final AdversarialLongs longs = new AdversarialLongs(53);
        for (int step = 0; step < CASES; step++) {
            final long divisor = longs.any();
            BigInteger dividend = unsigned(longs.any()).shiftLeft(64).add(unsigned(longs.any()));
            if (longs.oneIn(2)) {
                final long factor = longs.oneIn(2) ? longs.any() : (longs.any() >>> 10 | 1) << longs.below(10);
                dividend = unsigned(divisor)
                        .multiply(unsigned(factor))
                        .add(BigInteger.valueOf(longs.below(3) - 1))
                        .max(BigInteger.ZERO);
            }
            if (divisor == 0 || dividend.bitLength() > 128) {
                continue;
            }
            final double actual =
                    LongDivision.quotient(dividend.shiftRight(64).longValue(), dividend.longValue(), divisor);
            assertNearest(dividend, unsigned(divisor), actual, longs.at(step));
        }
    }

    @Test
    void shouldSayNaNForADenominatorOfZero() {
        assertEquals(Double.NaN, LongDivision.quotient(0, 0, 0));
        assertEquals(Double.NaN, LongDivision.quotient(1, 1, 0));
        assertEquals(Double.NaN, division.quotient(numerator.set(0), denominator.set(0)));
        assertEquals(Double.NaN, division.quotient(numerator.set(1), denominator.set(0)));
    }

    @Test
    void shouldRoundDigitsOfEveryMagnitude() {
        final AdversarialLongs longs = new AdversarialLongs(53);
        int subnormal = 0;
        for (int step = 0; step < CASES; step++) {
            final long digits = longs.any();
            final int exponent = longs.below(2100) - 1140;
            final boolean rest = digits >>> 54 != 0 && longs.oneIn(2);
            if (digits == 0 || exponent + 64 - Long.numberOfLeadingZeros(digits) > 1023) {
                continue;
            }
            final double actual = Rounding.toDouble(digits, rest, exponent);
            subnormal += actual > 0 && actual < Double.MIN_NORMAL ? 1 : 0;
            /* A thousandth of the last digit represents any non-zero remainder. */
            final BigInteger thousandfold = unsigned(digits).multiply(BigInteger.valueOf(1000));
            final BigInteger exact = rest ? thousandfold.add(BigInteger.ONE) : thousandfold;
            final BigInteger thousand = BigInteger.valueOf(1000);
            NearestDouble.assertNearest(
                    exact.shiftLeft(Math.max(exponent, 0)),
                    thousand.shiftLeft(Math.max(-exponent, 0)),
                    actual,
                    longs.at(step));
        }
        assertTrue(subnormal > CASES / 200, longs.at(0) + " subnormal=" + subnormal);
    }

    @Test
    void shouldOverflowToInfinityAndUnderflowToZeroOrTheSmallest() {
        assertEquals(Double.POSITIVE_INFINITY, Rounding.toDouble(1, false, 1024));
        assertEquals(Double.POSITIVE_INFINITY, Rounding.toDouble(-1L, false, 960));
        assertEquals(Double.POSITIVE_INFINITY, Rounding.toDouble(-1L, true, 10_000));
        assertEquals(Double.MAX_VALUE, Rounding.toDouble((1L << 53) - 1, false, 971));
        assertEquals(Double.MAX_VALUE, Rounding.toDouble(-1L << 11, true, 960));
        assertEquals(Double.MIN_VALUE, Rounding.toDouble(1, false, -1074));
        assertEquals(0.0, Rounding.toDouble(1, false, -1075));
        assertEquals(0.0, Rounding.toDouble(Long.MIN_VALUE, false, -1138));
        assertEquals(Double.MIN_VALUE, Rounding.toDouble(Long.MIN_VALUE, true, -1138));
        assertEquals(0.0, Rounding.toDouble(-1L, true, -10_000));
    }

    private void assertQuotient(final BigInteger dividend, final BigInteger divisor, final String message) {
        final double actual = division.quotient(numerator, denominator);
        if (divisor.signum() == 0) {
            assertEquals(Double.NaN, actual, message);
        } else {
            NearestDouble.assertNearest(dividend, divisor, actual, message);
        }
    }

    private static BigInteger random(final WideInteger wide, final AdversarialLongs longs) {
        final long low = longs.any();
        final long middle = longs.oneIn(3) ? 0 : longs.any();
        final long high = longs.oneIn(2) ? 0 : longs.any();
        wide.set(low, middle, high);
        return unsigned(high).shiftLeft(128).add(unsigned(middle).shiftLeft(64)).add(unsigned(low));
    }

    private static BigInteger times(final WideInteger wide, final AdversarialLongs longs) {
        final long first = longs.any();
        final long second = longs.oneIn(2) ? 1 : longs.any();
        wide.multiply(first).multiply(second);
        return unsigned(first).multiply(unsigned(second));
    }
}
