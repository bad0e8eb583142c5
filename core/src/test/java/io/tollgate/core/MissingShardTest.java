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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of a shard has gone, or is on a disk that is not mounted: nobody takes an empty one for it. */
class MissingShardTest {
    /** Of the eight, by their keys. */
    private static final int POINTS_OF_FIRST_SHARD = 5;

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

    /** It has a log by then, and is told as missing all the same, as nobody was told yet. */
    @Test
    void shouldBeToldAsMadeAnewWhereTheRecoveryWasStoppedBehindThat() throws IOException {
        final Path data = filled(2, true);
        final Path shard = data.resolve("shard-1");
        FileTree.delete(new SystemFileAccess(), shard);
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.equals(LossNote.file(data.toRealPath()))) {
                    throw new IOException("Input/output error");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context(data, 2).fileAccess(files)));
        final RecoveryReport report = DirectoryRecovery.recover(context(data, 2));
        assertEquals(1, report.missing().size());
        assertTrue(
                report.missing().get(0).toString().contains("found what a recovery that was stopped has made anew"),
                () -> "" + report.lines());
    }

    /** On a disk of its own, which is not mounted, and is again: nothing of it is lost that is there again. */
    @ParameterizedTest
    @CsvSource({"shard-1, true", "shard-1, false", "shard-1/log, true", "shard-1/log, false"})
    void shouldBeThereAgainWhenItsDiskIs(final String name, final boolean isClosed) throws IOException {
        final Path data = filled(2, isClosed);
        final Path link = data.resolve(name);
        final Path disk = directory.toRealPath().resolve("disk");
        final Path unmounted = directory.resolve("unmounted");
        Files.move(link, unmounted);
        Files.createSymbolicLink(link, disk);
        final Path note = LossNote.file(data);
        final HookedFiles full = new HookedFiles() {
            @Override
            void before(final Call call, final Path path) throws IOException {
                if (Files.exists(note)) {
                    throw new IOException("No space left on device");
                }
            }
        };
        requireUnmounted(data, link, disk);
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context(data, 2).fileAccess(full)));
        assertTrue(Files.exists(note));
        Files.move(unmounted, disk);
        final RecoveryReport report = DirectoryRecovery.recover(context(data, 2));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(List.of(), report.missing());
        requirePoints(data, 8);
        assertTrue(Files.isSymbolicLink(link));
    }

    private static void requireUnmounted(final Path data, final Path link, final Path disk) {
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(context(data, 2)).close());
        assertTrue(refusal.getMessage().contains("is its disk mounted? Run recover"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(link.getFileName() + " "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("a link to " + disk), refusal.getMessage());
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        assertThrows(
                IllegalStateException.class,
                () -> DirectoryBackup.make(context(data, 2), data.resolveSibling("backup")));
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Files.exists(LossNote.file(data)));
    }

    /** A recovery goes on without what is on a disk that is not mounted, and leaves that as it is. */
    @ParameterizedTest
    @CsvSource({"shard-1, true, true", "shard-1, false, true", "shard-1/log, true, false", "shard-1/log, false, true"})
    void shouldBeGoneOnWithoutWhileItsDiskIsNotMounted(
            final String name, final boolean isClosed, final boolean isPromiseBroken) throws IOException {
        final Path data = filled(2, isClosed);
        final Path link = data.resolve(name);
        final Path disk = directory.toRealPath().resolve("disk");
        final Path unmounted = directory.resolve("unmounted");
        Files.move(link, unmounted);
        final List<String> before = listing(unmounted);
        Files.createSymbolicLink(link, disk);
        requireUnmounted(data, link, disk);
        final RecoveryReport report = DirectoryRecovery.recover(context(data, 2));
        assertEquals(isPromiseBroken, report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(name.equals("shard-1") ? 1 : 0, report.missing().size());
        assertTrue(String.join("", report.lines()).contains("a link to " + disk), () -> "" + report.lines());
        assertFalse(Files.exists(disk));
        Files.move(unmounted, disk);
        assertEquals(before, listing(disk));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        requirePoints(data, isPromiseBroken ? POINTS_OF_FIRST_SHARD : 8);
        assertEquals(before, listing(disk));
        assertFalse(DirectoryRecovery.recover(context(data, 2)).isPromiseBroken());
    }

    private static List<String> listing(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted()
                    .map(file -> directory.relativize(file) + " "
                            + file.toFile().length() + " " + file.toFile().lastModified())
                    .toList();
        }
    }

    /** In the series that were made. */
    private static void requirePoints(final Path data, final int expected) {
        int found = 0;
        try (Engine engine = TollgateEngine.launch(context(data, 2))) {
            for (int i = 0; i < 8; i++) {
                found += engine.find("licences." + i)
                        .map(series -> (int) PointCount.of(engine, (FlowSeries) series))
                        .orElse(0);
            }
        }
        assertEquals(expected, found);
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
