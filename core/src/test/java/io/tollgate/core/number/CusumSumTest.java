package io.tollgate.core.number;

import static io.tollgate.core.number.NearestDouble.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class CusumSumTest {
    private static final int CASES = TestEffort.times(12_500);

    @Test
    void shouldStartFromNothingAndAgain() {
        final CusumSum sum = sum(true, "10", "2", "0.5", "1");
        assertEquals(0, sum.value());
        assertFalse(sum.add(13, 0), "1 is not above 1");
        assertEquals(1, sum.value());
        assertTrue(sum.add(12, 0));
        assertEquals(1.5, sum.value());
        sum.clear();
        assertEquals(0, sum.value());
        assertFalse(sum.add(1, 0));
        assertEquals(0, sum.value());
    }

    @Test
    void shouldBeExactIfDoublesAreNot() {
        final CusumSum sum = sum(false, "0.3", "0.1", "0", "3");
        assertFalse(sum.add(2, 1));
        assertFalse(sum.add(2, 1));
        assertFalse(sum.add(2, 1), "3 x 0.1 / 0.1 is 3, not above it");
        assertEquals(3, sum.value());
        assertTrue(sum.add(299_999_999, 9));
    }

    @Test
    void shouldAgreeWithDecimalsForAnyParameters() {
        final AdversarialLongs longs = new AdversarialLongs(151);
        int alarms = 0;
        for (int i = 0; i < CASES; i++) {
            final boolean isUpper = longs.oneIn(2);
            final BigDecimal mean = decimal(longs);
            final BigDecimal deviation = decimal(longs).abs().add(new BigDecimal("1e-40"));
            final BigDecimal slack = longs.oneIn(3) ? decimal(longs).abs() : BigDecimal.ZERO;
            final BigDecimal threshold = decimal(longs).abs();
            final CusumSum sum = new CusumSum(isUpper, mean, deviation, slack, threshold);
            final int scale = longs.below(10);
            BigDecimal expected = BigDecimal.ZERO;
            for (int k = 0; k < 4; k++) {
                final long value = longs.value();
                final BigDecimal above = BigDecimal.valueOf(value, scale).subtract(mean);
                expected = expected.add(isUpper ? above : above.negate())
                        .subtract(slack.multiply(deviation))
                        .max(BigDecimal.ZERO);
                final boolean isAlarm = expected.compareTo(threshold.multiply(deviation)) > 0;
                assertEquals(isAlarm, sum.add(value, scale), longs.at(i));
                final BigInteger numerator = expected.setScale(80).unscaledValue();
                assertNearest(numerator, deviation.setScale(80).unscaledValue(), sum.value(), longs.at(i));
                alarms += isAlarm ? 1 : 0;
            }
        }
        assertTrue(alarms > CASES / 2 && alarms < 4 * CASES, longs.at(0) + " alarms=" + alarms);
    }

    /** Up to 40 digits before and 40 after the decimal point. */
    private static BigDecimal decimal(final AdversarialLongs longs) {
        final BigDecimal digits = new BigDecimal(BigInteger.valueOf(longs.any()).multiply(BigInteger.valueOf(1 << 30)));
        return digits.scaleByPowerOfTen(-longs.below(41)).min(new BigDecimal("9e39"));
    }

    private static CusumSum sum(
            final boolean isUpper,
            final String mean,
            final String deviation,
            final String slack,
            final String threshold) {
        return new CusumSum(
                isUpper,
                new BigDecimal(mean),
                new BigDecimal(deviation),
                new BigDecimal(slack),
                new BigDecimal(threshold));
    }
}
