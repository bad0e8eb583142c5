package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.examples.heap.WindowMetrics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloorThreadsTest {
    private static final int WINDOWS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:20", "W3:7", "W6:20"})
    void shouldSumUpTheSameOnTwoThreadsAsOnOne(final String workload) {
        final FloorThreads one = opened(workload, 1);
        final FloorThreads two = opened(workload, 2);
        final WindowMetrics expected = new WindowMetrics();
        final WindowMetrics actual = new WindowMetrics();
        for (int i = 0; i < 3; i++) {
            one.draw();
            two.draw();
            assertEquals(0, new EnginesBenchmark().floor(one));
            assertEquals(1, new EnginesBenchmark().floor(two));
        }
        for (int series = 0; series < 7; series++) {
            for (int window = 0; window < WINDOWS; window++) {
                one.read(series, window, expected);
                two.read(series, window, actual);
                assertEquals(expected.count, actual.count);
                assertEquals(expected.sum, actual.sum);
            }
        }
        one.close();
        two.close();
    }

    private static FloorThreads opened(final String workload, final int engineCount) {
        final FloorThreads floor = new FloorThreads();
        floor.workload = workload;
        floor.engineCount = engineCount;
        floor.open();
        return floor;
    }
}
