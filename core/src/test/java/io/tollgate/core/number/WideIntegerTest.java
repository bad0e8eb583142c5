package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Words and wide integers against BigInteger. */
class WideIntegerTest {
    private static final int CASES = TestEffort.times(50_000);
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    private final WideInteger wide = new WideInteger();
    private final WideInteger other = new WideInteger();

    @Test
    void shouldDivideTwoWordsByOne() {
        final AdversarialLongs longs = new AdversarialLongs(41);
        for (int step = 0; step < CASES; step++) {
            final long divisor = longs.any() | Long.MIN_VALUE;
            final long high = Long.remainderUnsigned(longs.any(), divisor);
            final long low = longs.any();
            final BigInteger expected =
                    unsigned(high).multiply(WORD).add(unsigned(low)).divide(unsigned(divisor));
            assertEquals(expected.longValue(), UnsignedMath.divide(high, low, divisor), longs.at(step));
        }
    }

    @Test
    void shouldMultiplyHigh() {
        final AdversarialLongs longs = new AdversarialLongs(42);
        for (int step = 0; step < CASES; step++) {
            final long a = longs.any();
            final long b = longs.any();
            final BigInteger signed =
                    BigInteger.valueOf(a).multiply(unsigned(b)).shiftRight(64);
            assertEquals(signed.longValueExact(), UnsignedMath.multiplyHigh(a, b), longs.at(step));
            final BigInteger product = unsigned(a).multiply(unsigned(b)).shiftRight(64);
            assertEquals(product.longValue(), UnsignedMath.multiplyHighUnsigned(a, b), longs.at(step));
        }
    }

    @Test
    void shouldMultiply() {
        final AdversarialLongs longs = new AdversarialLongs(43);
        for (int step = 0; step < CASES; step++) {
            final long low = longs.any();
            final long middle = longs.oneIn(4) ? 0 : longs.any();
            final long high = longs.oneIn(2) ? 0 : longs.any();
            final long factor = longs.any();
            final BigInteger two = unsigned(middle).multiply(WORD).add(unsigned(low));
            final BigInteger product = unsigned(high).shiftLeft(128).add(two).multiply(unsigned(factor));
            assertValue(product, wide.set(low, middle, high).multiply(factor), longs.at(step));

            final BigInteger signed = BigInteger.valueOf(middle).multiply(WORD).add(unsigned(low));
            assertValue(signed, other.setSigned(low, middle), longs.at(step));
            final WideInteger cube = new WideInteger().setProduct(wide, other);
            assertValue(product.multiply(signed), cube, longs.at(step));
            assertValue(product.pow(2).multiply(signed), new WideInteger().setProduct(cube, wide), longs.at(step));
        }
    }

    @Test
    void shouldAddAndSubtractWithAnySigns() {
        final AdversarialLongs longs = new AdversarialLongs(45);
        final WideInteger third = new WideInteger();
        for (int step = 0; step < CASES; step++) {
            final BigInteger a = signed(wide, longs);
            final BigInteger b = longs.oneIn(4) ? a : signed(other, longs);
            if (b == a) {
                other.setProduct(wide, third.set(1));
            }
            final boolean isSum = longs.oneIn(2);
            final WideInteger actual = isSum ? wide.add(other) : wide.subtract(other);
            assertValue(isSum ? a.add(b) : a.subtract(b), actual, longs.at(step));
            assertValue(b, other, longs.at(step));
        }
    }

    private static BigInteger signed(final WideInteger target, final AdversarialLongs longs) {
        final long low = longs.any();
        final long high = longs.oneIn(2) ? low >> 63 : longs.any();
        final long factor = longs.any();
        target.setSigned(low, high).multiply(factor);
        return BigInteger.valueOf(high).multiply(WORD).add(unsigned(low)).multiply(unsigned(factor));
    }

