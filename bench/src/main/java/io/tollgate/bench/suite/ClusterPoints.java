package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * Points in clusters: of each series 120, a second apart, and then nothing for two hours. A point behind such a gap
 * pushes a whole cluster out of each window: of an hour, almost a day, and almost a week. All are an odd number of
 * hours long: one that ends with a gap, as a day would, lets go of a cluster point by point.
 */
public final class ClusterPoints {
    public static final int SERIES = 100;

    /** As many as an engine lets go of one by one; more would be summed up anew. */
    public static final int CLUSTER = 120;

    public static final int ROUNDS_TO_FILL = 90;

    private static final long GAP_NS = Duration.ofHours(2).toNanos();
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final int VALUE_STEP = 7_919;
    private static final int VALUE_RANGE = 145_000_000;

    private final PointBatch before;
    private final PointBatch pushing = new PointBatch(SERIES);
    private final PointBatch rest;
    private long round;
    private int value;

    /**
     * Clusters for someone whose windows move with a certain point.
     *
     * @param pushingIndex which point of a cluster pushes the one before out: 0 where windows move with each.
     */
    public ClusterPoints(final int pushingIndex) {
        before = new PointBatch(SERIES * pushingIndex);
        rest = new PointBatch(SERIES * (CLUSTER - 1 - pushingIndex));
    }

    /** Series and windows, for whoever takes the points. */
    public static Workload workload() {
        return new Workload(
                "clusters",
                SERIES,
                1,
                GAP_NS / CLUSTER,
                false,
                List.of(Duration.ofHours(1), Duration.ofHours(23), Duration.ofHours(167)),
                0,
                0,
                0,
                false,
                0);
    }

    /** Draws the next cluster of each series. */
    public void next() {
        round++;
        put(before, 0);
        put(pushing, before.length() / SERIES);
        put(rest, before.length() / SERIES + 1);
    }

    private void put(final PointBatch batch, final int firstIndex) {
        for (int i = 0; i < batch.length(); i++) {
            put(batch, i, i % SERIES, firstIndex + i / SERIES);
        }
    }

    private void put(final PointBatch batch, final int index, final int series, final int second) {
        value = (value + VALUE_STEP * (series + 1)) % VALUE_RANGE;
        batch.series[index] = series;
        batch.timesNs[index] = PointStream.START_NS + round * GAP_NS + second * SECOND_NS + series;
        batch.scaled[index] = value;
        batch.values[index] = value / 1e6;
    }

    /** The points of each cluster that come before the one that pushes. */
    public PointBatch before() {
        return before;
    }

    /** The point of each cluster that pushes the cluster before out. */
    public PointBatch pushing() {
        return pushing;
    }

    /** The other points. */
    public PointBatch rest() {
        return rest;
    }
}
