package io.tollgate.bench.scale;

import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * The size of an engine.
 *
 * @param seriesCount   number of series.
 * @param pointsASeries points in each series.
 */
record Extent(int seriesCount, int pointsASeries) {
    /** Points of each series if only the number of series changes. They fit one block. */
    static final int FEW_POINTS = 8;

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Windows of 5, 50 and 500 points, if the series has that many. */
    private static final List<Duration> WINDOWS =
            List.of(INTERVAL.multipliedBy(5), INTERVAL.multipliedBy(50), INTERVAL.multipliedBy(500));

    /** Reads {@code SERIESxPOINTS}. */
    static Extent of(final String text) {
        final String[] parts = text.split("x");
        return new Extent(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    long pointCount() {
        return (long) seriesCount * pointsASeries;
    }

    /** Each series has a point a minute, in a different order each time. */
    Workload workload() {
        return new Workload(
                toString(), seriesCount, 1, INTERVAL.toNanos(), seriesCount > 1, WINDOWS, 0, 0, 0, false, 0);
    }

    @Override
    public String toString() {
        return seriesCount + "x" + pointsASeries;
    }
}
