package io.tollgate.bench.pair;

import io.tollgate.bench.suite.AsKnownAtBenchmark;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.bench.suite.ReadBenchmark;
import java.util.Map;

/** Pairs of the suite that several commands measure. */
public final class SuitePairs {
    private static final String DURABILITY = "durability";
    private static final String NONE = "NONE";
    private static final String KIND = "kind";
    private static final String WORKLOAD = "workload";

    private SuitePairs() {}

    /**
     * Compares applying a point, from the ring to published metrics, with the floor.
     *
     * @param workload name of the workload, with its size.
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
     * The same tick by the number of its series, in memory.
     *
     * @param workload name of the workload, with its size.
     * @param kind     of the series.
     * @return the pair.
     */
    public static BenchmarkPair tickByNumber(final String workload, final String kind) {
        return new BenchmarkPair(
                "tick " + workload + ' ' + kind + " by number",
                "TickBenchmark.tickByNumber",
                "ApplyBenchmark.carefulAndRead",
                Map.of(DURABILITY, "IN_MEMORY", WORKLOAD, workload, KIND, kind),
                PointBenchmark.BATCH);
    }

    /**
     * Reads of a window beside another way to its mean.
     *
     * @param method    the reading benchmark.
     * @param reference the other way.
     * @param workload  name of the workload, with its size.
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
     * Compares a read of a window over a million points, one in each invocation, with a loop over as many doubles.
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
     * Compares reads as known at an earlier instant, without restated points, with reads of all that is known.
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
     * Compares reads as known before all points were restated, by point or version, with a loop over as many doubles.
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
