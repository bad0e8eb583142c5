package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.Backup;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A copy of a data directory contains the operations applied before its start, and each batch as a whole or not at all.
 */
class BackupTest {
    private static final int LANES = 4;
    private static final int OPERATIONS_BETWEEN = 100;

    @TempDir
    private Path temporary;

    private final AtomicLongArray acknowledged = new AtomicLongArray(LANES);
    private final AtomicBoolean isEnough = new AtomicBoolean();

    @Test
    void shouldCopyWhatWasAppliedWhileWritingContinues() throws Exception {
        final Path data = temporary.resolve("data");
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        final long[][] atLeast = new long[2][LANES];
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
            final Batch open = engine.publisher().newBatch();
            final FlowSeries never = engine.defineFlow(SeriesDefinition.flow("never", Unit.COUNT, 0));
            assertEquals(0, open.begin());
            KnownPoint.offer(open, never, 0, 1, 0, 0);
            final Future<?> writer = executor.submit(() -> write(engine));
            for (int i = 0; i < atLeast.length; i++) {
                awaitOperations(writer, (i + 1) * OPERATIONS_BETWEEN);
                for (int lane = 0; lane < LANES; lane++) {
                    atLeast[i][lane] = acknowledged.get(lane);
                }
                if (i == 1) {
                    engine.admin().checkpoint();
                }
                final Backup backup = engine.admin().backup(temporary.resolve("backup-" + i));
                assertEquals(temporary.resolve("backup-" + i), backup.directory());
            }
            isEnough.set(true);
            writer.get();
        } finally {
            executor.shutdownNow();
        }
        for (int i = 0; i < atLeast.length; i++) {
            requireIntact(temporary.resolve("backup-" + i), atLeast[i]);
        }
    }

    private void write(final Engine engine) {
        final Lanes lanes = new Lanes(engine, LANES);
        for (long number = 0; !isEnough.get(); number++) {
            long ticket = 0;
            for (int lane = 0; lane < LANES; lane++) {
                ticket = lanes.offer(lane, number);
            }
            if (number % 16 == 15) {
                engine.awaitApplied(ticket);
                for (int lane = 0; lane < LANES; lane++) {
                    acknowledged.set(lane, number + 1);
                }
            }
        }
    }

    private void awaitOperations(final Future<?> writer, final long number) throws Exception {
        while (acknowledged.get(LANES - 1) < number) {
            if (writer.isDone()) {
                writer.get();
            }
            Thread.onSpinWait();
        }
    }

    private void requireIntact(final Path backup, final long[] atLeast) throws IOException {
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(backup))) {
            assertEquals(0, engine.admin().statistics().appliedCount(), "replayed");
            assertEquals(0, PointCount.of(engine, "never"), "a batch that was never committed");
            for (int lane = 0; lane < LANES; lane++) {
                final long number = Lanes.numberIn(engine, lane);
                assertTrue(number >= atLeast[lane], backup + " found=" + number + " expected=" + atLeast[lane]);
            }
            Lanes.requireSame(engine, LANES, backup.toString());
        }
    }

    /** A backup of a closed directory refuses the same damage as an opening. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTakeWhatAnOpeningRefuses(final boolean isForeign) throws IOException {
        final Path[] killed = new Path[2];
        for (int i = 0; i < 2; i++) {
            final Path data = temporary.resolve("alike-" + i);
            killed[i] = temporary.resolve("alike-" + i + "-killed");
            try (Engine engine = DamagedDirectory.fill(data)) {
                assertTrue(engine.now() > 0);
                new DamagedDirectory(data).copyTo(killed[i]);
            }
        }
        final DirectoryFiles files = new DirectoryFiles(killed[0]);
        if (isForeign) {
            files.replaceLogBy(new DirectoryFiles(killed[1]).log());
        } else {
            FileDamage.flip(files.manifestFile(), 2 * 4_096, 1);
            FileDamage.flip(files.manifestFile(), 2 * 4_096 + 16, 1);
            FileDamage.flip(files.manifestFile(), 2 * 4_096 + 32, 1);
            FileDamage.flip(files.manifestFile(), 2 * 4_096 + 48, 1);
        }
        final Path refused = temporary.resolve("refused");
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> DirectoryBackup.make(TestContext.plain().directory(killed[0]), refused));
        final Path named = isForeign ? files.segment(0) : files.manifestFile();
        assertTrue(refusal.getMessage().startsWith("file=" + named), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
        assertFalse(Files.exists(refused));
    }

    /**
     * Another process copies the directory. Meanwhile a newer checkpoint replaces the copied one, and old log is
     * deleted.
     */
    @Test
    @Tag("ci")
    void shouldCopyADirectoryWhoseCheckpointsAreReplacedMeanwhile() throws Exception {
        final Path data = temporary.resolve("data");
        final ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Engine engine = TollgateEngine.launch(
                Lanes.context().directory(data).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()))) {
            final Future<?> writer = executor.submit(() -> write(engine));
            final Future<?> copier = executor.submit(() -> {
                while (!isEnough.get()
                        && engine.admin().statistics().checkpointCounts().made() < 40) {
                    engine.admin().checkpoint();
                }
            });
            for (int i = 0; i < 6 || i < 60 && !hasReplaced(engine); i++) {
                awaitOperations(writer, 100L * (i + 1));
                final long atLeast = acknowledged.get(0);
                final Path backup = temporary.resolve("backup");
                copyBetweenCheckpoints(data, backup);
                try (Engine copy = TollgateEngine.launch(Lanes.context().directory(backup))) {
                    assertTrue(Lanes.numberIn(copy, 0) >= atLeast, "backup " + i);
                }
                FileTree.delete(new SystemFileAccess(), backup);
            }
            isEnough.set(true);
            writer.get();
            copier.get();
            assertTrue(hasReplaced(engine));
        } finally {
            isEnough.set(true);
            executor.shutdownNow();
        }
    }

    /** Returns true if some checkpoints have been made, and old log has been deleted. */
    private static boolean hasReplaced(final Engine engine) {
        final CheckpointCounts counts = engine.admin().statistics().checkpointCounts();
        return counts.made() > 3 && counts.deletedSegments() > 0;
    }

    /** Copies a directory. If checkpoints follow so fast that each attempt is outdated, copies it again. */
    private static void copyBetweenCheckpoints(final Path data, final Path backup) {
        while (true) {
            try {
                DirectoryBackup.make(TestContext.plain().directory(data), backup);
                return;
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("try again"), e::getMessage);
                assertFalse(Files.exists(backup), "a refused copy leaves no target");
            }
        }
    }

    @Test
    void shouldNameItsEndAndContainAllUpToIt() {
        final Path data = temporary.resolve("data");
        final Backup first;
        final Backup second;
        try (Engine engine = TollgateEngine.launch(Lanes.stepped(data))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            KnownPoint.apply(engine, events, 1, 1, 1, 1);
            first = engine.admin().backup(temporary.resolve("first"));
            KnownPoint.apply(engine, events, 2, 1, 2, 2);
            second = engine.admin().backup(temporary.resolve("second"));
        }
        assertEquals(first.lastSequence() + 1, second.lastSequence());
        assertEquals(1, first.seriesCount());
        assertEquals(1, pointsIn(first.directory()));
        assertEquals(2, pointsIn(second.directory()));
    }

    private static long pointsIn(final Path directory) {
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(directory))) {
            return PointCount.of(engine, "events");
        }
    }

    @Test
    void shouldCopyADirectoryThatWasClosedAndOneThatWasKilledAndRestoreEither() throws IOException {
        final Path data = temporary.resolve("data");
        final Path killed = temporary.resolve("killed");
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
            writeSome(engine);
            new DamagedDirectory(data).copyTo(killed);
        }
        for (final Path source : List.of(data, killed)) {
            final Path backup = source.resolveSibling(source.getFileName() + ".backup");
            final Path restored = source.resolveSibling(source.getFileName() + ".restored");
            final Backup made = DirectoryBackup.make(TestContext.plain().directory(source), backup);
            assertEquals(
                    made.lastSequence(),
                    DirectoryBackup.make(TestContext.plain().directory(backup), restored)
                            .lastSequence());
            requireIntact(restored, new long[] {100, 100, 100, 100});
        }
    }

    private static void writeSome(final Engine engine) {
        engine.defineFlow(SeriesDefinition.flow("never", Unit.COUNT, 0));
        final Lanes lanes = new Lanes(engine, LANES);
        lanes.feedAll(0, 100);
    }

    @Test
    void shouldRefuseATargetThatHoldsSomethingAndLeaveNothingOfACopyThatFailed() throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
            writeSome(engine);
            final Path full = Files.createDirectory(temporary.resolve("full"));
            Files.createFile(full.resolve("kept"));
            assertThrows(IllegalArgumentException.class, () -> engine.admin().backup(full));
            assertTrue(Files.exists(full.resolve("kept")));
            final Path empty = Files.createDirectory(temporary.resolve("empty"));
            assertEquals(empty, engine.admin().backup(empty).directory());
        }
        final Path broken = temporary.resolve("broken");
        new DamagedDirectory(data).copyTo(broken);
        final Path segment = broken.resolve("log/log-0000000000000000.seg");
        FileDamage.flip(segment, 500, 1);
        Refusals.require(
                IllegalStateException.class,
                () -> DirectoryBackup.make(TestContext.plain().directory(broken), temporary.resolve("none")),
                "run recover");
        assertFalse(Files.exists(temporary.resolve("none")));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_DIRECTORY", "CREATE", "FORCE", "FORCE_DIRECTORY"})
    void shouldLeaveNothingOfACopyThatTheDiskRefuses(final HookedFiles.Call failing) throws IOException {
        final Path data = temporary.resolve("data");
        final HookedFiles disk = HookedFiles.beforeEach((call, file) -> {
            if (call == failing && file.startsWith(temporary.resolve("none"))) {
                throw new IOException("Input/output error");
            }
        });
        try (Engine engine = TollgateEngine.launch(Lanes.context().directory(data))) {
            writeSome(engine);
        }
        final UncheckedIOException refusal = assertThrows(
                UncheckedIOException.class,
                () -> DirectoryBackup.make(
                        InjectedFiles.inject(TestContext.plain().directory(data), disk), temporary.resolve("none")));
        assertEquals("Input/output error", refusal.getCause().getMessage());
        assertFalse(Files.exists(temporary.resolve("none")));
    }

    @Test
    void shouldRefuseToCopyAnEngineInMemory() {
        try (Engine engine = TollgateEngine.launch(Lanes.context())) {
            assertThrows(IllegalStateException.class, () -> engine.admin().backup(temporary.resolve("none")));
            assertThrows(IllegalStateException.class, engine.admin()::checkpoint);
        }
    }
}
