package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.log.OperationLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening, defining, the clock, and closing. */
class EngineLifecycleTest {
    private static final SeriesDefinition LEVEL =
            SeriesDefinition.step("level", Unit.PERCENT, 6).withWindows(Window.slidingNs(30), Window.slidingNs(90));
    private static final SeriesDefinition EVENTS =
            SeriesDefinition.flow("events", Unit.COUNT, 0).withLifeStart(-5);

    @TempDir
    Path directory;

    @Test
    void shouldFindASeriesByKeyAndByNumber() {
        try (Engine engine = launch()) {
            final StepSeries level = engine.defineStep(LEVEL);
            final FlowSeries events = engine.defineFlow(EVENTS);
            assertEquals(Optional.of(level), engine.series().find("level"));
            assertEquals(Optional.of(events), engine.series().find(events.number()));
            assertEquals(LEVEL, level.definition());
            assertEquals(EVENTS, events.definition());
            assertEquals(Optional.empty(), engine.series().find("leve"));
            assertEquals(Optional.empty(), engine.series().find(2));
            assertEquals(Optional.empty(), engine.series().find(-1));
            assertEquals(Optional.empty(), engine.series().find(Long.MAX_VALUE));
            assertEquals(2, engine.admin().statistics().seriesCount());
        }
    }

    @Test
    void shouldGiveTheSameSeriesIfItIsDefinedTheSameWayAgain() {
        try (Engine engine = launch()) {
            final StepSeries first = engine.defineStep(LEVEL);
            assertEquals(first, engine.defineStep(LEVEL));
            assertEquals(1, engine.admin().statistics().seriesCount());
        }
    }

