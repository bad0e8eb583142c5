package io.tollgate.api.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.TestSeed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 500000000, median",
        "0.01, 10000000, p01",
        "0.07, 70000000, p07",
        "0.29, 290000000, p29",
        "0.9, 900000000, p90",
        "0.99, 990000000, p99",
        "0.999, 999000000, quantile:0.999",
        "0.000000001, 1, quantile:0.000000001",
        "0.999999999, 999999999, quantile:0.999999999",
        "0.005, 5000000, quantile:0.005",
        "0, 0, quantile:0",
        "-0.0, 0, quantile:0",
        "1, 1000000000, quantile:1",
    })
    void shouldKeepTheShareAsItWasWritten(final double p, final int partsPerBillion, final String text) {
        final Quantile quantile = Metric.quantile(p);
        assertEquals(partsPerBillion, quantile.partsPerBillion());
        assertEquals(text, quantile.text());
        assertEquals(new Quantile(partsPerBillion, QuantileMethod.LINEAR), quantile);
        final Quantile ranked = Metric.quantile(p, QuantileMethod.NEAREST_RANK);
        assertEquals(text + ":nearest-rank", ranked.text());
        assertNotEquals(quantile, ranked);
    }

    @Test
    void shouldKeepAnyShareOfNinePlaces() {
        final long seed = TestSeed.of("shares");
        final Random random = new Random(seed);
        for (int i = 0; i < 1_000_000; i++) {
            final int parts = random.nextInt(Quantile.BILLION + 1);
            final double p = Double.parseDouble(parts + "e-9");
            assertEquals(parts, Metric.quantile(p).partsPerBillion(), () -> "seed=" + seed + " p=" + p);
        }
    }

    @Test
    void shouldNameTheMedian() {
        assertEquals(Metric.quantile(0.5), Metric.MEDIAN);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -0.1,
                -1e-9,
                1.000000001,
                2,
                0.0000000001,
                0.1234567891,
                1.0 / 3,
                0.1 + 0.2,
                Double.MIN_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void shouldRefuseAnyOtherShare(final double p) {
        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Metric.quantile(p));
        assertEquals("p=" + p + ", expected 0 to 1, at most 9 decimal places", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefusePartsBeyondTheWhole(final int partsPerBillion) {
        assertThrows(IllegalArgumentException.class, () -> new Quantile(partsPerBillion, QuantileMethod.LINEAR));
    }
}
