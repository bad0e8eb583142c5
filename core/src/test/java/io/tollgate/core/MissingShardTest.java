package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.DirectoryHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of a shard has gone, or is on a disk that is not mounted: nobody takes an empty one for it. */
class MissingShardTest {
    @TempDir
    private Path directory;

    private static EngineContext context(final Path data, final int shardCount) {
        return new EngineContext()
                .directory(data)
                .shardCount(shardCount)
                .clockMode(ClockMode.MANUAL)
                .stepped(true);
    }

    private Path filled(final int shardCount, final boolean isClosed) throws IOException {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data, shardCount))) {
            for (int i = 0; i < 8; i++) {
                final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("licences." + i, Unit.COUNT, 0));
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
            PanelWatchFixture.copy(data, directory.resolve("killed"));
        }
        return isClosed ? data : directory.resolve("killed");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, true, false",
        "1, 0, false, true",
        "2, 0, true, true",
        "2, 1, false, false",
        "2, 1, true, true",
        "3, 2, false, true"
    })
    void shouldBeRefusedAndNotMadeAnew(
            final int shardCount, final int missing, final boolean isClosed, final boolean isMounted)
            throws IOException {
        final Path data = filled(shardCount, isClosed);
        final Path shard = data.resolve("shard-" + missing);
        FileTree.delete(new SystemFileAccess(), shard);
        if (isMounted) {
            Files.createDirectories(shard.resolve("lost+found"));
            Files.createDirectories(shard.resolve("log"));
        }
        // What a backup has not, either.
        Files.deleteIfExists(data.resolve("counters"));
        requireInspected(data, shard);
        for (int i = 0; i < 2; i++) {
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> TollgateEngine.launch(context(data, shardCount)).close());
            assertTrue(refusal.getMessage().contains(shard.toString()), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("mounted"), refusal.getMessage());
            assertEquals(isMounted, Files.exists(shard));
            assertFalse(Files.exists(shard.resolve("positions")));
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        }
        final RecoveryReport report = DirectoryRecovery.recover(context(data, shardCount));
        assertEquals(1, report.missing().size());
        TollgateEngine.launch(context(data, shardCount)).close();
    }

    private static void requireInspected(final Path data, final Path missing) throws IOException {
        final DirectoryInspection inspection = DirectoryInspection.of(data);
        assertNotEquals(DirectoryInspection.State.CLOSED, inspection.state());
        final Path found = data.toRealPath().resolve(missing.getFileName());
        assertEquals(
                List.of(found), inspection.missing().stream().map(Damage::file).toList());
        final List<String> faults = inspection.forEachSeries(series -> {});
        assertTrue(faults.contains(inspection.missing().get(0).toString()), () -> "" + faults);
    }

    /** What the other shard says of their number counts. */
    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "true, false, false",
        "false, true, false",
        "false, false, true",
        "true, false, true",
        "false, true, true"
    })
    void shouldBeMissedWhereTheHeaderIsLostToo(
            final boolean isClosed, final boolean isHeaderDamaged, final boolean isMounted) throws IOException {
        final Path data = filled(2, isClosed);
        final Path shard = data.resolve("shard-1");
        FileTree.delete(new SystemFileAccess(), shard);
        if (isMounted) {
            Files.createDirectories(shard.resolve("lost+found"));
        }
        if (isHeaderDamaged) {
            FileDamage.flip(data.resolve(DirectoryHeader.FILE_NAME), 20, 1);
        } else {
            Files.delete(data.resolve(DirectoryHeader.FILE_NAME));
        }
        requireInspected(data, shard);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        for (int shardCount = 1; shardCount <= 2; shardCount++) {
            final EngineContext context = context(data, shardCount);
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> TollgateEngine.launch(context).close());
            assertTrue(refusal.getMessage().contains("run recover"), refusal.getMessage());
        }
        final RecoveryReport report = DirectoryRecovery.recover(context(data, 2));
        assertEquals(1, report.missing().size());
        assertEquals(shard.toRealPath(), report.missing().get(0).file());
        assertTrue(report.isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        TollgateEngine.launch(context(data, 2)).close();
    }

    /** Only what an engine makes behind the shards is left. */
    @Test
    void shouldBeMissedWhereNothingElseIsLeft() throws IOException {
        final Path data = filled(1, true);
        FileTree.delete(new SystemFileAccess(), data.resolve("shard-0"));
        Files.delete(data.resolve(DirectoryHeader.FILE_NAME));
        assertTrue(Files.exists(data.resolve("counters")));
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(context(data, 1)).close());
        assertTrue(refusal.getMessage().contains("Run recover"), refusal.getMessage());
        requireInspected(data, data.resolve("shard-0"));
        assertFalse(Files.exists(data.resolve(DirectoryHeader.FILE_NAME)), "changed by an opening that is refused");
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        final RecoveryReport report = DirectoryRecovery.recover(context(data, 1));
        assertEquals(1, report.missing().size());
        assertTrue(report.isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        TollgateEngine.launch(context(data, 1)).close();
        assertFalse(DirectoryRecovery.recover(context(data, 1)).isPromiseBroken());
    }

    /** Nor does anything tell how many there should be, but something was here. */
    @Test
    void shouldNotBeTakenForNeverMadeWhereADamagedHeaderIsLeft() throws IOException {
        final Path data = filled(1, true);
        FileTree.delete(new SystemFileAccess(), data.resolve("shard-0"));
        Files.delete(data.resolve("counters"));
        FileDamage.flip(data.resolve(DirectoryHeader.FILE_NAME), 20, 1);
        requireInspected(data, data.resolve(DirectoryHeader.FILE_NAME));
    }

    /** The power fails when a backup has just been made: nothing of it is on disk but what was forced. */
    @Test
    void shouldNotBeWhatABackupIsLeftWith() throws IOException {
        final Path data = filled(2, true);
        final Path backup = directory.resolve("backup");
        final List<String> calls = new ArrayList<>();
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path path) {
                calls.add(call + " " + path.getFileName());
            }
        };
        DirectoryBackup.make(context(data, 2).fileAccess(files), backup);
        final int made = Math.max(calls.indexOf("CREATE_DIRECTORY shard-0"), calls.indexOf("CREATE_DIRECTORY shard-1"));
        final List<String> later = calls.subList(made, calls.size());
        assertTrue(
                later.stream().anyMatch(call -> call.startsWith("FORCE_DIRECTORY backup")),
                () -> "the names of the shards are not forced: " + later);
        for (int shard = 0; shard < 2; shard++) {
            FileTree.delete(new SystemFileAccess(), backup.resolve("shard-" + shard));
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(backup).state());
    }

    /** Whoever makes a directory may be killed at any time before it is used. */
    @Test
    void shouldBeMadeWhereTheDirectoryWasNeverWhole() throws IOException {
        final Path begun = Files.createDirectory(directory.resolve("begun"));
        DirectoryHeader.require(new SystemFileAccess(), begun, 3);
        assertFalse(DirectoryHeader.isDivided(begun));
        Files.createDirectory(begun.resolve("shard-1"));
        TollgateEngine.launch(context(begun, 3)).close();
        assertTrue(DirectoryHeader.isDivided(begun));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(begun).state());
    }
}
