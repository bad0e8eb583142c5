package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.examples.heap.ExactWindows;
import io.tollgate.examples.heap.WindowMetrics;
import org.junit.jupiter.api.Test;

class ClusterPointsTest {
    private final ExactWindows windows = new ExactWindows(ClusterPoints.workload(), ClusterPoints.SERIES);
    private final WindowMetrics metrics = new WindowMetrics();

    @Test
    void shouldPushAWholeClusterOutOfEachWindowWithItsFirstPoints() {
        final ClusterPoints points = new ClusterPoints();
        points.next();
        for (int i = 0; i < ClusterPoints.ROUNDS_TO_FILL; i++) {
            windows.addAll(points.first());
            windows.addAll(points.rest());
            points.next();
        }
        for (int series = 0; series < ClusterPoints.SERIES; series += ClusterPoints.SERIES - 1) {
            assertEquals(ClusterPoints.CLUSTER, count(series, 0));
            assertEquals(12 * ClusterPoints.CLUSTER, count(series, 1));
            assertEquals(84 * ClusterPoints.CLUSTER, count(series, 2));
        }
        windows.addAll(points.first());
        for (int series = 0; series < ClusterPoints.SERIES; series += ClusterPoints.SERIES - 1) {
            assertEquals(ClusterPoints.FIRST, count(series, 0));
            assertEquals(11 * ClusterPoints.CLUSTER + ClusterPoints.FIRST, count(series, 1));
            assertEquals(83 * ClusterPoints.CLUSTER + ClusterPoints.FIRST, count(series, 2));
        }
    }

    private long count(final int series, final int window) {
        windows.read(series, window, metrics);
        return metrics.count;
    }
}
