package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that is killed while it makes a backup goes with the next one to that target, nothing else. */
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
                TollgateEngine.launch(Lanes.context(1).directory(data).stepped(true))) {
            new Lanes(engine, 1).feed(0, 0, NUMBERS);
        }
    }

    private Process startBackup() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String opened : new String[] {"java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"}) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledBackupTest.class.getName()));
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
                TollgateEngine.launch(Lanes.context(1).directory(backup).stepped(true))) {
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

    @Test
    void shouldBeToldOfWhereItCannotBeDeletedAndHinderNoBackup() throws IOException {
        final Path left = leave(UUID.randomUUID().toString(), OWNER);
        final List<String> told = new ArrayList<>();
        final HookedFiles disk = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.startsWith(left)) {
                    throw new IOException("Operation not permitted");
                }
            }
        };
        backUp(new EngineContext().fileAccess(disk).errorHandler(error -> told.add(error.getMessage())));
        assertEquals(List.of(left), unfinished());
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("target=" + backup + ": "), told::toString);
        assertTrue(told.get(0).endsWith(": Operation not permitted"), told::toString);
    }
}
