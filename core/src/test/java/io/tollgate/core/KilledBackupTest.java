package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a process leaves that is killed while it makes a backup, or while it deletes what has failed, goes with the next
 * one to that target, nothing else.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledBackupTest {
    private static final int NUMBERS = 100;
    private static final String OWNER = "pid=1 since unknown bootId=another";

    @TempDir
    private Path temporary;

    private Path data;
    private Path backup;

    /** The program of a process that begins with a backup, says so, and waits until it is killed. */
    public static void main(final String[] arguments) {
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.CREATE && file.toString().contains(".unfinished-")) {
                    System.out.println("making");
                    while (System.in.read() >= 0) {
                        // Nobody writes anything.
                    }
                }
            }
        };
        final EngineContext context =
                new EngineContext().directory(Path.of(arguments[0])).fileAccess(files);
        DirectoryBackup.make(context, Path.of(arguments[1]));
    }

    @BeforeEach
    void feed() {
        data = temporary.resolve("data");
        backup = temporary.resolve("backup");
        try (Engine engine =
                TollgateEngine.launch(Lanes.context().directory(data).stepped(true))) {
            new Lanes(engine, 1).feed(0, 0, NUMBERS);
        }
    }

    private Process startBackup() throws IOException {
        final List<String> command = TestJvm.command(KilledBackupTest.class);
        command.addAll(List.of(data.toString(), backup.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(entry -> entry.toString().contains(".unfinished-"))
                    .sorted()
                    .toList();
        }
    }

    private void backUp(final EngineContext context) throws IOException {
        FileTree.delete(new SystemFileAccess(), backup);
        DirectoryBackup.make(context.directory(data), backup);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        try (Engine engine =
                TollgateEngine.launch(Lanes.context().directory(backup).stepped(true))) {
            assertEquals(NUMBERS, Lanes.numberIn(engine, 0));
        }
    }

    @Test
    void shouldGoOnceItsProcessIsKilledAndNotBefore() throws Exception {
        final Process process = startBackup();
        final List<Path> left;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("making", output.readLine());
            left = unfinished();
            assertEquals(1, left.size(), left::toString);
            backUp(new EngineContext());
            assertEquals(left, unfinished());
        } finally {
            process.destroyForcibly().waitFor();
        }
        backUp(new EngineContext());
        assertEquals(List.of(), unfinished());
    }

    /**
     * Another account could exchange it for a link while it is deleted, whatever this one is said to be called. Whether
     * that one is still making it cannot be told: of its own nobody else may look into it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"root", "nobody", "?"})
    void shouldStayWhereAnotherAccountHasPutIt(final String name) throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "nothing can be given to another account here");
        final UserPrincipalLookupService accounts = FileSystems.getDefault().getUserPrincipalLookupService();
        final Path left = leave(UUID.randomUUID().toString(), OWNER);
        Files.setOwner(left, accounts.lookupPrincipalByName("nobody"));
        final List<String> told = new ArrayList<>();
        System.setProperty("user.name", name);
        try {
            backUp(new EngineContext().errorHandler(error -> told.add(error.getMessage())));
            assertEquals(List.of(left), unfinished());
            assertEquals(1, told.size(), told::toString);
            assertTrue(
                    told.get(0).startsWith("directory=" + left + " owner=nobody, expected owner=root: "),
                    told::toString);
            Files.setOwner(left, accounts.lookupPrincipalByName("root"));
            backUp(new EngineContext());
            assertEquals(List.of(), unfinished());
        } finally {
            System.setProperty("user.name", "root");
        }
    }

    /** Nor does it hinder the backup. Whichever of the two is met first. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldGoThoughOneBesideItCannotBeDeletedWhichIsTold(final int number) throws IOException {
        leave(UUID.randomUUID().toString(), OWNER);
        leave(UUID.randomUUID().toString(), OWNER);
        final Path held = unfinished().get(number);
        final List<String> told = new ArrayList<>();
        final HookedFiles disk = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.startsWith(held)) {
                    throw new IOException("Operation not permitted");
                }
            }
        };
        backUp(new EngineContext().fileAccess(disk).errorHandler(error -> told.add(error.getMessage())));
        assertEquals(List.of(held), unfinished());
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("target=" + backup + ": "), told::toString);
        assertTrue(told.get(0).endsWith(": Operation not permitted"), told::toString);
    }

    /** Its name cannot be forced: it gives that back, or, where it cannot, is whole under it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeverBeAPartUnderTheNameOfTheTarget(final boolean isNameGivenBack) throws IOException {
        final HookedFiles failing = new HookedFiles() {
            private boolean hasFailed;
            private int deleted;

            @Override
            void before(final Call call, final Path file) throws IOException {
                hasFailed |= call == Call.FORCE_DIRECTORY && file.equals(temporary.toAbsolutePath());
                if (hasFailed
                        && (call == Call.FORCE_DIRECTORY
                                || call == Call.DELETE && ++deleted > 2
                                || call == Call.RENAME && !isNameGivenBack)) {
                    throw new IOException("Input/output error");
                }
            }
        };
        final EngineContext context = new EngineContext().directory(data).fileAccess(failing);
        assertThrows(UncheckedIOException.class, () -> DirectoryBackup.make(context, backup));
        assertEquals(isNameGivenBack, !Files.exists(backup));
        assertEquals(isNameGivenBack ? 1 : 0, unfinished().size());
        if (!isNameGivenBack) {
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(backup).state());
        }
        backUp(new EngineContext());
        assertEquals(List.of(), unfinished());
    }

    /** Else a power failure may leave the name of the target, which it has given back, and a part of it under that. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldNotBeDeletedBeforeItsOwnNameIsOnDiskAgain(final int failing) throws IOException {
        final List<Path> deletedInDoubt = new ArrayList<>();
        final HookedFiles disk = new HookedFiles() {
            private int forces;
            private Path inDoubt = backup;

            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.FORCE_DIRECTORY && file.equals(temporary) && ++forces <= failing) {
                    throw new IOException("Input/output error");
                }
                if (call == Call.DELETE && file.startsWith(inDoubt)) {
                    deletedInDoubt.add(file);
                }
            }

            @Override
            void after(final Call call, final Path file, final Path target) {
                if (call == Call.RENAME && file.equals(backup)) {
                    inDoubt = target;
                } else if (call == Call.FORCE_DIRECTORY && file.equals(temporary)) {
                    inDoubt = backup;
                }
            }
        };
        final EngineContext context = new EngineContext().directory(data).fileAccess(disk);
        final UncheckedIOException refusal =
                assertThrows(UncheckedIOException.class, () -> DirectoryBackup.make(context, backup));
        assertEquals("Input/output error", refusal.getCause().getMessage());
        assertEquals(List.of(), deletedInDoubt);
        assertEquals(failing == 1 ? 0 : 1, unfinished().size());
        assertFalse(Files.exists(backup));
        backUp(context.errorHandler(error -> {}));
        assertEquals(List.of(), deletedInDoubt);
        assertEquals(failing == 3 ? 1 : 0, unfinished().size());
        backUp(context);
        assertEquals(List.of(), unfinished());
    }

    /** Of this process, which may make two at once. */
    @Test
    void shouldStayWhileItIsMadeInThisProcess() throws IOException {
        final Path other = leave(UUID.randomUUID().toString(), "");
        final DirectoryLock lock = DirectoryLock.acquire(other);
        try {
            backUp(new EngineContext());
            assertEquals(List.of(other), unfinished());
        } finally {
            lock.close();
        }
    }

    /** One is of others, as its name says; in the next ones nobody was killed; the last is that of another target. */
    @Test
    void shouldLeaveWhatItHasNotMade() throws IOException {
        final List<Path> others = List.of(
                leave("1", OWNER),
                leave(UUID.randomUUID().toString(), ""),
                Files.createDirectory(temporary.resolve("backup.unfinished-" + UUID.randomUUID())),
                leave("b.unfinished-" + UUID.randomUUID(), OWNER));
        final Path left = leave(UUID.randomUUID().toString(), OWNER);
        assertTrue(unfinished().contains(left));
        backUp(new EngineContext());
        assertEquals(others.stream().sorted().toList(), unfinished());
    }

    private Path leave(final String name, final String owner) throws IOException {
        final Path left = Files.createDirectory(temporary.resolve("backup.unfinished-" + name));
        Files.createFile(left.resolve(DirectoryHeader.FILE_NAME));
        Files.writeString(left.resolve(DirectoryLock.FILE_NAME), owner);
        return left;
    }

    /** A disk that is full where a copy has most of its files, and what is told before it deletes any of them. */
    private abstract static class FullDisk extends HookedFiles {
        private boolean isFull;
        private int deletes;

        /** Is told of each that is deleted after the failure, of how many there were before. */
        abstract void beforeDelete(int number, Path file) throws IOException;

        @Override
        void before(final Call call, final Path file) throws IOException {
            if (!file.toString().contains(".unfinished-")) {
                return;
            }
            if (call == Call.CREATE && file.getFileName().toString().startsWith("large-")) {
                isFull = true;
                throw new IOException("No space left on device");
            }
            if (call == Call.DELETE && isFull) {
                beforeDelete(deletes++, file);
            }
        }
    }

    private int failedDeletes(final FullDisk disk) throws IOException {
        FileTree.delete(new SystemFileAccess(), backup);
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryBackup.make(new EngineContext().directory(data).fileAccess(disk), backup));
        return disk.deletes;
    }

    private int countDeletes() throws IOException {
        return failedDeletes(new FullDisk() {
            @Override
            void beforeDelete(final int number, final Path file) {
                // Nothing fails.
            }
        });
    }

    /** The last that goes is the directory itself, which takes no room. */
    private void requireGone(final boolean isLast, final String what) throws IOException {
        backUp(new EngineContext());
        for (final Path left : unfinished()) {
            assertTrue(isLast, () -> what + ": " + left);
            assertEquals(List.of(), new SystemFileAccess().list(left), what);
            Files.delete(left);
        }
    }

    @Test
    void shouldGoThoughItIsKilledWhileItDeletesWhatHasFailed() throws IOException {
        final int count = countDeletes();
        assertTrue(count > 10, "deletes=" + count);
        for (int i = 0; i < count; i++) {
            final int killedAt = i;
            final List<String> killed = new ArrayList<>();
            failedDeletes(new FullDisk() {
                @Override
                void beforeDelete(final int number, final Path file) throws IOException {
                    if (number == killedAt) {
                        killed.add(file.getFileName().toString());
                        final Path copy = temporary.resolve("backup.unfinished-" + UUID.randomUUID());
                        new DamagedDirectory(unfinished().get(0)).copyTo(copy);
                    }
                }
            });
            assertEquals(1, unfinished().size(), "what the kill has left");
            requireGone(i == count - 1, "killed before it has deleted " + killed);
        }
    }

    @Test
    void shouldGoThoughOneOfWhatHasFailedCouldNotBeDeleted() throws IOException {
        final int count = countDeletes();
        for (int i = 0; i < count; i++) {
            final int failing = i;
            failedDeletes(new FullDisk() {
                @Override
                void beforeDelete(final int number, final Path file) throws IOException {
                    if (number == failing) {
                        throw new IOException("Input/output error");
                    }
                }
            });
            requireGone(i == count - 1, "failed at " + i);
        }
    }

    /** The header, the lock file, and the directory. */
    @Test
    void shouldGoThoughItCouldNotBeDeletedOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            final Path left = leave(UUID.randomUUID().toString(), OWNER);
            final int[] deletesBefore = {i};
            final HookedFiles disk = new HookedFiles() {
                @Override
                void before(final Call call, final Path file) throws IOException {
                    if (call == Call.DELETE && file.startsWith(left) && deletesBefore[0]-- == 0) {
                        throw new IOException("Input/output error");
                    }
                }
            };
            final List<Throwable> told = new ArrayList<>();
            backUp(new EngineContext().fileAccess(disk).errorHandler(told::add));
            assertEquals(1, told.size(), "failed at " + i);
            requireGone(i == 2, "failed at " + i);
        }
    }
}