    @Test
    void shouldRefuseAKeyThatIsDefinedOtherwise() {
        try (Engine engine = launch()) {
            engine.defineStep(LEVEL);
            engine.defineFlow(EVENTS);
            for (final Executable other : List.<Executable>of(
                    () -> engine.defineStep(SeriesDefinition.step("level", Unit.FRACTION, 6)
                            .withWindows(Window.slidingNs(30), Window.slidingNs(90))),
                    () -> engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 5)
                            .withWindows(Window.slidingNs(30), Window.slidingNs(90))),
                    () -> engine.defineFlow(SeriesDefinition.flow("level", Unit.PERCENT, 6)),
                    () -> engine.defineFlow(EVENTS.withLifeStart(-4)),
                    () -> engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0)))) {
                final IllegalStateException refusal = assertThrows(IllegalStateException.class, other);
                assertTrue(refusal.getMessage().startsWith("series="), refusal.getMessage());
            }
            assertEquals(2, engine.admin().statistics().seriesCount());
        }
    }

    @Test
    void shouldRefuseADefinitionOfTheOtherKind() {
        try (Engine engine = launch()) {
            assertThrows(IllegalArgumentException.class, () -> engine.defineFlow(LEVEL));
            assertThrows(IllegalArgumentException.class, () -> engine.defineStep(EVENTS));
            assertEquals(0, engine.admin().statistics().seriesCount());
        }
    }

    @Test
    void shouldKeepTheLongestKeysUnitsAndWindowSets() {
        final Path data = directory.resolve("data");
        final SeriesDefinition longest = SeriesDefinition.flow(
                        "\u5173".repeat(42) + "ab", new Unit("SIXTEEN_CHARS_16"), 9)
                .withLifeStart(Instants.MIN)
                .withWindows(LongStream.rangeClosed(1, SeriesDefinition.MAX_WINDOWS)
                        .mapToObj(i -> Window.slidingNs(Long.MAX_VALUE / i))
                        .toArray(Window[]::new));
        try (Engine engine = launch(data)) {
            assertEquals(longest, engine.defineFlow(longest).definition());
        }
        try (Engine engine = launch(data)) {
            assertEquals(
                    longest,
                    engine.series().find(longest.key()).map(Series::definition).orElseThrow());
        }
    }

    @Test
    void shouldRefuseASecondEngineOnOneDirectoryByName() {
        try (Engine engine = launch(directory)) {
            engine.defineStep(LEVEL);
            Refusals.require(
                    IllegalStateException.class,
                    () -> launch(directory).close(),
                    "dataDirectory=" + directory,
                    "pid=" + ProcessHandle.current().pid());
            assertEquals(1, engine.admin().statistics().seriesCount());
        }
        launch(directory).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseOnceAndRefuseEverythingAfterwards(final boolean isStepped) {
        final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS));
        final StepSeries level = engine.defineStep(LEVEL);
        final FlowSeries events = engine.defineFlow(EVENTS);
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.newReading();
        final LevelReading levelReading = reader.newLevelReading();
        final Publisher publisher = engine.publisher();
        engine.close();
        engine.close();
        assertEquals(Publisher.CLOSED, publisher.offer(level, 1, 1));
        assertEquals(Publisher.CLOSED, publisher.offerUnknown(level, 1));
        assertEquals(Publisher.CLOSED, publisher.offer(events, 1, 1));
        final List<Executable> refused = new ArrayList<>(List.of(
                () -> reader.read(level, Window.slidingNs(30), 1, reading),
                () -> reader.readLevel(level, 1, levelReading),
                engine::newReader,
                () -> engine.series().find("level"),
                () -> engine.series().find(0),
                () -> engine.defineStep(LEVEL),
                () -> engine.advanceTo(5),
                engine.admin()::statistics,
                engine::step,
                () -> engine.awaitApplied(Long.MAX_VALUE)));
        for (final Executable action : refused) {
            assertThrows(IllegalStateException.class, action);
        }
    }

    @Test
    void shouldApplyAtCloseWhatWasOffered() {
        try (Engine engine = launch(directory)) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            for (int i = 0; i < 1_000; i++) {
                assertTrue(engine.publisher().offer(events, i, 1) > 0);
            }
        }
        try (Engine engine = launch(directory)) {
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading =
                    reader.window(engine.series().find("events").orElseThrow(), Window.slidingNs(10_000), 2_000);
            assertEquals(1_000, reading.count());
        }
    }

    @Test
    void shouldNeverMoveTheClockBack() {
        try (Engine engine = launch()) {
            assertEquals(Instants.MIN, engine.now());
            engine.advanceTo(-7);
            engine.advanceTo(-8);
            assertEquals(-7, engine.now());
            engine.advanceTo(Instants.MAX);
            assertEquals(Instants.MAX, engine.now());
            assertThrows(IllegalArgumentException.class, () -> engine.advanceTo(Long.MAX_VALUE));
            assertThrows(IllegalArgumentException.class, () -> engine.advanceTo(Long.MIN_VALUE));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ClockMode.class, mode = EnumSource.Mode.EXCLUDE, names = "MANUAL")
    void shouldMoveTheClockByHandInModeManualOnly(final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(
                TestContext.of(ClockMode.MANUAL).clockMode(mode).threadingMode(ThreadingMode.STEPPED))) {
            Refusals.require(IllegalStateException.class, () -> engine.advanceTo(5), "clockMode=" + mode);
        }
    }

    @Test
    void shouldNotLetTheClockOvertakeAPointThatWasOfferedBefore() {
        try (Engine engine = launch()) {
            final StepSeries level = engine.defineStep(LEVEL);
            engine.advanceTo(10);
            final long ticket = engine.publisher().offer(level, 5, 1);
            engine.advanceTo(20);
            engine.awaitApplied(ticket);
            final TestReader reader = new TestReader(engine.newReader());
            final LevelReading reading = reader.level(level, 5);
            assertEquals(10, reading.knowledgeTimeNs());
        }
    }

    @Test
    void shouldRefuseToStepAnEngineWithAThreadOfItsOwn() {
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL))) {
            assertThrows(IllegalStateException.class, engine::step);
        }
    }

    /** Channels close when an interrupted thread writes. The engine must not report a full disk then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakePointsOnAThreadThatWasInterrupted(final boolean hasMaintenanceThread) {
        final EngineContext context = TestContext.of(ClockMode.MANUAL)
                .directory(directory)
                .logSegmentLength(1 << 16)
                .threadingMode(ThreadingMode.STEPPED);
        if (hasMaintenanceThread) {
            context.threadingMode(ThreadingMode.STEPPED_WITH_MAINTENANCE);
        }
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            Thread.currentThread().interrupt();
            for (int i = 0; i < 5_000; i++) {
                engine.awaitApplied(engine.publisher().offer(events, i, 1));
            }
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertEquals(5_000, engine.admin().statistics().appliedCount());
            assertEquals(Map.of(), engine.admin().statistics().refusedCounts());
        }
    }

    /**
     * A caller that is faster than the thread makes a segment itself, so this caller waits until the next one exists.
     */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldMakeLogSegmentsOnAThreadOfTheirOwnIfItIsAskedTo() {
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final Set<Thread> makers = ConcurrentHashMap.newKeySet();
        final AtomicInteger madeCount = new AtomicInteger();
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.CREATE) {
                makers.add(Thread.currentThread());
                madeCount.incrementAndGet();
            }
        });
        final EngineContext context = TestContext.of(ClockMode.MANUAL)
                .fileAccess(files)
                .directory(directory)
                .logSegmentLength(1 << 16)
                .limits(Limits.DEFAULT.withFirstMapEntries(1_024))
                .threadFactory(work -> {
                    final Thread thread = new Thread(work);
                    threads.add(thread);
                    return thread;
                })
                .threadingMode(ThreadingMode.STEPPED_WITH_MAINTENANCE);
        try (TollgateEngine engine = TollgateEngine.launch(context)) {
            makers.clear();
            madeCount.set(0);
            final OperationLog log = engine.resources().log().orElseThrow();
            final FlowSeries events = engine.defineFlow(EVENTS);
            int count = 0;
            while (madeCount.get() < 5) {
                while (log.needsSegment()) {
                    Thread.onSpinWait();
                }
                engine.awaitApplied(engine.publisher().offer(events, count++, 1));
            }
            assertEquals(count, engine.admin().statistics().appliedCount());
            assertEquals(1, threads.size());
            assertEquals(threads, makers);
            assertEquals(0, log.stalls());
        }
        assertTrue(threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void shouldCountWhatItDid() {
        try (Engine engine = launch()) {
            final StepSeries level = engine.defineStep(LEVEL);
            final long[] times = {10, 20, 15, 20, 5, 30};
            for (int i = 0; i < times.length; i++) {
                engine.awaitApplied(engine.publisher().offer(level, times[i], i));
            }
            engine.awaitApplied(engine.publisher().offer(level, 20, 3));
            assertEquals(7, engine.admin().statistics().appliedCount());
            assertEquals(1, engine.admin().statistics().unchangedCount());
            assertEquals(1, engine.admin().statistics().revisedCount());
            assertEquals(2, engine.admin().statistics().lateCount());
            assertTrue(engine.admin().statistics().offHeapBytes() > 0);
            assertEquals(0, engine.admin().statistics().contendedCount());
        }
    }

    @Test
    void shouldRefuseToReadOutOfRange() {
        try (Engine engine = launch()) {
            final StepSeries level = engine.defineStep(LEVEL);
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading = reader.newReading();
            final LevelReading levelReading = reader.newLevelReading();
            for (final long at : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertThrows(
                        IllegalArgumentException.class, () -> reader.read(level, Window.slidingNs(30), at, reading));
                assertThrows(IllegalArgumentException.class, () -> reader.readLevel(level, at, levelReading));
            }
            assertFalse(reading.hasCarriedIn());
        }
    }

    @Test
    void shouldRefuseAnOptionOutOfRangeByName() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> TollgateEngine.launch(
                                        TestContext.of(ClockMode.MANUAL).limits(Limits.DEFAULT.withRingLength(5_000)))
                                .close())
                .getMessage()
                .startsWith("ringLength=5000"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> TollgateEngine.launch(
                                        TestContext.of(ClockMode.MANUAL).limits(Limits.DEFAULT.withFirstMapEntries(0)))
                                .close())
                .getMessage()
                .startsWith("firstMapEntries=0"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> TollgateEngine.launch(TestContext.of(ClockMode.MANUAL)
                                        .directory(directory)
                                        .logSegmentLength(1_000_000))
                                .close())
                .getMessage()
                .startsWith("logSegmentLength=1000000"));
    }

    static Stream<Arguments> optionsLeftOut() {
        return Stream.of(
                leftOut("clockMode", context -> context.clockMode(null)),
                leftOut("clock", context -> context.clock(null)),
                leftOut("limits", context -> context.limits(null)),
                leftOut("errorHandler", context -> context.errorHandler(null)),
                leftOut("refusalHandler", context -> context.refusalHandler(null)),
                leftOut("threadFactory", context -> context.threadFactory(null)),
                leftOut("idleStrategySupplier", context -> context.idleStrategySupplier(null)),
                leftOut("durability", context -> context.durability(null)),
                leftOut("checkpoints", context -> context.checkpoints(null)),
                leftOut("openingProgress", context -> context.openingProgress(null)),
                leftOut("fileAccess", context -> context.fileAccess(null)));
    }

    private static Arguments leftOut(final String name, final Consumer<EngineContext> option) {
        return Arguments.of(name, option);
    }

    @ParameterizedTest
    @MethodSource("optionsLeftOut")
    void shouldRefuseAnOptionThatIsLeftOutByName(final String name, final Consumer<EngineContext> option) {
        final String refusal = assertThrows(
                        NullPointerException.class, () -> option.accept(TestContext.of(ClockMode.MANUAL)))
                .getMessage();
        assertTrue(refusal.startsWith(name + "=null, expected "), refusal);
    }

    private static Engine launch() {
        return TollgateEngine.launch(TestContext.of(ClockMode.MANUAL).threadingMode(ThreadingMode.STEPPED));
    }

    private static Engine launch(final Path data) {
        return TollgateEngine.launch(TestContext.of(ClockMode.MANUAL)
                .threadingMode(ThreadingMode.STEPPED)
                .directory(data));
    }

    @Test
    void shouldTakeOptionsOverAsTheyAre() {
        final EngineContext context =
                new EngineContext().timesNearEpochAllowed(true).logSegmentLength(1 << 16);
        final EngineOptions options = context.conclude();
        context.logSegmentLength(1 << 20).clockMode(ClockMode.MANUAL);
        assertEquals(1 << 16, options.logSegmentLength());
        assertEquals(ClockMode.SYSTEM, options.clockMode());
    }
}
