package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.examples.heap.ExactWindows;
import io.tollgate.examples.heap.WindowMetrics;
import org.junit.jupiter.api.Test;

class ClusterPointsTest {
    private final ExactWindows windows = new ExactWindows(ClusterPoints.workload(), ClusterPoints.SERIES);
    private final WindowMetrics metrics = new WindowMetrics();

    @Test
    void shouldPushAWholeClusterOutOfEachWindowWithItsFirstPoint() {
        final ClusterPoints points = new ClusterPoints();
        points.next();
        for (int i = 0; i < ClusterPoints.ROUNDS_TO_FILL; i++) {
            windows.addAll(points.pushing());
            windows.addAll(points.rest());
            points.next();
        }
        requireCounts(ClusterPoints.CLUSTER);
        windows.addAll(points.pushing());
        requireCounts(1);
    }

    /**
     * Counts for the given number of points of the last cluster; each window also contains the earlier clusters it
     * reaches.
     */
    private void requireCounts(final int last) {
        for (int series = 0; series < ClusterPoints.SERIES; series += ClusterPoints.SERIES - 1) {
            assertEquals(last, count(series, 0));
            assertEquals(11 * ClusterPoints.CLUSTER + last, count(series, 1));
            assertEquals(83 * ClusterPoints.CLUSTER + last, count(series, 2));
        }
    }

    private long count(final int series, final int window) {
        windows.read(series, window, metrics);
        return metrics.count;
    }
}
