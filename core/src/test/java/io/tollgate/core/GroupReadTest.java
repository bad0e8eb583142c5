package io.tollgate.core;

import static io.tollgate.core.DirectoryPermissionsTest.context;
import static io.tollgate.core.DirectoryPermissionsTest.makeAll;
import static io.tollgate.core.DirectoryPermissionsTest.permissions;
import static io.tollgate.core.DirectoryPermissionsTest.requireAll;
import static io.tollgate.core.DirectoryPermissionsTest.requireOwnerOnly;
import static io.tollgate.core.DirectoryPermissionsTest.runUnder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.Audience;
import io.tollgate.core.store.DirectoryLock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The group of a data directory reads what lies in it, where that was asked for, and writes nothing. */
@DisabledOnOs(OS.WINDOWS)
class GroupReadTest {
    private static final String DIRECTORY = "rwxr-x---";
    private static final String FILE = "rw-r-----";

    /** Numbers that need no account, and that files of nobody else have here. */
    private static final int OTHER_ACCOUNT = 65_534;

    private static final int OTHER_GROUP = 64_321;

    @TempDir
    private Path temporary;

    private Path directory;
    private Path backup;

    @BeforeEach
    void nameDirectories() {
        directory = temporary.resolve("data");
        backup = temporary.resolve("backup");
    }

