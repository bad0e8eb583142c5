package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.faults.FilePages;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.ProcessMemory;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.report.Footprint;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.store.block.StoreHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Memory and disk usage follow the documented formula, beyond ten times each initial capacity and with default options.
 */
class FootprintTest {
    private static final int FIRST_MAP_ENTRIES = TestContext.plain().limits().firstMapEntries();

    private static final int SERIES_PER_STEP = 16;

    /** Tolerance of the formula, which does not count window definitions and growth boundaries. */
    private static final double TOLERANCE = 0.01;

    /** Tolerance of the share of one series or point of a large store. */
    private static final double SHARE_TOLERANCE = 0.02;

    /** The most heap for each series: the tables of the maps that exist, and of those made ahead. */
    private static final long MAX_HEAP_BYTES_PER_SERIES = 2;

    /** The most memory that is prefaulted for maps of this size. */
    private static final long TOUCHED_AHEAD = 128L << 20;

    @TempDir
    private Path temporary;

    private static EngineContext context() {
        return TestContext.of(ClockMode.EVENT).threadingMode(ThreadingMode.STEPPED);
    }

    /** Fills one series after the other in a stepped engine. */
    private static void fill(
            final Engine engine, final int seriesFrom, final int seriesTo, final int pointCount, final int windows) {
        for (int i = seriesFrom; i < seriesTo; i += SERIES_PER_STEP) {
            offer(engine, i, Math.min(seriesTo, i + SERIES_PER_STEP), pointCount, windows);
            // A step preallocates maps, as the background thread of other engines does.
            engine.step();
        }
        while (engine.step() > 0) {
            // Steps until the engine is idle.
        }
    }

