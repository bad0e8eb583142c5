package io.tollgate.bench.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PairResultTest {
    private static final int OPERATIONS = 10;

    /** The mean of the ratios would be 14, that of the medians 3, and that of the means 7.1. */
    @Test
    void shouldTakeTheMedianOfTheRatiosOfAllRounds() {
        final PairResult result = result(new double[] {20, 100, 30}, new double[] {10, 10, 1});
        assertEquals(10, result.ratio());
        assertEquals(30.0 / OPERATIONS, result.nanoseconds());
        assertEquals(10.0 / OPERATIONS, result.referenceNanoseconds());
    }

    @Test
    void shouldNotLookAtARoundThatWasDisturbed() {
        final PairResult result = result(new double[] {20, 21, 1e9, 20, 1e9}, new double[] {10, 10.5, 10, 1e9, 5e8});
        assertEquals(2, result.ratio());
        assertEquals(21.0 / OPERATIONS, result.nanoseconds());
    }

    @Test
    void shouldPairEachTimeWithThatOfItsRound() {
        assertEquals(2, result(new double[] {2, 4, 8}, new double[] {1, 2, 4}).ratio());
        assertEquals(8, result(new double[] {8, 2, 40}, new double[] {1, 4, 5}).ratio());
    }

    @Test
    void shouldLeaveTheTimesGivenAsTheyAre() {
        final double[] times = {3, 1, 2};
        result(times, new double[] {1, 1, 1});
        assertEquals(3, times[0]);
    }

    private static PairResult result(final double[] times, final double[] referenceTimes) {
        final PairResult result = PairResult.of(
                new BenchmarkPair("some", "A.a", "B.b", Map.of(), OPERATIONS), times, referenceTimes, 0.5);
        assertEquals("some", result.name());
        assertEquals(0.5, result.allocatedBytes());
        return result;
    }
}