    @Test
    void shouldMakeWhatHoldsDataForTheGroupAsWell() throws IOException {
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
            for (int i = 0; i < 1_100; i++) {
                engine.defineFlow(SeriesDefinition.flow("more." + i, Unit.COUNT, 0));
            }
            for (final String made : List.of(
                    "engine.lock",
                    "counters",
                    "shard-0/open",
                    "shard-0/log",
                    "shard-0/checkpoint",
                    "shard-0/series-1.map")) {
                assertTrue(Files.exists(directory.resolve(made)), made);
            }
            requireShared(directory);
        }
        requireShared(directory);
        requireShared(backup);
        final Path restored = temporary.resolve("restored");
        DirectoryBackup.make(context(backup).groupMayRead(true), restored);
        requireShared(restored);
        DirectoryBackup.make(context(backup), temporary.resolve("not-asked"));
        requireOwnerOnly(temporary.resolve("not-asked"));
    }

    @Test
    void shouldMakeWhatARecoveryMakesForTheGroupAsWell() throws IOException {
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
        }
        final Path segment = new ShardFiles(directory).log().resolve("log-0000000000000000.seg");
        FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        assertTrue(
                DirectoryRecovery.recover(shared()).shards().get(0).damagedLog().isPresent());
        requireShared(directory);
    }

    @Test
    void shouldAskNobodyButTheContextOrItsAccess() throws IOException {
        assertFalse(new EngineContext().groupMayRead());
        assertTrue(shared().groupMayRead());
        assertFalse(shared().groupMayRead(false).groupMayRead());
        try (Engine engine = TollgateEngine.launch(shared().fileAccess(new HookedFiles()))) {
            makeAll(engine, backup);
        }
        requireOwnerOnly(directory);
        requireOwnerOnly(backup);
    }

    @Test
    void shouldMakeALockFileForThoseWhoAreAskedFor() throws IOException {
        for (final Audience audience : Audience.values()) {
            final Path locked = Files.createDirectory(temporary.resolve(audience.name()));
            DirectoryLock.acquire(locked, audience).close();
            assertEquals(
                    audience == Audience.GROUP ? FILE : "rw-------",
                    permissions(locked.resolve(DirectoryLock.FILE_NAME)));
        }
    }

    @Test
    void shouldGiveWhatWasMadeForTheOwnerToAGroupThatTheDirectoryLetsIn() throws IOException, InterruptedException {
        makeForOwner(DIRECTORY);
        final Path kept = Files.createDirectories(directory.resolve("shard-0/damaged-0/deeper"));
        Files.writeString(kept.resolve("file"), "of an engine");
        restrict(kept.resolve("file"), "rw-------");
        restrict(kept, "rwx------");
        restrict(kept.getParent(), "rwx--x---");
        try (Engine engine = TollgateEngine.launch(shared())) {
            requireShared(directory);
            assertEquals(1, engine.statistics().seriesCount());
            // Who closes a file gives up the locks on it.
            assertNotEquals(0, runUnder("022", directory, temporary.resolve("second"), false), "it is locked");
            // The marks of an open store know when permissions are changed.
            try (DirectoryView view = DirectoryView.open(directory)) {
                assertEquals(DirectoryInspection.State.OPEN, view.state());
            }
        }
        requireShared(directory);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    @Test
    void shouldGiveWhatWasMadeForTheOwnerToTheGroupInARecovery() throws IOException {
        makeForOwner(DIRECTORY);
        DirectoryRecovery.recover(shared());
        requireShared(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwx--x---", "rwxr-----", "rwx---r-x"})
    void shouldGiveNothingToAGroupThatTheDirectoryDoesNotLetIn(final String ofDirectory) throws IOException {
        makeForOwner(ofDirectory);
        final TreeMap<Path, String> before = all();
        TollgateEngine.launch(shared()).close();
        assertEquals(ofDirectory, permissions(directory));
        requireUnchanged(before, all());
        assertEquals("rw-------", permissions(directory.resolve(DirectoryLock.FILE_NAME)));
        assertEquals("rwx------", permissions(directory.resolve("shard-0")));
    }

    @Test
    void shouldGiveNothingToTheGroupThatTheUmaskKeepsFromIt() throws IOException, InterruptedException {
        makeForOwner(DIRECTORY);
        assertEquals(0, runUnder("077", directory, temporary.resolve("second"), true));
        assertEquals(DIRECTORY, permissions(directory));
        requireOwnerOnly(directory.resolve("shard-0"));
        assertEquals("rw-------", permissions(directory.resolve(DirectoryLock.FILE_NAME)));
    }

    @Test
    void shouldGiveNothingToTheGroupWhereTheOpeningIsRefused() throws IOException {
        makeForOwner(DIRECTORY);
        final TreeMap<Path, String> before = all();
        assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(shared().shardCount(2)).close());
        assertEquals(before, all());
    }

    @Test
    void shouldTakeNothingFromTheGroupWhereItIsNotAskedFor() throws IOException {
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
        }
        final TreeMap<Path, String> before = all();
        TollgateEngine.launch(context(directory)).close();
        requireUnchanged(before, all());
    }

    /** Of a directory that lets its group in, too. */
    @Test
    void shouldGiveNothingToTheGroupWhereItIsNotAskedFor() throws IOException {
        makeForOwner(DIRECTORY);
        TollgateEngine.launch(context(directory)).close();
        assertEquals(DIRECTORY, permissions(directory));
        requireOwnerOnly(directory.resolve("shard-0"));
    }

    @Test
    void shouldFollowNoLinkToGiveWhatItLeadsToToTheGroup() throws IOException {
        makeForOwner(DIRECTORY);
        final Path outside = Files.createDirectory(temporary.resolve("outside"));
        final Path file = Files.writeString(outside.resolve("file"), "of somebody else");
        restrict(file, "rw-------");
        restrict(outside, "rwx------");
        final Path kept = Files.createDirectory(directory.resolve("shard-0/damaged-0"));
        restrict(kept, "rwx------");
        Files.createSymbolicLink(kept.resolve("to-file"), file);
        Files.createSymbolicLink(kept.resolve("to-directory"), outside);
        TollgateEngine.launch(shared()).close();
        assertEquals(DIRECTORY, permissions(kept));
        requireOwnerOnly(outside);
    }

    @Test
    void shouldGiveNothingOfAnotherAccountToTheGroup() throws IOException {
        makeForOwner(DIRECTORY);
        final Path others = Files.writeString(directory.resolve("shard-0/of-another"), "of another account");
        restrict(others, "rw-------");
        assumeTrue(isSuperuser(), "only the superuser gives files away");
        Files.setAttribute(others, "unix:uid", OTHER_ACCOUNT);
        TollgateEngine.launch(shared()).close();
        assertEquals("rw-------", permissions(others));
        assertEquals(FILE, permissions(directory.resolve("shard-0/header")));
    }

    /** It is what gives the group of the directory to the files that come. */
    @Test
    void shouldKeepTheMarkOfADirectoryThatGivesItsGroup() throws IOException {
        makeForOwner(DIRECTORY);
        final Path log = new ShardFiles(directory).log();
        Files.setAttribute(log, "unix:mode", 02700);
        assumeTrue(mode(log) == 02700, "this account may not set it");
        TollgateEngine.launch(shared()).close();
        assertEquals(02750, mode(log));
    }

    @Test
    void shouldBeReadByAnotherAccountOfTheGroupAndByNobodyElse() throws IOException, InterruptedException {
        assumeTrue(isSuperuser(), "only the superuser runs something as another account");
        restrict(temporary, "rwxr-xr-x");
        final Path open = Files.writeString(temporary.resolve("open"), "for all");
        restrict(open, "rw-r--r--");
        assumeTrue(isRead(OTHER_ACCOUNT, "cat", open), "no setpriv, or no way to here");
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:gid", OTHER_GROUP);
        Files.setAttribute(directory, "unix:mode", 02750);
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
            requireShared(directory);
            final List<String> every = List.of("-type", "f", "-exec", "cat", "{}", "+");
            assertTrue(isRead(OTHER_GROUP, "find", directory, every.toArray(String[]::new)));
            assertFalse(isRead(OTHER_ACCOUNT, "find", directory, every.toArray(String[]::new)));
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.toList()) {
                    assertFalse(isRead(OTHER_GROUP, "test", Path.of("-w"), path.toString()), path::toString);
                    assertFalse(isRead(OTHER_ACCOUNT, "test", Path.of("-r"), path.toString()), path::toString);
                }
            }
            // Its group is that of the one that made it.
            assertFalse(isRead(OTHER_GROUP, "ls", backup));
        }
    }

    /** Whether a command on something ends well that another account gives, of no other group than one. */
    private static boolean isRead(final int group, final String command, final Path path, final String... more)
            throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(
                "setpriv",
                "--reuid",
                Integer.toString(OTHER_ACCOUNT),
                "--regid",
                Integer.toString(group),
                "--clear-groups",
                command,
                path.toString()));
        line.addAll(List.of(more));
        final File nothing = new File("/dev/null");
        try {
            return new ProcessBuilder(line)
                            .redirectOutput(nothing)
                            .redirectError(nothing)
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    /** But for what has gone since, or was made anew. */
    private static void requireUnchanged(final TreeMap<Path, String> before, final TreeMap<Path, String> after) {
        before.forEach((path, permissions) -> {
            if (after.containsKey(path) && !isMadeAnew(path)) {
                assertEquals(permissions, after.get(path), path::toString);
            }
        });
    }

    /** What an opening or a close deletes and makes again. */
    private static boolean isMadeAnew(final Path path) {
        return List.of("counters", "clean", "open", "stamp", "positions", "subscriptions")
                .contains(path.getFileName().toString());
    }

    /** As an engine makes it that was not asked, but for the directory itself. */
    private void makeForOwner(final String ofDirectory) throws IOException {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            makeAll(engine, backup);
        }
        requireOwnerOnly(directory);
        restrict(directory, ofDirectory);
    }

    private TreeMap<Path, String> all() throws IOException {
        final TreeMap<Path, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                all.put(path, permissions(path));
            }
        }
        assertNotEquals(0, all.size());
        return all;
    }

    private static void restrict(final Path path, final String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static int mode(final Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
    }

    private static boolean isSuperuser() throws IOException {
        return Files.isDirectory(Path.of("/proc/self"))
                && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void requireShared(final Path directory) throws IOException {
        requireAll(directory, DIRECTORY, FILE);
    }

    private EngineContext shared() {
        return context(directory).groupMayRead(true);
    }
}
