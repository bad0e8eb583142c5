package io.tollgate.bench.scale;

import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * How much an engine is filled with.
 *
 * @param seriesCount    series.
 * @param pointsASeries  points of each.
 */
record Extent(int seriesCount, int pointsASeries) {
    /** As many points as the first block of a series holds. */
    static final int FIRST_BLOCK_POINTS = 8;

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Windows that hold 5, 50 and 500 points, where there are so many. */
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

    /** Each series once a minute, in another order each time. */
    Workload workload() {
        return new Workload(
                toString(), seriesCount, 1, INTERVAL.toNanos(), seriesCount > 1, WINDOWS, 0, 0, 0, false, 0);
    }

    @Override
    public String toString() {
        return seriesCount + "x" + pointsASeries;
    }
}
