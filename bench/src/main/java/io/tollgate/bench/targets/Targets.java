package io.tollgate.bench.targets;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.SuitePairs;
import io.tollgate.bench.suite.EnginesBenchmark;
import io.tollgate.bench.suite.PointBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All performance targets of the hot path, at the sizes they are defined for. */
final class Targets {
    /** Memory in KiB that exceeds every cache. */
    static final String LARGE_MEMORY = "524288";

    private static final String IN_MEMORY = "IN_MEMORY";

    private static final List<String> KINDS = List.of("FLOW", "STEP");

    /** For a series of many points with three windows: lines of memory, including those on the heap. */
    private static final double LINES_OF_A_POINT = 14;

    /** For a series whose points fit its first blocks and that keeps no window states. */
    private static final double LINES_OF_A_WIDE_POINT = 7;

    /** One point in ten is inserted into a tree, which touches about 55 lines. */
    private static final double LINES_OF_A_LATE_POINT = LINES_OF_A_POINT + 5.5;

    private Targets() {}

    static List<Target> all() {
        final List<Target> all = new ArrayList<>();
        all.add(tick("W1", "FLOW", IN_MEMORY, 2));
        all.add(tick("W1", "FLOW", "NONE", 2.5));
        all.add(tick("W1", "STEP", IN_MEMORY, 3));
        final BenchmarkPair wide = SuitePairs.tickByNumber("W2", "FLOW");
        all.add(new Target(wide.name(), wide, Bound.ratio(1)));
        all.add(tick("W3", "FLOW", IN_MEMORY, 3.5));
        all.add(apply("W1", "FLOW", 4, LINES_OF_A_POINT));
        all.add(apply("W1", "STEP", 5, LINES_OF_A_POINT));
        for (final String kind : KINDS) {
            all.add(apply("W2", kind, 1.4, LINES_OF_A_WIDE_POINT));
        }
        all.add(apply("W3", "FLOW", 5.5, LINES_OF_A_LATE_POINT));
        all.add(apply("W3", "STEP", 7, LINES_OF_A_LATE_POINT));
        for (final String kind : KINDS) {
            all.add(read("read " + kind, "registered", "floor", kind, Map.of(), 100));
            all.add(read("read " + kind + ", 8 behind", "registeredBehind", "floor", kind, behind(8), 100));
            all.add(read("read " + kind + ", 63 behind", "registeredBehind", "floor", kind, behind(63), 2_000));
            all.add(read("read " + kind + ", 720 behind", "registeredFarBehind", "scan", kind, Map.of(), 2_000));
            all.add(new Target(
                    "read " + kind + ", 1,000,000 points", SuitePairs.longWindow(kind), Bound.nanoseconds(10_000)));
        }
        all.add(new Target("as known at, unchanged", SuitePairs.asKnownAtUnchanged(), Bound.ratio(20)));
        all.add(new Target("as known at, a version", SuitePairs.asKnownAtRestated(), Bound.nanoseconds(10)));
        for (final String kind : KINDS) {
            all.add(new Target(
                    "two engines " + kind,
                    engines("W2:500000", kind, Map.of("engineCount", "2"), Map.of("engineCount", "1")),
                    Bound.speed(1.7)));
        }
        all.add(new Target(
                "INTERVAL:10 beside NONE",
                engines(
                        "W1",
                        "FLOW",
                        Map.of("engineCount", "1", "level", "INTERVAL:10"),
                        Map.of("engineCount", "1", "level", "NONE")),
                Bound.ratio(1.3)));
        all.add(new Target(
                "an empty engine opened",
                opening("OpenBenchmark.inDirectory", "OpenBenchmark.floor", Map.of()),
                Bound.milliseconds(500)));
        all.add(new Target(
                "1,000,000 series opened",
                opening(
                        "ReopenBenchmark.reopen",
                        "ReopenBenchmark.floor",
                        Map.of("how", "CLOSED", "seriesCount", "1000000")),
                Bound.milliseconds(1_000)));
        return all;
    }

    /**
     * Compares reading a memory line whose address depends on the previous line with one whose address is known in
     * advance.
     */
    static List<BenchmarkPair> machine() {
        return Stream.of("512", "2048", "16384", LARGE_MEMORY)
                .map(kibibytes -> new BenchmarkPair(
                        kibibytes,
                        "MemoryBenchmark.chain",
                        "MemoryBenchmark.independent",
                        Map.of("kibibytes", kibibytes),
                        PointBenchmark.BATCH))
                .toList();
    }

    private static Target apply(final String workload, final String kind, final double most, final double lineCount) {
        return new Target(
                "apply " + workload + ' ' + kind, SuitePairs.apply(workload, kind), Bound.ratio(most), lineCount);
    }

    /** A point with all metrics of its windows, beside windows written with care. */
    private static Target tick(final String workload, final String kind, final String durability, final double most) {
        final BenchmarkPair pair = SuitePairs.tick(workload, kind, durability);
        return new Target(pair.name(), pair, Bound.ratio(most));
    }

    private static Map<String, String> behind(final int evictions) {
        return Map.of("evictions", Integer.toString(evictions));
    }

    private static Target read(
            final String name,
            final String method,
            final String reference,
            final String kind,
            final Map<String, String> more,
            final double most) {
        return new Target(name, SuitePairs.read(method, reference, "W1", kind).with(more), Bound.nanoseconds(most));
    }

    private static BenchmarkPair engines(
            final String workload,
            final String kind,
            final Map<String, String> parameters,
            final Map<String, String> referenceParameters) {
        final Map<String, String> common = Map.of("workload", workload, "kind", kind);
        return new BenchmarkPair(
                        "engines",
                        "EnginesBenchmark.apply",
                        "EnginesBenchmark.apply",
                        parameters,
                        referenceParameters,
                        EnginesBenchmark.POINTS,
                        EnginesBenchmark.POINTS)
                .with(common);
    }

    private static BenchmarkPair opening(
            final String benchmark, final String reference, final Map<String, String> parameters) {
        return new BenchmarkPair("opening", benchmark, reference, parameters, 1);
    }
}
