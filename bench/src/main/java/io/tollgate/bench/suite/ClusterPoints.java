package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * Points in clusters: in each series 120 points, one second apart, then a gap of two hours. The first point after the
 * gap evicts a whole cluster from each window of 1, 23 and 167 hours. These lengths are odd, so a window never begins
 * at the start of a cluster: it would then lose the cluster point by point.
 */
public final class ClusterPoints {
    public static final int SERIES = 100;

    /** The most points that an engine evicts one by one; for more it recomputes the sums. */
    public static final int CLUSTER = 120;

    public static final int ROUNDS_TO_FILL = 90;

    private static final long GAP_NS = Duration.ofHours(2).toNanos();
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final int VALUE_STEP = 7_919;
    private static final int VALUE_RANGE = 145_000_000;

    private final PointBatch pushing = new PointBatch(SERIES);
    private final PointBatch rest = new PointBatch(SERIES * (CLUSTER - 1));
    private long round;
    private int value;

    /** Creates clusters; {@link #next} draws the first. */
    public ClusterPoints() {}

    /** Returns the series and windows. */
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
        put(pushing, 0);
        put(rest, 1);
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

    /** Returns the first point of each cluster, which evicts the previous cluster. */
    public PointBatch pushing() {
        return pushing;
    }

    /** Returns the points of each cluster after the evicting one. */
    public PointBatch rest() {
        return rest;
    }
}
