package io.tollgate.bench.guard;

import io.tollgate.bench.internal.EvictBenchmark;
import io.tollgate.bench.internal.LogAppendBenchmark;
import io.tollgate.bench.internal.RingPassBenchmark;
import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.Effort;
import io.tollgate.bench.pair.SuitePairs;
import io.tollgate.bench.suite.BatchBenchmark;
import io.tollgate.bench.suite.PairWatchBenchmark.Watched;
import io.tollgate.bench.suite.PanelBenchmark;
import io.tollgate.bench.suite.PanelBenchmark.Kept;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.bench.suite.WatchBenchmark.Course;
import io.tollgate.examples.workload.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pairs that the guard measures: the whole hot path, or its core with fewer series. The data of W1 with these
 * series counts fits a second-level cache; with 1,000 series it would be slightly too large. The data of W2 does not
 * fit. W2 has so many series that none fills a block during a measurement (see {@link Stretch}), even on a machine
 * twice as fast as those of the bands.
 */
enum GuardForm {
    FULL("full", new Effort(3, 5, 200), ":250", ":400000"),
    SHORT("short", new Effort(5, 3, 100), ":100", ":200000");

    private static final String DURABILITY = "durability";
    private static final String NONE = "NONE";
    private static final String IN_MEMORY = "IN_MEMORY";
    private static final String KIND = "kind";
    private static final String STEP = "STEP";
    private static final String FLOW = "FLOW";
    private static final String WORKLOAD = "workload";
    private static final String PANEL = "PanelBenchmark.";

    private final String text;
    private final Effort effort;
    /** Series count, appended to the name of a workload. Filling that many series takes most of the time. */
    private final String size;

    private final String wideSize;

    GuardForm(final String text, final Effort effort, final String size, final String wideSize) {
        this.text = text;
        this.effort = effort;
        this.size = size;
        this.wideSize = wideSize;
    }

    /** Returns the name of this form in the file of bands. */
    String text() {
        return text;
    }

    Effort effort() {
        return effort;
    }

    List<BenchmarkPair> pairs() {
        final List<BenchmarkPair> pairs = new ArrayList<>();
        pairs.add(tick("W1", FLOW));
        pairs.add(tick("W1", STEP));
        pairs.add(SuitePairs.apply("W1" + size, STEP));
        pairs.add(SuitePairs.apply("W2" + wideSize, FLOW));
        pairs.add(new BenchmarkPair(
                "offer",
                "OfferBenchmark.offer",
                "OfferBenchmark.floor",
                Map.of(KIND, STEP, DURABILITY, NONE, "seriesCount", "100"),
                PointBenchmark.BATCH));
        pairs.add(append(16));
        pairs.add(new BenchmarkPair(
                "revise STEP",
                "RevisionBenchmark.revise",
                "RevisionBenchmark.append",
                Map.of(WORKLOAD, "W1" + size, KIND, STEP, DURABILITY, NONE),
                PointBenchmark.BATCH));
        pairs.add(SuitePairs.asKnownAtRestated());
        pairs.add(panel("memberChange", Kept.GROUP, PointBenchmark.BATCH));
        pairs.add(watch(Course.CROSSING));
        if (this == FULL) {
            addOthers(pairs);
            addPanels(pairs);
        }
        return pairs;
    }

    /** Compares points with panels registered against the points alone. */
    private static BenchmarkPair panel(final String method, final Kept kept, final int operationCount) {
        return new BenchmarkPair(
                "panel " + method + ' ' + kept,
                PANEL + method,
                PANEL + method,
                Map.of("kept", kept.name()),
                Map.of("kept", Kept.NOTHING.name()),
                operationCount,
                operationCount);
    }

    /**
     * Compares a read of a registered group with running sums. Reading each member instead takes three times as long in
     * some runs.
     */
    private static BenchmarkPair panelRead() {
        return new BenchmarkPair(
                "panel read " + Kept.GROUP,
                PANEL + "read",
                PANEL + "floor",
                Map.of("kept", Kept.GROUP.name()),
                PanelBenchmark.READS);
    }

    /** Compares a watched point with an unwatched one. */
    private static BenchmarkPair watch(final Course course) {
        return new BenchmarkPair(
                "watch " + course,
                "WatchBenchmark.point",
                "WatchBenchmark.point",
                Map.of("course", course.name(), "watched", "LEVEL"),
                Map.of("course", Course.UNWATCHED.name(), "watched", "LEVEL"),
                PointBenchmark.BATCH,
                PointBenchmark.BATCH);
    }

