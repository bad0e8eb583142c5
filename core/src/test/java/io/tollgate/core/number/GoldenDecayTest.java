package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decayed weights have the recorded bits on every JVM. */
class GoldenDecayTest {
    @ParameterizedTest
    @CsvSource({"true, -5681023151410798452", "false, 1620159795410072727"})
    void shouldKeepItsBits(final boolean isHalfLife, final long expected) {
        final DecayWeights weights = new DecayWeights(isHalfLife, 1_000_003, new Quotients());
        long hash = Double.doubleToRawLongBits(weights.perDay());
        for (long time = 0; time < 100_000_000; time += 9_973) {
            hash = 31 * hash + Double.doubleToRawLongBits(weights.left(time));
            hash = 31 * hash + Double.doubleToRawLongBits(weights.lost(time));
        }
        assertEquals(expected, hash);
    }
}
