package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CompensatedSumTest {
    private final CompensatedSum sum = new CompensatedSum();

    @Test
    void shouldKeepWhatALargerTermWouldSwallow() {
        sum.add(1);
        sum.add(1e100);
        sum.add(1);
        sum.add(-1e100);
        assertEquals(2, sum.value());
        sum.clear();
        assertEquals(0, sum.value());
    }

    @Test
    void shouldHaveNoNegativeZero() {
        sum.add(-0.0);
        sum.add(-0.0);
        assertEquals(0.0, sum.value());
    }

    @Test
    void shouldBeWithinAnUlpForAnyNumberOfTerms() {
        final AdversarialLongs longs = new AdversarialLongs(141);
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 300_000; i++) {
            final double term = Math.abs(longs.any() / 3.0) * Math.scalb(1.0, -longs.below(80));
            sum.add(term);
            exact = exact.add(new BigDecimal(term));
        }
        assertEquals(exact.doubleValue(), sum.value(), Math.ulp(sum.value()), longs.at(0));
    }
}