    /** Compares a point of two series that are watched together with an unwatched one. */
    private static BenchmarkPair watch(final Watched watched) {
        return new BenchmarkPair(
                "watch " + watched,
                "PairWatchBenchmark.point",
                "PairWatchBenchmark.point",
                Map.of("watched", watched.name()),
                Map.of("watched", Watched.NOTHING.name()),
                PointBenchmark.BATCH,
                PointBenchmark.BATCH);
    }

    private void addOthers(final List<BenchmarkPair> pairs) {
        pairs.add(tick("W3", FLOW));
        pairs.add(SuitePairs.tick("W2" + wideSize, FLOW, IN_MEMORY));
        pairs.add(SuitePairs.tick("W1" + size, FLOW, NONE));
        pairs.add(read("all", "floorAll", FLOW));
        pairs.add(read("registered", "floor", STEP));
        pairs.add(SuitePairs.apply("W3" + size, FLOW));
        pairs.add(read("adHoc", "scan", FLOW));
        pairs.add(new BenchmarkPair(
                "batch", "BatchBenchmark.batch", "BatchBenchmark.single", Map.of(), BatchBenchmark.POINTS));
        pairs.add(SuitePairs.asKnownAtUnchanged());
        pairs.add(SuitePairs.apply("W1" + size, FLOW));
        pairs.add(SuitePairs.apply("W2" + wideSize, STEP));
        pairs.add(SuitePairs.apply("W3" + size, STEP));
        pairs.add(SuitePairs.apply("W4" + size, STEP));
        pairs.add(SuitePairs.apply("W4" + size, FLOW));
        pairs.add(new BenchmarkPair(
                "ring pass",
                "RingPassBenchmark.ringPass",
                "RingPassBenchmark.floor",
                Map.of(),
                RingPassBenchmark.DRAIN));
        pairs.add(new BenchmarkPair(
                "median FLOW",
                "QuantileBenchmark.median",
                "QuantileBenchmark.sortedCopy",
                Map.of(KIND, FLOW, DURABILITY, NONE),
                1));
        pairs.add(SuitePairs.longWindow(FLOW));
        pairs.add(append(1));
        pairs.add(append(64));
        pairs.add(new BenchmarkPair(
                "append INTERVAL:10",
                "LogAppendBenchmark.appendAtLevel",
                "LogAppendBenchmark.appendAtLevel",
                Map.of("framePoints", "16", DURABILITY, "INTERVAL:10"),
                Map.of("framePoints", "16", DURABILITY, NONE),
                LogAppendBenchmark.FRAMES * 16,
                LogAppendBenchmark.FRAMES * 16));
        pairs.add(read("registered", "floor", FLOW));
        pairs.add(read("adHoc", "scan", STEP));
        for (final String kind : List.of(STEP, FLOW)) {
            pairs.add(new BenchmarkPair(
                    "evict " + kind,
                    "EvictBenchmark.evict",
                    "EvictBenchmark.floor",
                    Map.of(KIND, kind),
                    EvictBenchmark.LEAVING));
            pairs.add(new BenchmarkPair(
                    "extreme leaves " + kind,
                    "ExtremeBenchmark.extremeLeaves",
                    "ExtremeBenchmark.careful",
                    Map.of(KIND, kind, DURABILITY, NONE),
                    PointBenchmark.BATCH));
            pairs.add(read("registeredBehind", "floor", kind));
            pairs.add(read("registeredFarBehind", "scan", kind));
            pairs.add(read("past", "scan", kind));
        }
    }

    private static void addPanels(final List<BenchmarkPair> pairs) {
        pairs.add(panel("burst", Kept.HIERARCHY, PanelBenchmark.MEMBERS));
        pairs.add(panelRead());
        pairs.add(panel("memberChange", Kept.WATCHED, PointBenchmark.BATCH));
        pairs.add(panel("memberChange", Kept.HIERARCHY, PointBenchmark.BATCH));
        pairs.add(panel("burst", Kept.GROUP, PanelBenchmark.MEMBERS));
        pairs.add(watch(Course.QUIET));
        pairs.add(watch(Watched.PAIR));
        pairs.add(watch(Watched.RATIO));
    }

    private BenchmarkPair tick(final String workload, final String kind) {
        return SuitePairs.tick(workload + size, kind, IN_MEMORY);
    }

    private static BenchmarkPair append(final int framePoints) {
        return new BenchmarkPair(
                "append " + framePoints,
                "LogAppendBenchmark.append",
                "LogAppendBenchmark.floor",
                Map.of("framePoints", Integer.toString(framePoints)),
                LogAppendBenchmark.FRAMES * framePoints);
    }

    private BenchmarkPair read(final String method, final String reference, final String kind) {
        return SuitePairs.read(method, reference, "W1" + size, kind);
    }
}
