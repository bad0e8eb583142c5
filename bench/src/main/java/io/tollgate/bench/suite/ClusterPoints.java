package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * Points in clusters: of each series 60, a second apart, and then nothing for two hours. The first point behind such a
 * gap pushes a whole cluster out of each window: of an hour, almost a day, and almost a week. All are an odd number of
 * hours long: one that ends with a gap, as a day would, lets go of a cluster point by point.
 */
final class ClusterPoints {
    static final int SERIES = 100;
    static final int CLUSTER = 60;

    /** Points that begin a cluster: states of windows move with each fourth point of a series. */
    static final int FIRST = 4;

    static final int ROUNDS_TO_FILL = 90;

    private static final long GAP_NS = Duration.ofHours(2).toNanos();
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final int VALUE_STEP = 7_919;
    private static final int VALUE_RANGE = 145_000_000;

    private final PointBatch first = new PointBatch(SERIES * FIRST);
    private final PointBatch rest = new PointBatch(SERIES * (CLUSTER - FIRST));
    private long round;
    private int value;

    /** Series and windows, for whoever takes the points. */
    static Workload workload() {
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
    void next() {
        round++;
        for (int i = 0; i < first.length(); i++) {
            put(first, i, i % SERIES, i / SERIES);
        }
        for (int i = 0; i < rest.length(); i++) {
            put(rest, i, i % SERIES, FIRST + i / SERIES);
        }
    }

    private void put(final PointBatch batch, final int index, final int series, final int second) {
        value = (value + VALUE_STEP * (series + 1)) % VALUE_RANGE;
        batch.series[index] = series;
        batch.timesNs[index] = PointStream.START_NS + round * GAP_NS + second * SECOND_NS + series;
        batch.scaled[index] = value;
        batch.values[index] = value / 1e6;
    }

    /** The first points of each cluster. */
    PointBatch first() {
        return first;
    }

    /** The other points. */
    PointBatch rest() {
        return rest;
    }
}
