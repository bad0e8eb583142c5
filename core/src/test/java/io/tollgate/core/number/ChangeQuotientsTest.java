package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relative and the logarithmic change of {@link Quotients}. */
class ChangeQuotientsTest {
    private static final int CASES = TestEffort.times(50_000);
    private static final int LOGARITHMS = TestEffort.times(10_000);

    private final Quotients quotients = new Quotients();

    @Test
    void shouldAnswerTheChangeOfATariff() {
        assertEquals(-115.0 / 145.0, quotients.relativeChange(145_000_000, 30_000_000));
        assertEquals(-0.6337, quotients.logChange(145_000_000, 30_000_000, 6, 100), 0.00005);
        assertEquals(-0.6337, quotients.logChange(14_500, 3_000, 0, 10_000), 0.00005);
        assertEquals(-0.6337, quotients.logChange(145, 30, 2, 1), 0.00005);
        assertEquals(Math.log(30.0 / 145.0), quotients.logRatio(145, 30), 1e-15);
    }

    @Test
    void shouldAnswerZeroWithoutASignIfNothingChanged() {
        assertEquals(0.0, quotients.relativeChange(-5, -5));
        assertEquals(0.0, quotients.logRatio(5, 5));
        assertEquals(0.0, quotients.logChange(5, 5, 0, 100));
    }

    @Test
    void shouldRoundRelativeChanges() {
        final AdversarialLongs longs = new AdversarialLongs(81);
        for (int step = 0; step < CASES; step++) {
            final long first = longs.any();
            final long last = longs.oneIn(4) ? first + longs.below(3) : longs.any();
            if (first != 0) {
                final BigInteger from = BigInteger.valueOf(first);
                final double actual = quotients.relativeChange(first, last);
                NearestDouble.assertNearest(
                        BigInteger.valueOf(last).subtract(from), from.abs(), actual, longs.at(step));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "0, 0", "0, -5"})
    void shouldLeaveTheRelativeChangeFromZeroUndefined(final long first, final long last) {
        assertEquals(Double.NaN, quotients.relativeChange(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "-100, 5, 0, 100",
        "5, -100, 0, 100",
        "-9223372036854775807, 5, 9, 10000",
        "-101, -100, 0, 100",
        "-10000001, 3, 6, 10"
    })
    void shouldLeaveTheLogChangeUndefinedIfARateIsNotAboveMinusOne(
            final long first, final long last, final int scale, final int unitDivisor) {
        assertEquals(Double.NaN, quotients.logChange(first, last, scale, unitDivisor));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 0", "-1, 5", "5, -1", "-2, -1"})
    void shouldLeaveTheLogRatioUndefinedIfAValueIsNotAboveZero(final long first, final long last) {
        assertEquals(Double.NaN, quotients.logRatio(first, last));
    }

    @Test
    void shouldKeepLogarithmsWithinTheirBound() {
        final AdversarialLongs longs = new AdversarialLongs(82);
        int near = 0;
        for (int step = 0; step < LOGARITHMS; step++) {
            final long first = longs.value();
            final long last = longs.oneIn(2) ? longs.value() : Math.min(first, Long.MAX_VALUE - 9) + longs.below(9) - 4;
            final int scale = longs.below(10);
            final int unitDivisor = new int[] {1, 100, 10_000}[longs.below(3)];
            final BigInteger one = BigInteger.TEN.pow(scale).multiply(BigInteger.valueOf(unitDivisor));
            final BigInteger from = BigInteger.valueOf(first);
            final BigInteger to = BigInteger.valueOf(last);
            final double change = quotients.logChange(first, last, scale, unitDivisor);
            assertLogarithm(to.add(one), from.add(one), change, longs.at(step));
            assertLogarithm(to, from, quotients.logRatio(first, last), longs.at(step));
            near += change != 0 && Math.abs(change) < 1e-9 ? 1 : 0;
        }
        assertTrue(near > LOGARITHMS / 40, longs.at(0) + " near=" + near);
    }

    private static void assertLogarithm(
            final BigInteger dividend, final BigInteger divisor, final double actual, final String message) {
        final String all = message + " dividend=" + dividend + " divisor=" + divisor + " actual=" + actual;
        if (dividend.signum() <= 0 || divisor.signum() <= 0) {
            assertEquals(Double.NaN, actual, all);
            return;
        }
        final BigDecimal exact = NaiveLogarithm.of(dividend, divisor);
        final BigDecimal bound = new BigDecimal(Math.ulp(actual)).multiply(new BigDecimal("2.5"));
        final BigDecimal error = exact.subtract(new BigDecimal(actual)).abs();
        assertTrue(dividend.equals(divisor) ? actual == 0.0 : error.compareTo(bound) <= 0, all + " exact=" + exact);
    }
}
