package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.bench.internal.EvictBenchmark;
import io.tollgate.examples.workload.Durability;
import java.util.BitSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs benchmarks with threads or batches once on few points, without JMH, because these could hang. */
class SmallRunTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHoldTheThreadsOfTheEnginesAndLetThemGo(final int engineCount) {
        final EnginesBenchmark.FilledRings rings = new EnginesBenchmark.FilledRings();
        rings.workload = "W1:10";
        rings.kind = SeriesKind.FLOW;
        rings.engineCount = engineCount;
        rings.level = "INTERVAL:10";
        rings.open();
        try {
            final long before = rings.appliedCount();
            for (int i = 1; i <= 3; i++) {
                rings.offerNext();
                new EnginesBenchmark().apply(rings);
                assertEquals(before + i * EnginesBenchmark.POINTS, rings.appliedCount());
            }
        } finally {
            rings.close();
        }
    }

    @Test
    void shouldReviseAllLevelsInABatchAndOneByOne() {
        final BatchBenchmark.Levels levels = new BatchBenchmark.Levels();
        levels.open();
        try {
            final long before = levels.appliedCount();
            assertTrue(new BatchBenchmark().batch(levels) > 0);
            assertTrue(new BatchBenchmark().single(levels) > 0);
            assertEquals(before + 2L * BatchBenchmark.POINTS, levels.appliedCount());
        } finally {
            levels.close();
        }
    }

    @ParameterizedTest
    @EnumSource(PanelBenchmark.Kept.class)
    void shouldChangeOneMemberAndAllOfThem(final PanelBenchmark.Kept kept) {
        final PanelBenchmark.Members members = new PanelBenchmark.Members();
        members.kept = kept;
        members.open();
        try {
            final PanelBenchmark panel = new PanelBenchmark();
            final long beforeNs = members.timeNs;
            assertEquals(beforeNs + PointBenchmark.BATCH, panel.memberChange(members));
            assertEquals(beforeNs + PointBenchmark.BATCH + 1, panel.burst(members));
            assertEquals(members.rate() / 100.0, panel.read(members));
        } finally {
            members.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"NOTHING, false", "PAIR, true", "RATIO, true"})
    void shouldWatchTwoSeriesTogether(final PairWatchBenchmark.Watched watched, final boolean isReported) {
        final PairWatchBenchmark.Series series = new PairWatchBenchmark.Series();
        series.watched = watched;
        series.open();
        try {
            final long told = new PairWatchBenchmark().point(series);
            assertEquals(isReported, told > 0);
        } finally {
            series.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"UNWATCHED, 0", "QUIET, 0", "CROSSING, 2901"})
    void shouldWatchALevel(final WatchBenchmark.Course course, final long expected) {
        final WatchBenchmark.Levels levels = new WatchBenchmark.Levels();
        levels.course = course;
        levels.watched = WatchBenchmark.Watched.LEVEL;
        levels.open();
        try {
            final WatchBenchmark watch = new WatchBenchmark();
            watch.point(levels);
            // The first 99 of 3,000 points are low because the windows are not full yet. Each later point crosses.
            assertEquals(expected, watch.point(levels));
        } finally {
            levels.close();
        }
    }

    @Test
    void shouldReadAMedian() {
        final QuantileBenchmark.Reader reader = new QuantileBenchmark.Reader();
        reader.kind = SeriesKind.FLOW;
        reader.durability = Durability.IN_MEMORY;
        reader.open();
        try {
            reader.makeReader();
            final double median = new QuantileBenchmark().median(reader);
            // The values are evenly distributed from 0 to 145.
            assertTrue(median > 65 && median < 80, "median=" + median);
        } finally {
            reader.close();
        }
    }

    @Test
    void shouldReadWhatWasKnownBeforeAllWasRestated() {
        final AsKnownAtBenchmark.Restated series = new AsKnownAtBenchmark.Restated();
        series.open();
        try {
            final AsKnownAtBenchmark benchmark = new AsKnownAtBenchmark();
            assertEquals(benchmark.allKnown(series), benchmark.unchanged(series));
            assertEquals(series.means(false, series.knownAtNs, series.before), benchmark.restated(series));
            // Each value was restated one hundredth higher.
            assertEquals(
                    benchmark.restated(series) + AsKnownAtBenchmark.READS * 0.01,
                    series.means(true, series.knownAtNs, series.now),
                    1e-9);
        } finally {
            series.close();
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldPushAClusterOut(final SeriesKind kind) {
        final EvictBenchmark.FullWindows full = new EvictBenchmark.FullWindows();
        full.kind = kind;
        full.open();
        try {
            final MetricReader reader = full.engine.engine().newReader();
            final WindowReading reading = reader.window(full.engine.window(0), Metric.COUNT);
            for (int i = 0; i < 3; i++) {
                final long clusterEnd =
                        full.points.rest().timesNs[full.points.rest().length() - 1];
                full.offerPushing();
                reading.read(full.engine.series(ClusterPoints.SERIES - 1), clusterEnd);
                assertEquals(ClusterPoints.CLUSTER, reading.value(Metric.COUNT));
                assertTrue(new EvictBenchmark().evict(full) > 0);
                final long pushedNs =
                        full.points.pushing().timesNs[full.points.pushing().length() - 1];
                reading.read(full.engine.series(ClusterPoints.SERIES - 1), pushedNs);
                assertEquals(1, reading.value(Metric.COUNT));
            }
        } finally {
            full.close();
        }
    }

    @Test
    void shouldReviseWhatWasAppended() {
        final RevisionBenchmark.Revisions load = new RevisionBenchmark.Revisions();
        load.workload = "W1:10";
        load.kind = SeriesKind.STEP;
        load.durability = Durability.IN_MEMORY;
        load.open();
        try {
            load.applyFirst();
            for (int i = 1; i <= 20; i++) {
                load.offerEarlier();
                assertTrue(new RevisionBenchmark().revise(load) > 0);
                assertEquals(
                        (long) i * PointBenchmark.BATCH,
                        load.engine.engine().admin().statistics().revisedCount());
            }
        } finally {
            load.close();
        }
    }

    @Test
    void shouldComeByAllLinesOfMemory() {
        final MemoryBenchmark.Lines lines = new MemoryBenchmark.Lines();
        lines.kibibytes = 4;
        lines.draw();
        final BitSet seen = new BitSet();
        for (int i = 0; i < 64; i++) {
            seen.set(lines.follow());
        }
        assertEquals(64, seen.cardinality());
        for (int i = 0; i < 1_000; i++) {
            seen.clear(lines.any());
        }
        assertEquals(0, seen.cardinality());
    }

    /**
     * Both ways of a tick come to the same numbers. Windows on the heap give nearly these: they round, and after a late
     * point they end at the last point of its series.
     */
    @ParameterizedTest
    @CsvSource({"W1:10, IN_MEMORY", "W3:10, IN_MEMORY", "W1:10, NONE"})
    void shouldTickAsOfferStepAndRead(final String workload, final Durability durability) {
        final double ticks = blendOfTicks(workload, durability, new TickBenchmark()::tick);
        assertEquals(ticks, blendOfTicks(workload, durability, new TickBenchmark()::tickOffered));
        final ApplyBenchmark.Careful careful = new ApplyBenchmark.Careful();
        careful.workload = workload;
        careful.fill();
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            careful.draw();
            expected = new ApplyBenchmark().carefulAndRead(careful);
        }
        assertEquals(expected, ticks, 1e-4 * expected);
    }

    private static double blendOfTicks(
            final String workload,
            final Durability durability,
            final ToDoubleFunction<TickBenchmark.Stepped> benchmark) {
        final TickBenchmark.Stepped stepped = new TickBenchmark.Stepped();
        stepped.workload = workload;
        stepped.kind = SeriesKind.FLOW;
        stepped.durability = durability;
        stepped.open();
        try {
            double blend = 0;
            for (int i = 0; i < 3; i++) {
                stepped.drawNext();
                blend = benchmark.applyAsDouble(stepped);
            }
            return blend;
        } finally {
            stepped.close();
        }
    }

    @Test
    void shouldOfferAndApplyABatch() {
        final ApplyBenchmark.EmptyRing ring = new ApplyBenchmark.EmptyRing();
        ring.workload = "W1:10";
        ring.kind = SeriesKind.STEP;
        ring.durability = Durability.IN_MEMORY;
        ring.open();
        try {
            final long before = ring.engine.engine().admin().statistics().appliedCount();
            ring.drawNext();
            assertTrue(new ApplyBenchmark().offerAndApply(ring) > 0);
            assertEquals(
                    before + PointBenchmark.BATCH,
                    ring.engine.engine().admin().statistics().appliedCount());
        } finally {
            ring.close();
        }
    }

    @Test
    void shouldReadAllWindowsInOneCall() {
        final ReadBenchmark.Reader reader = new ReadBenchmark.Reader();
        reader.workload = "W1:10";
        reader.kind = SeriesKind.FLOW;
        reader.durability = Durability.IN_MEMORY;
        reader.open();
        try {
            reader.warmUp();
            final double first = new ReadBenchmark().all(reader);
            assertTrue(first > 0);
            assertEquals(first, new ReadBenchmark().all(reader));
        } finally {
            reader.close();
        }
    }
}
