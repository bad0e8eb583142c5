package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.control.CheckpointAgent;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.report.OpeningReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Automatic checkpoints: when they are due, their bounded cost, and no harm from a failed one. */
class AutomaticCheckpointTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path temporary;

    private long nowNs = 1_000 * SECOND;

    private final AtomicLong elapsedNs = new AtomicLong(-500 * SECOND);

    private final List<Throwable> errors = new ArrayList<>();

    private EngineContext context(final CheckpointPolicy policy) {
        return Lanes.stepped(temporary.resolve("data"))
                .clock(() -> nowNs)
                .nanoClock(elapsedNs::get)
                .errorHandler(errors::add)
                .checkpoints(policy);
    }

    private static CheckpointCounts counts(final Engine engine) {
        return engine.admin().statistics().checkpointCounts();
    }

    /** Steps the engine until each due checkpoint is made. */
    private static long madeAfterSteps(final Engine engine) {
        for (int i = 0; i < 3; i++) {
            engine.step();
        }
        return counts(engine).made();
    }

    @Test
    void shouldMakeOneWhenSoManyOperationsWereApplied() throws IOException {
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.everyOperations(200);
        final Path killed = temporary.resolve("killed");
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 150);
            assertEquals(0, madeAfterSteps(engine));
            lanes.feed(0, 150, 210);
            assertEquals(1, madeAfterSteps(engine));
            lanes.feed(0, 210, 300);
            assertEquals(1, madeAfterSteps(engine));
            lanes.feed(0, 300, 430);
            assertEquals(2, madeAfterSteps(engine));
            assertEquals(2, madeAfterSteps(engine), "no operation since");
            new DamagedDirectory(temporary.resolve("data")).copyTo(killed);
        }
        try (TollgateEngine engine = TollgateEngine.launch(context(policy).directory(killed))) {
            final OpeningReport opening = engine.opening().orElseThrow();
            assertEquals(OpeningReport.Origin.CHECKPOINT, opening.origin());
            assertTrue(opening.readCount() < 200, opening::toString);
            assertEquals(430, Lanes.numberIn(engine, 0));
        }
        assertEquals(List.of(), errors);
    }

    /** The limit counts the operations that a rebuild would read, not the operations since the opening. */
    @Test
    void shouldCountWhatIsAfterTheCheckpointWhenItIsOpened() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST))) {
            new Lanes(engine, 1).feed(0, 0, 150);
        }
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.everyOperations(200)))) {
            final Lanes lanes = new Lanes(engine, 1);
            assertEquals(0, madeAfterSteps(engine));
            lanes.feed(0, 150, 210);
            assertEquals(1, madeAfterSteps(engine));
        }
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.everyOperations(200)))) {
            assertEquals(0, madeAfterSteps(engine), "the checkpoint has nearly all");
        }
    }

    @Test
    void shouldMakeOneWhenSoMuchLogWasBegun() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.everyLogBytes(2 << 16)))) {
            final Lanes lanes = new Lanes(engine, 1);
            // A point takes 64 bytes of a log in segments of 64 KiB.
            lanes.feed(0, 0, 700);
            assertEquals(0, madeAfterSteps(engine));
            lanes.feed(0, 700, 3_300);
            final long made = madeAfterSteps(engine);
            assertTrue(made >= 1, "made=" + made);
        }
    }

    @Test
    void shouldMakeOneWhenSoMuchTimeHasPassedAndSomethingHasCome() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.every(10, TimeUnit.SECONDS)))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 5);
            assertEquals(0, madeAfterSteps(engine));
            nowNs += 9 * SECOND;
            assertEquals(0, madeAfterSteps(engine));
            nowNs += SECOND;
            assertEquals(1, madeAfterSteps(engine));
            nowNs += 100 * SECOND;
            assertEquals(1, madeAfterSteps(engine), "no operation");
            lanes.feed(0, 5, 6);
            assertEquals(2, madeAfterSteps(engine));
        }
    }

    private static boolean isUnfinishedCheckpoint(final Path file) {
        return file.getFileName().toString().matches("checkpoint-[0-9]+\\.new");
    }

    /** Checkpoints take at most a quarter of the time. */
    @Test
    void shouldPauseThreeTimesAsLongAsTheLastOneTook() {
        final HookedFiles slow = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.RENAME && isUnfinishedCheckpoint(file)) {
                elapsedNs.addAndGet(20 * SECOND);
            }
        });
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(10)).fileAccess(slow))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 20);
            assertEquals(1, madeAfterSteps(engine));
            lanes.feed(0, 20, 100);
            elapsedNs.addAndGet(59 * SECOND);
            // A jump of the wall clock does not count, because anyone may set that clock.
            nowNs += 1_000 * SECOND;
            assertEquals(1, madeAfterSteps(engine));
            nowNs -= 5_000 * SECOND;
            elapsedNs.addAndGet(SECOND);
            assertEquals(2, madeAfterSteps(engine));
        }
    }

    @Test
    void shouldCountAFailureAndTryAgainAfterAMinute() {
        final boolean[] isFailing = {true};
        final HookedFiles failing = HookedFiles.beforeEach((call, file) -> {
            if (isFailing[0] && call == HookedFiles.Call.RENAME && isUnfinishedCheckpoint(file)) {
                throw new IOException("No space left on device");
            }
        });
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(10)).fileAccess(failing))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 20);
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(1, counts(engine).failed());
            assertEquals(1, errors.size());
            assertTrue(errors.get(0).getMessage().contains("checkpoint"), errors::toString);
            // The engine continues, and does not retry in each cycle.
            lanes.feed(0, 20, 50);
            assertEquals(50, Lanes.numberIn(engine, 0));
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(1, counts(engine).failed());
            isFailing[0] = false;
            elapsedNs.addAndGet(60 * SECOND);
            assertEquals(1, madeAfterSteps(engine));
            assertEquals(1, counts(engine).failed());
        }
        assertEquals(1, errors.size());
    }

    /** A checkpoint reads the previous one first. A directory in place of its file stands for a bad sector. */
    @Test
    void shouldContinueIfTheLastOneCannotBeRead() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST))) {
            new Lanes(engine, 1).feed(0, 0, 150);
            engine.admin().checkpoint();
        }
        final Path mark =
                new DirectoryFiles(temporary.resolve("data")).checkpoint().resolve("seal");
        final Path aside = temporary.resolve("aside");
        final HookedFiles refusing = HookedFiles.afterEach((call, file, target) -> {
            if (file.endsWith("counters") && !Files.exists(aside)) {
                Files.move(mark, aside);
                Files.createDirectory(mark);
            }
        });
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(200)).fileAccess(refusing))) {
            new Lanes(engine, 1).feed(0, 150, 360);
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(errors.get(0).getMessage().contains("cannot be read"), errors::toString);
            assertEquals(360, Lanes.numberIn(engine, 0));
            Files.delete(mark);
            Files.move(aside, mark);
            assertEquals(0, madeAfterSteps(engine), "tried all the time");
            elapsedNs.addAndGet(60 * SECOND);
            assertEquals(1, madeAfterSteps(engine));
        }
    }

    /** A checkpoint that waits for a backup uses no thread time meanwhile. */
    @Test
    void shouldNotCountTheWaitForABackup() throws Exception {
        final Thread stepping = Thread.currentThread();
        final CountDownLatch isCopying = new CountDownLatch(1);
        final HookedFiles slow = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.CREATE
                    && file.startsWith(temporary.resolve("backup/log"))
                    && isCopying.getCount() > 0) {
                isCopying.countDown();
                while (stepping.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                elapsedNs.addAndGet(1_000 * SECOND);
            }
        });
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(100)).fileAccess(slow))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 50);
            final Future<?> backup = executor.submit(() -> engine.admin().backup(temporary.resolve("backup")));
            isCopying.await();
            lanes.feed(0, 50, 150);
            assertEquals(1, madeAfterSteps(engine));
            backup.get();
            lanes.feed(0, 150, 300);
            assertEquals(2, madeAfterSteps(engine), "no pause for the time of the wait");
        } finally {
            executor.shutdownNow();
        }
    }

    /** An engine makes checkpoints even if each of its lives is shorter than the limits. */
    @Test
    void shouldCountTheBytesThatEarlierLivesHaveLeft() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST))) {
            new Lanes(engine, 1).feed(0, 0, 2_000);
        }
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.everyLogBytes(3_000 * 48);
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            assertEquals(0, madeAfterSteps(engine));
        }
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST))) {
            new Lanes(engine, 1).feed(0, 2_000, 3_100);
        }
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            assertEquals(1, madeAfterSteps(engine));
        }
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            assertEquals(0, madeAfterSteps(engine), "the checkpoint has all");
        }
    }

    @Test
    void shouldMakeOneAtOnceIfEarlierLivesHaveLeftMuch() {
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.every(1, TimeUnit.HOURS);
        final int half = (int) CheckpointAgent.MUCH_BEHIND / 2;
        for (int life = 0; life < 2; life++) {
            try (Engine engine = TollgateEngine.launch(context(policy))) {
                assertEquals(0, madeAfterSteps(engine));
                new Lanes(engine, 1).feed(0, life * half, (life + 1) * half);
                assertEquals(0, madeAfterSteps(engine));
            }
        }
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            assertEquals(1, madeAfterSteps(engine));
        }
        try (Engine engine = TollgateEngine.launch(context(policy))) {
            assertEquals(0, madeAfterSteps(engine), "the checkpoint has all");
        }
    }

    @Test
    void shouldCountFromACheckpointThatTheProgramHasAskedFor() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.everyOperations(200)))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 150);
            engine.admin().checkpoint();
            lanes.feed(0, 150, 300);
            assertEquals(1, madeAfterSteps(engine));
            lanes.feed(0, 300, 360);
            assertEquals(2, madeAfterSteps(engine));
        }
    }

    /** The checkpoint would fill the disk for a moment, and the engine would refuse points. */
    @Test
    void shouldMakeNoneIfTheDiskHasNoSpaceForIt() {
        final AtomicLong usableBytes = new AtomicLong(1 << 20);
        final List<Path> begun = new ArrayList<>();
        final HookedFiles nearlyFull = new HookedFiles() {
            @Override
            public long usableBytes(final Path directory) {
                return usableBytes.get();
            }

            @Override
            public void before(final Call call, final Path file) {
                if (call == Call.RENAME && isUnfinishedCheckpoint(file)) {
                    begun.add(file);
                }
            }
        };
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(100)).fileAccess(nearlyFull))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 300);
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(1, counts(engine).failed());
            assertEquals(List.of(), begun);
            assertTrue(errors.get(0).toString().contains("free space"), errors::toString);
            assertThrows(UncheckedIOException.class, engine.admin()::checkpoint);
            usableBytes.set(1L << 40);
            elapsedNs.addAndGet(61 * SECOND);
            assertEquals(1, madeAfterSteps(engine));
            assertEquals(Map.of(), engine.admin().statistics().refusedCounts());
        }
        assertEquals(1, begun.size());
    }

    /** Runs beside a writing thread. Each round waits for a condition, not for a time. */
    @Test
    void shouldMakeThemBesideAnEngineWithThreads() {
        final CheckpointPolicy policy =
                CheckpointPolicy.ON_REQUEST.everyOperations(50).deletingOldLog();
        try (Engine engine = TollgateEngine.launch(context(policy)
                .threadingMode(ThreadingMode.OWN_THREADS)
                .clock(System::nanoTime)
                .nanoClock(System::nanoTime))) {
            final Lanes lanes = new Lanes(engine, 1);
            final long deadlineNs = System.nanoTime() + 60 * SECOND;
            int number = 0;
            while ((counts(engine).made() < 3 || counts(engine).deletedSegments() == 0)
                    && System.nanoTime() < deadlineNs) {
                lanes.feed(0, number, number + 10);
                number += 10;
            }
            assertTrue(counts(engine).made() >= 3, () -> counts(engine) + " errors=" + errors);
            assertTrue(
                    counts(engine).deletedSegments() > 0, () -> counts(engine).toString());
            assertEquals(0, counts(engine).failed());
        }
        assertEquals(List.of(), errors);
        assertEquals(
                DirectoryCheck.State.SOUND,
                DirectoryCheck.of(temporary.resolve("data")).state());
        assertEquals(
                2, new DirectoryFiles(temporary.resolve("data")).checkpoints().size());
    }

    @Test
    void shouldMakeNoneInMemoryAndNoneUnasked() {
        final CheckpointPolicy policy = CheckpointPolicy.ON_REQUEST.everyOperations(10);
        try (Engine engine = TollgateEngine.launch(
                Lanes.context().threadingMode(ThreadingMode.STEPPED).checkpoints(policy))) {
            new Lanes(engine, 1).feed(0, 0, 50);
            assertEquals(0, madeAfterSteps(engine));
        }
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST))) {
            new Lanes(engine, 1).feed(0, 0, 500);
            nowNs += 1_000 * SECOND;
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(List.of(), new DirectoryFiles(temporary.resolve("data")).checkpoints());
        }
    }

    @Test
    void shouldRefuseBoundsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> CheckpointPolicy.ON_REQUEST.everyOperations(0));
        assertThrows(IllegalArgumentException.class, () -> CheckpointPolicy.ON_REQUEST.everyLogBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> CheckpointPolicy.ON_REQUEST.every(0, TimeUnit.DAYS));
        assertThrows(IllegalArgumentException.class, () -> new CheckpointPolicy(-1, 0, 0, false));
    }
}
