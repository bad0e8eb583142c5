package io.tollgate.bench.pair;

import io.tollgate.bench.suite.AsKnownAtBenchmark;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.bench.suite.ReadBenchmark;
import java.util.Map;

/** Pairs of the suite that more than one command measures. */
public final class SuitePairs {
    private static final String DURABILITY = "durability";
    private static final String NONE = "NONE";
    private static final String KIND = "kind";
    private static final String WORKLOAD = "workload";

    private SuitePairs() {}

    /**
     * A point from the ring to published metrics beside the floor.
     *
     * @param workload and its size.
     * @param kind     of the series.
     * @return the pair.
     */
    public static BenchmarkPair apply(final String workload, final String kind) {
        return new BenchmarkPair(
                "apply " + workload + ' ' + kind,
                "ApplyBenchmark.apply",
                "ApplyBenchmark.floor",
                Map.of(DURABILITY, NONE, WORKLOAD, workload, KIND, kind),
                PointBenchmark.BATCH);
    }

    /**
     * A point that is applied at once, with all metrics of its three windows, beside windows written with care.
     *
     * @param workload   and its size.
     * @param kind       of the series.
     * @param durability IN_MEMORY, or NONE for a log.
     * @return the pair.
     */
    public static BenchmarkPair tick(final String workload, final String kind, final String durability) {
        return new BenchmarkPair(
                "tick " + workload + ' ' + kind + (NONE.equals(durability) ? ", log" : ""),
                "TickBenchmark.tick",
                "ApplyBenchmark.carefulAndRead",
                Map.of(DURABILITY, durability, WORKLOAD, workload, KIND, kind),
                PointBenchmark.BATCH);
    }

    /**
     * Reads of a window beside another way to its mean.
     *
     * @param method    that reads.
     * @param reference the other way.
     * @param workload  and its size.
     * @param kind      of the series.
     * @return the pair.
     */
    public static BenchmarkPair read(
            final String method, final String reference, final String workload, final String kind) {
        return new BenchmarkPair(
                "read " + method + ' ' + kind,
                "ReadBenchmark." + method,
                "ReadBenchmark." + reference,
                Map.of(DURABILITY, NONE, WORKLOAD, workload, KIND, kind),
                ReadBenchmark.READS);
    }

    /**
     * Reads of a window over a million points, one an invocation, beside a loop over as many doubles.
     *
     * @param kind of the series.
     * @return the pair.
     */
    public static BenchmarkPair longWindow(final String kind) {
        return new BenchmarkPair(
                "long window " + kind,
                "LongWindowBenchmark.adHoc",
                "LongWindowBenchmark.scan",
                Map.of(DURABILITY, NONE, KIND, kind),
                1);
    }

    /**
     * Reads as known at an earlier instant, where nothing was restated since, beside the same with all that is known.
     *
     * @return the pair.
     */
    public static BenchmarkPair asKnownAtUnchanged() {
        return new BenchmarkPair(
                "as known at unchanged",
                "AsKnownAtBenchmark.unchanged",
                "AsKnownAtBenchmark.allKnown",
                Map.of(),
                AsKnownAtBenchmark.READS);
    }

    /**
     * The same, by point or version, where all points were restated since, beside a loop over as many doubles.
     *
     * @return the pair.
     */
    public static BenchmarkPair asKnownAtRestated() {
        return new BenchmarkPair(
                        "as known at restated",
                        "AsKnownAtBenchmark.restated",
                        "AsKnownAtBenchmark.scan",
                        Map.of(),
                        AsKnownAtBenchmark.READS * AsKnownAtBenchmark.ENTRIES)
                .allocatingByUnits(AsKnownAtBenchmark.READS);
    }
}