    private static void offer(
            final Engine engine, final int seriesFrom, final int seriesTo, final int pointCount, final int windows) {
        final List<Window> registered = new ArrayList<>();
        for (int i = 1; i <= windows; i++) {
            registered.add(Window.slidingNs(1_000L * i));
        }
        long ticket = 0;
        int pending = 0;
        for (int i = seriesFrom; i < seriesTo; i++) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("footprint.of.series." + i, Unit.COUNT, 0)
                    .withWindows(registered.toArray(Window[]::new)));
            for (int k = 0; k < pointCount; k++) {
                ticket = engine.publisher().offer(series, 10L * k + 1, k);
                assertTrue(ticket > 0, Publisher.describe(ticket));
                if (++pending == 10_000) {
                    engine.awaitApplied(ticket);
                    pending = 0;
                }
            }
        }
        if (ticket > 0) {
            engine.awaitApplied(ticket);
        }
    }

    private static void requireNear(
            final double expected, final double measured, final double tolerance, final String what) {
        assertEquals(expected, measured, tolerance * expected, what + ": measured/formula=" + measured / expected);
    }

    private static long bytesIn(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            long bytes = 0;
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3000, 0, 0",
        "3000, 1, 0",
        "3000, 8, 3",
        "2000, 9, 1",
        "2000, 16, 0",
        "1500, 32, 3",
        "1500, 33, 6",
        "1500, 77, 6",
        "1500, 100, 7",
        "300, 301, 3",
        "200, 650, 3",
        "200, 1000, 0",
        "30, 10000, 6",
        "3, 60000, 3"
    })
    void shouldTakeWhatTheFormulaSays(final int seriesCount, final int pointCount, final int windows) {
        try (Engine engine = TollgateEngine.launch(context())) {
            fill(engine, 0, seriesCount, pointCount, windows);
            requireNear(
                    Footprint.storeBytes(seriesCount, pointCount, windows, FIRST_MAP_ENTRIES),
                    engine.admin().statistics().offHeapBytes() - StoreHeader.LENGTH,
                    TOLERANCE,
                    "store of " + seriesCount + " x " + pointCount);
        }
    }

    /** The next series takes the blocks that a series frees. They stay free if all series grow at the same time. */
    @ParameterizedTest
    @CsvSource({"3000, 9, 0", "3000, 10, 3", "2000, 40, 1", "200, 310, 3", "200, 700, 3"})
    void shouldTakeTheFreedBlocksMoreIfAllSeriesGrowAtOnce(
            final int seriesCount, final int pointCount, final int windows) {
        try (Engine engine = TollgateEngine.launch(context())) {
            fill(engine, 0, seriesCount, 1, windows);
            long ticket = 0;
            for (int k = 1; k < pointCount; k++) {
                for (int i = 0; i < seriesCount; i++) {
                    final FlowSeries series = (FlowSeries)
                            engine.series().find("footprint.of.series." + i).orElseThrow();
                    ticket = engine.publisher().offer(series, 10L * k + 1, k);
                    assertTrue(ticket > 0, Publisher.describe(ticket));
                    if (i % 200 == 199) {
                        engine.awaitApplied(ticket);
                        engine.step();
                    }
                }
            }
            engine.awaitApplied(ticket);
            engine.step();
            requireNear(
                    Footprint.storeBytesGrownAtOnce(seriesCount, pointCount, windows, FIRST_MAP_ENTRIES),
                    engine.admin().statistics().offHeapBytes() - StoreHeader.LENGTH,
                    TOLERANCE,
                    "store of " + seriesCount + " x " + pointCount);
        }
    }

    @Test
    void shouldTakeAtMostTwiceAsMuchIfPointsAreOutOfOrder() {
        final int pointCount = 60_000;
        final Random random = new Random(TestSeed.of("shouldTakeAtMostTwiceAsMuchIfPointsAreOutOfOrder"));
        try (Engine engine = TollgateEngine.launch(context())) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("late", Unit.COUNT, 0));
            long ticket = 0;
            for (int i = 0; i < pointCount; i++) {
                ticket = KnownPoint.offer(engine.publisher(), series, random.nextInt(1 << 30), 1, Instants.NONE, i);
                if (i % 1_000 == 999) {
                    engine.awaitApplied(ticket);
                    engine.step();
                }
            }
            engine.awaitApplied(ticket);
            assertEquals(pointCount, PointCount.of(engine, "late"));
            final long most = Footprint.storeBytes(1, 2 * pointCount, 0, FIRST_MAP_ENTRIES);
            final long measured = engine.admin().statistics().offHeapBytes();
            assertTrue(measured <= most * (1 + TOLERANCE), "measured=" + measured + " most=" + most);
        }
    }

    @Test
    void shouldTakeAsMuchOnDiskAsItsRecordsAndLog() throws IOException {
        final Path data = temporary.resolve("data");
        final int seriesCount = 3_000;
        final int pointCount = 20;
        final long storeBytes;
        try (Engine engine = TollgateEngine.launch(context().directory(data))) {
            fill(engine, 0, seriesCount, pointCount, 1);
            storeBytes = engine.admin().statistics().offHeapBytes();
            requireNear(
                    Footprint.storeBytes(seriesCount, pointCount, 1, FIRST_MAP_ENTRIES),
                    storeBytes - StoreHeader.LENGTH,
                    TOLERANCE,
                    "store");
            requireAll(engine, seriesCount, pointCount);
        }
        requireNear(storeBytes, bytesIn(data.resolve("store")), TOLERANCE, "files");
        requireLog(data, seriesCount, pointCount);
    }

    private static void requireAll(final Engine engine, final int seriesCount, final int pointCount) {
        assertEquals(seriesCount, engine.admin().statistics().seriesCount());
        for (int i = 0; i < seriesCount; i += 997) {
            assertEquals(pointCount, PointCount.of(engine, "footprint.of.series." + i));
        }
    }

    /**
     * A point takes 48 bytes and its part of a frame of at most 64 records, whose overhead is 24. Segments are whole.
     */
    private static void requireLog(final Path data, final long seriesCount, final long pointCount) {
        final long points = seriesCount * pointCount;
        assertEquals(48, PointOperation.LENGTH);
        assertEquals(24, OperationLog.FRAME_OVERHEAD);
        final DirectoryInspection.Log log = DirectoryInspection.of(data).log();
        final int segmentLength = TestContext.plain().logSegmentLength();
        final long least = points * PointOperation.LENGTH + points / 64 * OperationLog.FRAME_OVERHEAD;
        // A definition takes one record in a frame of its own.
        final long most = points * (PointOperation.LENGTH + OperationLog.FRAME_OVERHEAD)
                + seriesCount * (512 + OperationLog.FRAME_OVERHEAD);
        assertTrue(log.byteCount() >= least, "log=" + log.byteCount() + " least=" + least);
        assertTrue(log.byteCount() <= most + 2L * segmentLength, "log=" + log.byteCount() + " most=" + most);
        assertEquals(0, log.byteCount() % (1 << 19), "the length of the first segment, which doubles");
    }

    /** The documentation states these numbers, and no layout may exceed them. */
    @ParameterizedTest
    @CsvSource({"0, 290", "4, 491", "8, 619", "16, 875", "32, 1388", "76, 2799"})
    void shouldTakeThePublishedBytesForASeries(final long pointCount, final long bytes) {
        assertEquals(bytes, Math.round(Footprint.bytesPerSeries(pointCount, 0)));
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 201", "9, 531", "17, 1116", "33, 2214", "77, 1116", "300, 1116", "301, 3625", "589, 1116"})
    void shouldFreeThePublishedBytesOfASeries(final long pointCount, final long bytes) {
        assertEquals(bytes, Math.round(Footprint.leftBytesPerSeries(pointCount)));
    }

    @Test
    void shouldTakeThePublishedBytesForAPointOfALongSeries() {
        assertEquals(37.4, Footprint.bytesPerPoint(), 0.05);
    }

    /** The figure for one series is the figure for many divided by their number. */
    @Test
    void shouldSayOfOneSeriesOrPointWhatItsShareIs() {
        assertEquals(
                1_000_000 * Footprint.bytesPerPoint(),
                Footprint.bytesPerSeries(1_000_000, 0) - Footprint.bytesPerSeries(0, 0),
                0.001 * 1_000_000 * Footprint.bytesPerPoint());
        final long mapEntries = 1 << 20;
        final long before = Footprint.storeBytes(4 * mapEntries, 1, 0, 1 << 20);
        final long after = Footprint.storeBytes(8 * mapEntries, 1, 0, 1 << 20);
        requireNear(
                Footprint.bytesPerSeries(1, 0), (double) (after - before) / (4 * mapEntries), SHARE_TOLERANCE, "one");
    }

    /** Ten times the initial capacity of everything, on disk, with the engine's own threads. */
    @Test
    @Tag("nightly")
    void shouldGrowFarBeyondWhatItBeginsWith() throws IOException {
        final Path data = temporary.resolve("large");
        final int fewSeries = 500_000;
        final int seriesCount = 1_500_000;
        final int pointCount = 10;
        try (TollgateEngine engine =
                TollgateEngine.launch(TestContext.of(ClockMode.EVENT).directory(data))) {
            fillBeside(engine, 0, fewSeries, pointCount);
            final long fewHeap = ProcessMemory.now().heapBytes();
            fillBeside(engine, fewSeries, seriesCount, pointCount);
            final long heap = ProcessMemory.now().heapBytes() - fewHeap;
            requireNear(
                    Footprint.storeBytes(seriesCount, pointCount, 0, FIRST_MAP_ENTRIES),
                    engine.admin().statistics().offHeapBytes(),
                    TOLERANCE,
                    "store");
            requireNear(engine.admin().statistics().offHeapBytes(), bytesIn(data.resolve("store")), TOLERANCE, "files");
            requireResident(data.resolve("store"), seriesCount * Footprint.bytesPerSeries(pointCount, 0));
            requireAll(engine, seriesCount, pointCount);
            // The map entries of records and blocks, and those of the maps that are made ahead.
            assertTrue(heap <= MAX_HEAP_BYTES_PER_SERIES * (seriesCount - fewSeries), "heap=" + heap);
        }
        requireLog(data, seriesCount, pointCount);
        try (TollgateEngine engine = TollgateEngine.launch(context().directory(data))) {
            assertEquals(
                    OpeningReport.Origin.CLOSED, engine.opening().orElseThrow().origin());
            requireAll(engine, seriesCount, pointCount);
        }
    }

    /** The resident pages are the used ones and those prefaulted for use next. */
    private static void requireResident(final Path store, final double usedBytes) throws IOException {
        final long bytes = FilePages.residentBytes(store);
        assertTrue(bytes >= usedBytes * (1 - TOLERANCE), "resident=" + bytes + " used=" + usedBytes);
        assertTrue(bytes <= usedBytes * (1 + TOLERANCE) + TOUCHED_AHEAD, "resident=" + bytes + " used=" + usedBytes);
    }

    /** Fills an engine with threads of its own, and waits until those have preallocated. */
    private static void fillBeside(
            final TollgateEngine engine, final int seriesFrom, final int seriesTo, final int pointCount) {
        offer(engine, seriesFrom, seriesTo, pointCount, 0);
        while (engine.resources().store().growthDue()) {
            Thread.onSpinWait();
        }
    }
}
