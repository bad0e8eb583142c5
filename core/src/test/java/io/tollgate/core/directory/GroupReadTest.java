package io.tollgate.core.directory;

import static io.tollgate.core.directory.DirectoryPermissionsTest.context;
import static io.tollgate.core.directory.DirectoryPermissionsTest.makeAll;
import static io.tollgate.core.directory.DirectoryPermissionsTest.permissions;
import static io.tollgate.core.directory.DirectoryPermissionsTest.requireAll;
import static io.tollgate.core.directory.DirectoryPermissionsTest.requireOwnerOnly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.FilePermissions;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.report.DirectoryState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The group of a data directory reads its files if that was requested, and writes none. */
@DisabledOnOs(OS.WINDOWS)
class GroupReadTest {
    private static final String DIRECTORY = "rwxr-x---";
    private static final String FILE = "rw-r-----";

    /** An id that needs no account and that owns no other files here. */
    private static final int OTHER_ACCOUNT = 65_534;

    private static final int OTHER_GROUP = 64_321;

    /** The property that requires a second account; without it the test may be skipped. */
    private static final String EXPECTED = "tollgate.test.accountExpected";

    @TempDir
    private Path temporary;

    private Path directory;
    private Path backup;

    @BeforeEach
    void nameDirectories() throws IOException {
        directory = temporary.resolve("data");
        backup = temporary.resolve("backup");
        final Path probe = Files.createFile(temporary.resolve("probe"), FilePermissions.GROUP.file());
        assumeTrue(permissions(probe).equals(FILE), "the umask of this process keeps the group from all");
    }

    @Test
    void shouldMakeWhatHoldsDataForTheGroupAsWell() throws IOException {
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
            for (int i = 0; i < 1_100; i++) {
                engine.defineFlow(SeriesDefinition.flow("more." + i, Unit.COUNT, 0));
            }
            for (final String made : List.of("engine.lock", "counters", "manifest", "log", "store/series-1.map")) {
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
        final Path segment = new DirectoryFiles(directory).segment(0);
        FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        assertEquals(1, InPlaceRecovery.recover(shared()).damages().size());
        requireShared(directory);
    }

    @Test
    void shouldAskTheContextOrItsAccess() {
        assertFalse(TestContext.plain().groupMayRead());
        assertTrue(shared().groupMayRead());
        assertFalse(shared().groupMayRead(false).groupMayRead());
        assertTrue(InjectedFiles.inject(context(directory), new SystemFileAccess(FilePermissions.GROUP))
                .groupMayRead());
        final EngineContext ofTwoMinds = InjectedFiles.inject(shared(), new HookedFiles());
        assertFalse(ofTwoMinds.groupMayRead());
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> TollgateEngine.launch(ofTwoMinds));
        assertTrue(refused.getMessage().startsWith("groupMayRead=true "), refused::getMessage);
        assertFalse(Files.exists(directory));
        TollgateEngine.launch(context(directory)).close();
        assertThrows(IllegalArgumentException.class, () -> DirectoryBackup.make(ofTwoMinds, backup));
        assertFalse(Files.exists(backup));
    }

    @Test
    void shouldMakeALockFileWithTheGivenPermissions() throws IOException {
        for (final FilePermissions audience : FilePermissions.values()) {
            final Path locked = Files.createDirectory(temporary.resolve(audience.name()));
            DirectoryLock.acquire(locked, audience).close();
            assertEquals(
                    audience == FilePermissions.GROUP ? FILE : "rw-------",
                    permissions(locked.resolve(DirectoryLock.FILE_NAME)));
        }
    }

