package io.tollgate.core.number;

import static io.tollgate.core.number.AdversarialLongs.unsigned;
import static io.tollgate.core.number.NearestDouble.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tollgate.core.fixture.TestEffort;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ProRataSumTest {
    private static final int CASES = TestEffort.times(50_000);
    private static final long DAY_NS = 86_400_000_000_000L;

    private final ProRataSum sum = new ProRataSum();

    @Test
    void shouldBeNothingAtFirst() {
        assertEquals(0.0, sum.value(0));
        assertEquals(0.0, sum.perDay(1, 0));
    }

    @Test
    void shouldCountTheCutMonthsOfAWindowByTheirDays() {
        /* From 16 January to 10 March 2025: 16 of 31 days of 31.0 t, 28.5 t of February, and 9 of 31 days of 62.0 t. */
        assertSame(sum, sum.set(285, 0));
        sum.add(310, 0, 16 * DAY_NS, 31 * DAY_NS);
        sum.add(620, 0, 9 * DAY_NS, 31 * DAY_NS);
        assertEquals(16 + 28.5 + 18, sum.value(1));
        assertEquals(62.5 / 53, sum.perDay(53 * DAY_NS, 1));
        sum.set(-1, -1);
        assertEquals(-1.0, sum.value(0), "the earlier sum is forgotten");
    }

    @Test
    void shouldBeExactIfThirdsMakeAWhole() {
        sum.set(0, 0);
        sum.add(1, 0, 1, 3);
        sum.add(1, 0, 2, 3);
        assertEquals(1.0, sum.value(0));
        sum.set(1, 0);
        sum.add(-1, -1, 7, 7);
        assertEquals(0.0, sum.value(0));
    }

    @Test
    void shouldSayNaNOfNoPeriodAndNoTime() {
        sum.set(5, 0);
        assertEquals(Double.NaN, sum.perDay(0, 0));
        sum.add(5, 0, 0, 0);
        assertEquals(Double.NaN, sum.value(0));
    }

    @Test
    void shouldRoundRandomSums() {
        final AdversarialLongs longs = new AdversarialLongs(131);
        for (int i = 0; i < CASES; i++) {
            final long low = longs.any();
            final long high = longs.oneIn(2) ? low >> 63 : longs.any();
            BigInteger numerator = NaiveRun.signed(low, high);
            BigInteger denominator = BigInteger.ONE;
            sum.set(low, high);
            for (int left = longs.below(ProRataSum.MAX_COUNT + 1); left > 0; left--) {
                final long amount = longs.any();
                final long amountHigh = longs.oneIn(2) ? amount >> 63 : longs.any();
                final long part = longs.any();
                final long whole = longs.any() | 1;
                final BigInteger share = NaiveRun.signed(amount, amountHigh).multiply(unsigned(part));
                numerator = numerator.multiply(unsigned(whole)).add(share.multiply(denominator));
                denominator = denominator.multiply(unsigned(whole));
                sum.add(amount, amountHigh, part, whole);
            }
            final int scale = longs.below(10);
            final long length = longs.any() | 1;
            denominator = denominator.multiply(BigInteger.TEN.pow(scale));
            assertNearest(numerator, denominator, sum.value(scale), longs.at(i));
            assertNearest(
                    numerator.multiply(BigInteger.valueOf(DAY_NS)),
                    denominator.multiply(unsigned(length)),
                    sum.perDay(length, scale),
                    longs.at(i));
        }
    }
}