    @Test
    void shouldAddMagnitudesInBothDirectionsAndWrapAround() {
        final AdversarialLongs longs = new AdversarialLongs(46);
        final BigInteger modulus = BigInteger.ONE.shiftLeft(320);
        final Int320 sum = new Int320();
        BigInteger expected = BigInteger.ZERO;
        for (int step = 0; step < CASES; step++) {
            final long low = longs.any();
            final long middle = longs.any();
            final long high = longs.any();
            final long factor = longs.any();
            wide.set(low, middle, high).multiply(factor).multiply(factor);
            final BigInteger term = unsigned(high)
                    .multiply(WORD)
                    .add(unsigned(middle))
                    .multiply(WORD)
                    .add(unsigned(low))
                    .multiply(unsigned(factor).pow(2));
            final boolean isTaken = longs.oneIn(2);
            sum.add(wide, isTaken ? ~Int320.ADD : Int320.ADD);
            expected = (isTaken ? expected.subtract(term) : expected.add(term)).mod(modulus);
            final BigInteger value = expected.testBit(319) ? expected.subtract(modulus) : expected;
            assertEquals(value, NaiveRun.sum(sum), longs.at(step));
            assertValue(value, wide.set(sum), longs.at(step));
        }
    }

    @Test
    void shouldReadBitsAcrossWordsAndZerosBeyondTheEnds() {
        final AdversarialLongs longs = new AdversarialLongs(44);
        for (int step = 0; step < CASES; step++) {
            final long low = longs.any();
            final long high = longs.any();
            final int position = longs.below(400) - 200;
            final BigInteger value = unsigned(high).multiply(WORD).add(unsigned(low));
            wide.set(low, high);
            assertEquals(value.shiftRight(position).longValue(), wide.bitsAt(position), longs.at(step));
            final boolean any = position > 0 && value.getLowestSetBit() >= 0 && value.getLowestSetBit() < position;
            assertEquals(any, wide.anyBelow(position), longs.at(step));
        }
    }

    @Test
    void shouldTakeAnyIntegerOfItsCapacity() {
        final AdversarialLongs longs = new AdversarialLongs(47);
        for (int step = 0; step < CASES; step++) {
            BigInteger integer = BigInteger.valueOf(longs.any());
            for (int words = longs.below(WideInteger.CAPACITY); words > 0; words--) {
                integer = integer.multiply(unsigned(longs.any()));
            }
            assertValue(integer, wide.set(integer), longs.at(step));
        }
        assertValue(BigInteger.ZERO, wide.set(BigInteger.ZERO), "zero");
    }

    @Test
    void shouldForgetTheWordsOfALargerValue() {
        wide.setSigned(-1, -1).multiply(-1).multiply(-1).multiply(-1);
        assertValue(BigInteger.ZERO, wide.set(0), "zero");
        assertValue(BigInteger.TEN, wide.set(10, 0, 0), "ten");
        assertValue(WORD.subtract(BigInteger.ONE), wide.set(0, 1).subtract(other.set(1)), "one below a word");
        final WideInteger zero = new WideInteger();
        assertFalse(wide.set(-1).setProduct(zero, zero).anyBelow(1));
        assertTrue(wide.set(-1, -1).anyBelow(1));
        assertFalse(wide.set(0, 1).anyBelow(64));
        assertTrue(wide.set(0, 1).anyBelow(65));
    }

    private static void assertValue(final BigInteger signed, final WideInteger actual, final String message) {
        final BigInteger expected = signed.abs();
        assertEquals(signed.signum() < 0, actual.isNegative(), message);
        assertEquals(expected.bitLength(), actual.bitLength(), message);
        assertEquals((expected.bitLength() + 63) / 64, actual.length(), message);
        for (int i = 0; i < WideInteger.CAPACITY; i++) {
            assertEquals(expected.shiftRight(64 * i).longValue(), actual.bitsAt(64 * i), message + " word=" + i);
        }
    }
}
