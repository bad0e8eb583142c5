package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Words and wide integers against BigInteger. */
class WideIntegerTest {
    private static final int CASES = 200_000;
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
            assertEquals(expected.longValue(), Words.divide(high, low, divisor), longs.at(step));
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
            assertEquals(signed.longValueExact(), Words.multiplyHigh(a, b), longs.at(step));
            final BigInteger product = unsigned(a).multiply(unsigned(b)).shiftRight(64);
            assertEquals(product.longValue(), Words.multiplyHighUnsigned(a, b), longs.at(step));
        }
    }

    @Test
    void shouldMultiplySquareAndSubtract() {
        final AdversarialLongs longs = new AdversarialLongs(43);
        for (int step = 0; step < CASES; step++) {
            final long low = longs.any();
            final long middle = longs.oneIn(4) ? 0 : longs.any();
            final long high = longs.oneIn(2) ? 0 : longs.any();
            final long factor = longs.any();
            final BigInteger two = unsigned(middle).multiply(WORD).add(unsigned(low));
            final BigInteger product = unsigned(high).shiftLeft(128).add(two).multiply(unsigned(factor));
            assertValue(product, wide.set(low, middle, high).multiply(factor), longs.at(step));

            final long squareHigh = middle & Long.MAX_VALUE;
            final BigInteger square =
                    unsigned(squareHigh).multiply(WORD).add(unsigned(low)).pow(2);
            assertValue(square, other.setSquare(low, squareHigh), longs.at(step));

            final boolean enough = product.compareTo(square) >= 0;
            assertEquals(enough, wide.subtract(other), longs.at(step));
            if (enough) {
                assertValue(product.subtract(square), wide, longs.at(step));
            }
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
    void shouldForgetTheWordsOfALargerValue() {
        wide.set(-1, -1, -1).multiply(-1);
        assertValue(BigInteger.ZERO, wide.set(0), "zero");
        assertValue(BigInteger.TEN, wide.set(10, 0, 0), "ten");
        assertFalse(wide.subtract(other.set(0, 1)));
        assertTrue(wide.set(0, 1).subtract(other.set(1)));
        assertValue(WORD.subtract(BigInteger.ONE), wide, "one below a word");
    }

    private static void assertValue(final BigInteger expected, final WideInteger actual, final String message) {
        assertEquals(expected.bitLength(), actual.bitLength(), message);
        assertEquals((expected.bitLength() + 63) / 64, actual.length(), message);
        for (int i = 0; i < WideInteger.CAPACITY; i++) {
            assertEquals(expected.shiftRight(64 * i).longValue(), actual.bitsAt(64 * i), message + " word=" + i);
        }
    }
}