    /** The creator of the directory has set its permissions. */
    @Test
    void shouldLeaveExistingFilesUnchanged() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            makeAll(engine, backup);
        }
        requireOwnerOnly(directory);
        try (Engine engine = TollgateEngine.launch(shared())) {
            assertEquals(1, engine.admin().statistics().seriesCount());
            assertEquals("rwx------", permissions(directory));
            assertEquals("rwx------", permissions(directory.resolve("store")));
            assertEquals("rw-------", permissions(directory.resolve(DirectoryLock.FILE_NAME)));
            assertEquals("rw-------", permissions(directory.resolve("store/header")));
        }
        try (Engine engine =
                TollgateEngine.launch(context(temporary.resolve("shared")).groupMayRead(true))) {
            makeAll(engine, temporary.resolve("shared-backup"));
        }
        TollgateEngine.launch(context(temporary.resolve("shared"))).close();
        assertEquals(DIRECTORY, permissions(temporary.resolve("shared")));
        assertEquals(FILE, permissions(temporary.resolve("shared/store/header")));
        assertEquals("rw-------", permissions(temporary.resolve("shared/store/seal")));
    }

    @Test
    void shouldBeReadByAnotherAccountOfTheGroupOnly() throws IOException, InterruptedException {
        assumeTrue(isSuperuser(), "only the superuser runs something as another account");
        restrict(temporary, "rwxr-xr-x");
        final Path classes = Files.createDirectory(temporary.resolve("classes"));
        final String classPath = copyClassPath(classes);
        final Path own = Files.createDirectory(temporary.resolve("own"));
        final boolean isPossible = run(OTHER_GROUP, own, "test", "-r", classes.toString());
        assertTrue(isPossible || !Boolean.getBoolean(EXPECTED), "no setpriv, no such account, or no way to " + classes);
        assumeTrue(isPossible, "no setpriv, no such account, or no way to here");
        Files.setAttribute(own, "unix:uid", OTHER_ACCOUNT);
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:gid", OTHER_GROUP);
        Files.setAttribute(directory, "unix:mode", 02750);
        final String[] reader = javaCommand(classPath, own);
        try (Engine engine = TollgateEngine.launch(shared())) {
            makeAll(engine, backup);
            requireShared(directory);
            assertTrue(run(OTHER_GROUP, own, reader), "beside an engine");
            assertFalse(run(OTHER_ACCOUNT, own, reader), "of another group");
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.toList()) {
                    assertTrue(run(OTHER_GROUP, own, "test", "-r", path.toString()), path::toString);
                    assertFalse(run(OTHER_GROUP, own, "test", "-w", path.toString()), path::toString);
                }
            }
        }
        assertTrue(run(OTHER_GROUP, own, reader), "of one that was closed");
    }

    /** The other account reads a directory and copies it. */
    public static void main(final String... arguments) {
        final Path data = Path.of(arguments[0]);
        final Path copy =
                Path.of(arguments[1], "copy-" + ProcessHandle.current().pid());
        try (DirectoryView view = DirectoryView.open(data)) {
            if (view.find("events").isEmpty()) {
                throw new AssertionError("no series in " + data);
            }
            if (view.state() == DirectoryState.CLOSED) {
                requireSound(data);
            }
        }
        DirectoryBackup.make(context(data), copy);
        requireSound(copy);
    }

    private static void requireSound(final Path data) {
        final DirectoryCheck check = DirectoryCheck.of(data);
        if (check.state() != DirectoryCheck.State.SOUND) {
            throw new AssertionError("directory=" + data + " state=" + check.state());
        }
    }

    private String[] javaCommand(final String classPath, final Path own) {
        final List<String> command = TestJvm.command(classPath, GroupReadTest.class, "-Djava.io.tmpdir=" + own);
        command.addAll(List.of(directory.toString(), own.toString()));
        return command.toArray(String[]::new);
    }

    /**
     * Copies the class path to a place that another account can reach, because it may be in a private home directory.
     */
    private static String copyClassPath(final Path target) throws IOException {
        final List<String> copies = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path source = Path.of(entry);
            final Path copy = target.resolve(copies.size() + "-" + source.getFileName());
            if (Files.exists(source)) {
                copies.add(copy.toString());
                try (Stream<Path> paths = Files.walk(source)) {
                    for (final Path path : paths.toList()) {
                        Files.copy(path, copy.resolve(source.relativize(path).toString()));
                    }
                }
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    /** Returns true if another account, which has no other group, runs a command successfully. */
    private static boolean run(final int group, final Path own, final String... command)
            throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of("setpriv", "--reuid", Integer.toString(OTHER_ACCOUNT)));
        line.addAll(List.of("--regid", Integer.toString(group), "--clear-groups"));
        line.addAll(List.of(command));
        try {
            return new ProcessBuilder(line)
                            .directory(own.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(own.resolve("output").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    private static void restrict(final Path path, final String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
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
