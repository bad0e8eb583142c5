package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a data directory: opened, refused, closed, killed, damaged, and opened again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryLifecycleTest {
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    @TempDir
    private Path temporary;

    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private Path directory;
    private DirectoryFiles files;

    @BeforeEach
    void nameDirectory() {
        directory = temporary.resolve("data");
        files = new DirectoryFiles(directory);
    }

    /** After a power failure a directory is missing with its contents if its name was not forced. */
    @Test
    void shouldHaveTheNamesOfItsDirectoriesOnDiskBeforeAnythingIsAcknowledged() {
        final Path made = temporary.resolve("above/made");
        final List<Path> unforced = new ArrayList<>();
        final List<Path> forced = new ArrayList<>();
        final HookedFiles disk = HookedFiles.afterEach((call, file, target) -> {
            if (call == HookedFiles.Call.CREATE_DIRECTORY) {
                unforced.add(file.getParent());
            } else if (call == HookedFiles.Call.FORCE_DIRECTORY) {
                unforced.removeIf(file::equals);
                forced.add(file);
            }
        });
        try (Engine engine =
                TollgateEngine.launch(InjectedFiles.inject(context().directory(made), disk))) {
            assertTrue(forced.containsAll(List.of(temporary, temporary.resolve("above"))), forced::toString);
            assertEquals(List.of(), unforced, "of directories in which one was made");
            offer(engine, engine.defineFlow(EVENTS), 1);
        }
    }

    /** A process that was killed after the creation, or a user, has made the directory. */
    @Test
    void shouldHaveTheNameOfADirectoryThatOthersHaveMadeOnDiskToo() throws IOException {
        Files.createDirectory(directory);
        final List<Path> forced = new ArrayList<>();
        final HookedFiles disk = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.FORCE_DIRECTORY) {
                forced.add(file);
            }
        });
        TollgateEngine.launch(InjectedFiles.inject(context(), disk)).close();
        assertTrue(forced.contains(directory.toRealPath().getParent()), forced::toString);
    }

    @Test
    void shouldForceTheLogAndThenTheStoreBeforeItMarksTheCloseAsClean() {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final List<String> forced = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(), disk))) {
            offer(engine, engine.defineFlow(EVENTS), 10);
            disk.onForce(file -> {
                assertFalse(files.seal().toFile().exists() && !isOfTheEnd(file), "sealed before all was forced");
                forced.add(file.getFileName().toString());
            });
        }
        assertEquals("log-0000000000000000.seg", forced.get(0));
        assertTrue(forced.containsAll(List.of("header", "series-0.map", "series-0.numbers")), forced::toString);
        assertTrue(files.isClosed());
    }

    private static boolean isOfTheEnd(final Path file) {
        return file.endsWith("manifest") || file.endsWith("store");
    }

    @Test
    void shouldMarkNoCloseAsCleanIfTheLogCannotBeForced() {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(), disk));
        offer(engine, engine.defineFlow(EVENTS), 10);
        disk.failForces(true);
        assertThrows(RuntimeException.class, engine::close);
        engine.close();
        assertFalse(files.isClosed());
        disk.failForces(false);
        try (Engine reopened = TollgateEngine.launch(InjectedFiles.inject(context(), disk))) {
            assertEquals(10, PointCount.of(reopened, "events"));
            assertEquals(10, reopened.admin().statistics().appliedCount(), "rebuilt");
        }
    }

    @Test
    void shouldRefuseALogThatIsShorterThanTheStoreAndKeepTheStore() throws IOException {
        final Path shortLog = temporary.resolve("short");
        final Path wholeLog = temporary.resolve("whole");
        try (Engine engine = launch()) {
            offer(engine, engine.defineFlow(EVENTS), 5);
        }
        files.copyLogTo(shortLog);
        try (Engine engine = launch()) {
            offer(engine, (FlowSeries) engine.series().find("events").orElseThrow(), 5);
        }
        files.copyLogTo(wholeLog);
        final List<Path> store = files.storeFiles();

        files.replaceLogBy(shortLog);
        for (int i = 0; i < 2; i++) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, this::launchAndClose);
            assertTrue(refusal.getMessage().startsWith("log=" + files.log()), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("lastSequence=7, expected 12"), refusal.getMessage());
            assertEquals(store, files.storeFiles());
            assertTrue(files.isClosed());
        }
        files.replaceLogBy(wholeLog);
        requireCleanWith(10);
    }

    @Test
    void shouldLeaveACleanDirectoryCleanIfAnOpeningIsRefused() throws IOException {
        try (Engine engine = launch()) {
            offer(engine, engine.defineFlow(EVENTS), 5);
        }
        final List<Path> store = files.storeFiles();
        final Path map = files.store().resolve("series-0.map");
        final byte[] whole = Files.readAllBytes(map);
        final byte[] damaged = whole.clone();
        damaged[1_000] ^= 1;
        Files.write(map, damaged);
        for (int i = 0; i < 2; i++) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, this::launchAndClose);
            assertTrue(refusal.getMessage().startsWith("file=" + map), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("run recover"), refusal.getMessage());
            assertTrue(files.isClosed());
            assertEquals(store, files.storeFiles());
        }
        Files.write(map, whole);
        requireCleanWith(5);
    }

    @Test
    void shouldOpenADirectoryWithTheSpaceItWasMadeWith() throws IOException {
        try (Engine engine = launch()) {
            offer(engine, engine.defineFlow(EVENTS), 5);
        }
        final long length = Files.size(files.store().resolve("series-0.map"));
        for (final boolean isRebuilt : new boolean[] {false, true}) {
            if (isRebuilt) {
                files.markNotClosed();
            }
            TollgateEngine.launch(context().limits(Limits.DEFAULT.withFirstMapEntries(4_096)))
                    .close();
            assertEquals(length, Files.size(files.store().resolve("series-0.map")));
        }
        requireCleanWith(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldUnlockTheDirectoryIfAThreadCannotBeMade(final int threadsMade) throws InterruptedException {
        try (Engine engine = launch()) {
            offer(engine, engine.defineFlow(EVENTS), 5);
        }
        final OutOfMemoryError cause = new OutOfMemoryError("unable to create native thread");
        final List<Thread> threads = new ArrayList<>();
        final EngineContext threaded = context()
                .threadingMode(ThreadingMode.OWN_THREADS)
                .threadFactory(runnable -> {
                    if (threads.size() == threadsMade) {
                        throw cause;
                    }
                    threads.add(new Thread(runnable));
                    return threads.get(threads.size() - 1);
                });
        assertSame(cause, assertThrows(OutOfMemoryError.class, () -> TollgateEngine.launch(threaded)));
        for (final Thread thread : threads) {
            thread.join(5_000);
            assertFalse(thread.isAlive(), () -> thread.getName() + " still runs");
        }
        try (Engine engine = launch()) {
            assertEquals(5, PointCount.of(engine, "events"));
        }
        requireCleanWith(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNameTheMissingThreadAndUnlockTheDirectory(final boolean hasIdleStrategy) {
        final EngineContext threaded = context().threadingMode(ThreadingMode.OWN_THREADS);
        if (hasIdleStrategy) {
            threaded.threadFactory(runnable -> null);
        } else {
            threaded.idleStrategySupplier(() -> null);
        }
        final String refusal = assertThrows(NullPointerException.class, () -> TollgateEngine.launch(threaded))
                .getMessage();
        assertTrue(refusal.startsWith(hasIdleStrategy ? "thread=null, " : "idleStrategy=null, "), refusal);
        launch().close();
    }

    @Test
    void shouldDefineTheMostWindowsIfOneRecordIsTakenAtATime() throws IOException {
        final SeriesDefinition definition = SeriesDefinition.step("x".repeat(128), Unit.PERCENT, 9)
                .withWindows(LongStream.rangeClosed(1, SeriesDefinition.MAX_WINDOWS)
                        .mapToObj(Window::slidingNs)
                        .toArray(Window[]::new));
        final Limits limits = Limits.DEFAULT.withDrainLimit(1);
        final StepSeries level;
        try (Engine engine = TollgateEngine.launch(context().limits(limits))) {
            level = engine.defineStep(definition);
            offer(engine, engine.defineFlow(EVENTS), 100);
            assertEquals(Optional.of(level), engine.series().find(definition.key()));
        }
        files.markNotClosed();
        try (Engine engine = TollgateEngine.launch(context().limits(limits))) {
            assertEquals(Optional.of(level), engine.series().find(definition.key()));
            assertEquals(2, engine.admin().statistics().seriesCount());
            assertEquals(100, PointCount.of(engine, "events"));
        }
    }

    @Test
    void shouldReportATornTailAndReadTheLogBeforeIt() throws IOException {
        try (Engine engine = launch()) {
            offer(engine, engine.defineFlow(EVENTS), 10);
        }
        files.markNotClosed();
        files.tearLogTail();
        try (Engine engine = launch()) {
            assertEquals(9, PointCount.of(engine, "events"));
            assertEquals(1, errors.size());
            final String recorded = errors.remove().getMessage();
            assertTrue(recorded.startsWith("log=" + files.log() + " lastSequence=11 damage="), recorded);
            offer(engine, (FlowSeries) engine.series().find("events").orElseThrow(), 3);
        }
        requireCleanWith(12);
        files.markNotClosed();
        try (Engine engine = launch()) {
            assertEquals(12, PointCount.of(engine, "events"));
        }
    }

    /** The 74th point does not fit at the end of a ring of 4 KiB. It is at the start, after a padding record. */
    @Test
    void shouldApplyBeforeItClosesAPointWithNothingButThePaddingBeforeIt() {
        try (Engine engine = TollgateEngine.launch(context().limits(Limits.DEFAULT.withRingLength(4_096)))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            offer(engine, events, 73);
            assertTrue(engine.publisher().offer(events, 73, 1) > 0);
        }
        requireCleanWith(74);
    }

    /** Requires that the directory opens as it is, without a replay or a report. */
    private void requireCleanWith(final long pointCount) {
        assertTrue(files.isClosed());
        try (Engine engine = launch()) {
            assertFalse(files.isClosed(), "marked clean while it is open");
            assertEquals(pointCount, PointCount.of(engine, "events"));
            assertEquals(0, engine.admin().statistics().appliedCount(), "rebuilt, expected as it was closed");
        }
        assertTrue(files.isClosed());
    }

    private static void offer(final Engine engine, final FlowSeries series, final int pointCount) {
        for (int i = 0; i < pointCount; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, 1));
        }
    }

    private void launchAndClose() {
        launch().close();
    }

    private Engine launch() {
        return TollgateEngine.launch(context());
    }

    private EngineContext context() {
        return TestContext.stepped(ClockMode.MANUAL, directory)
                .logSegmentLength(1 << 16)
                .errorHandler(errors::add);
    }
}
