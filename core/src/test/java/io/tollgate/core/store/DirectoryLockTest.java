package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.DirectoryInspection;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    private String refusal() {
        return assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(directory))
                .getMessage();
    }

    private ChildJvm.Result lockFromAChild() throws IOException, InterruptedException {
        return lockFromAChild(directory);
    }

    private static ChildJvm.Result lockFromAChild(final Path directory) throws IOException, InterruptedException {
        final Path scratch = Files.createTempDirectory("tollgate");
        final ProcessBuilder builder = ChildJvm.builder(List.of(), LockProbe.class, directory.toString())
                .redirectInput(Path.of("/dev/null").toFile());
        return ChildJvm.run(scratch, builder);
    }

    @Test
    void shouldRefuseASecondEngineInTheSameProcessByName() throws IOException {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            final String expected = "dataDirectory=" + directory + " is in use by pid="
                    + ProcessHandle.current().pid() + " since ";
            assertTrue(refusal().startsWith(expected), refusal());
            final Path roundabout = directory.resolve("../" + directory.getFileName());
            assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(roundabout));
            assertEquals(directory.toRealPath(), lock.directory());
        }
        final DirectoryLock lock = DirectoryLock.acquire(directory);
        lock.close();
        lock.close();
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void shouldStillRefuseAnotherProcessAfterRefusingThisOne() throws IOException, InterruptedException {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertTrue(refusal().contains(BootId.current()), refusal());
            final ChildJvm.Result refused = lockFromAChild();
            assertNotEquals(0, refused.exitCode());
            final String expected =
                    "is in use by pid=" + ProcessHandle.current().pid() + " since ";
            assertTrue(refused.errors().get(0).contains(expected), refused.toString());
            assertEquals(directory.toRealPath(), lock.directory());
        }
        assertEquals(List.of("held"), lockFromAChild().output());
    }

    @Test
    void shouldRefuseWhatAnotherClassLoaderLoadedAndKeepTheLockFromOtherProcesses() throws Exception {
        final URL classes =
                DirectoryLock.class.getProtectionDomain().getCodeSource().getLocation();
        final URL agrona =
                CloseHelper.class.getProtectionDomain().getCodeSource().getLocation();
        try (DirectoryLock lock = DirectoryLock.acquire(directory);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes, agrona}, ClassLoader.getPlatformClassLoader())) {
            final Method acquire =
                    loader.loadClass(DirectoryLock.class.getName()).getMethod("acquire", Path.class);
            final Throwable cause = assertThrows(InvocationTargetException.class, () -> acquire.invoke(null, directory))
                    .getCause();
            assertEquals(IllegalStateException.class, cause.getClass());
            assertTrue(
                    cause.getMessage().contains("pid=" + ProcessHandle.current().pid()), cause.getMessage());
            assertNotEquals(0, lockFromAChild().exitCode());
            assertEquals(directory.toRealPath(), lock.directory());
        }
    }

    @Test
    void shouldNameAnotherProcessAndTakeOverWhenItIsKilled() throws IOException, InterruptedException {
        final Process child = ChildJvm.builder(List.of(), LockProbe.class, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("held", output.readLine());
            assertTrue(refusal().contains("is in use by pid=" + child.pid() + " since "), refusal());
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertTrue(Files.readString(directory.resolve(DirectoryLock.FILE_NAME)).contains("pid=" + child.pid()));
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertTrue(refusal().contains("pid=" + ProcessHandle.current().pid()), refusal());
            assertEquals(directory.toRealPath(), lock.directory());
        }
    }

    /** The number of a process is given again; its start and the boot of the machine tell them apart. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotTakeAnotherProcessOfTheSameNumberForTheOwner() throws IOException {
        final Path data = Files.createDirectory(directory.resolve("reused"));
        final Path file = data.resolve(DirectoryLock.FILE_NAME);
        final String own;
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            own = Files.readString(file);
            assertEquals(Optional.of(own), DirectoryLock.livingOwner(lock.directory()));
        }
        // The process lives on, and is no owner any more.
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(data));
        Files.writeString(file, own);
        assertEquals(Optional.of(own), DirectoryLock.livingOwner(data));
        // The clock was set since it started.
        final String clock = own.replaceFirst("since \\S+", "since 2001-01-01T00:00:00Z");
        Files.writeString(file, clock);
        assertEquals(Optional.of(clock), DirectoryLock.livingOwner(data));
        final String ticks = own.replaceFirst("startTicks=\\d+", "startTicks=1");
        final String since = clock.replaceFirst(" startTicks=\\d+", "");
        final String boot = own.replaceFirst("bootId=\\S+", "bootId=another");
        for (final String other :
                new String[] {ticks, since, boot, own.replaceFirst("pid=\\d+", "pid=999999999999"), "pid="}) {
            Files.writeString(file, other);
            assertEquals(Optional.empty(), DirectoryLock.livingOwner(data), other);
            DirectoryLock.acquire(data).close();
        }
        // Longer than what is written over it.
        Files.writeString(file, own + "-" + boot);
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            assertEquals(own, Files.readString(lock.directory().resolve(DirectoryLock.FILE_NAME)));
        }
    }

    /** Closing any channel of the lock file would give the lock up. */
    @Test
    void shouldKeepTheLockFromOtherProcessesWhenAskedForItsOwner() throws IOException, InterruptedException {
        final Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            final Optional<String> owner = DirectoryLock.livingOwner(directory);
            assertTrue(
                    owner.orElse("none")
                            .startsWith("pid=" + ProcessHandle.current().pid()),
                    owner.toString());
            assertEquals(owner, DirectoryLock.livingOwner(link));
            assertNotEquals(0, lockFromAChild().exitCode());
            assertEquals(directory.toRealPath(), lock.directory());
        }
        assertEquals(List.of("held"), lockFromAChild().output());
    }

    @Test
    void shouldKeepTheLockOfAnEngineThatIsCopiedAndLookedAt() throws IOException, InterruptedException {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(new EngineContext().directory(data))) {
            engine.backup(directory.resolve("backup"));
            assertEquals(
                    DirectoryInspection.State.OPEN, DirectoryInspection.of(data).state());
            assertNotEquals(0, lockFromAChild(data).exitCode());
        }
        assertEquals(List.of("held"), lockFromAChild(data).output());
    }

    @Test
    void shouldKeepTheLockOfAnotherClassLoaderWhenAskedForItsOwner() throws Exception {
        final URL classes =
                DirectoryLock.class.getProtectionDomain().getCodeSource().getLocation();
        final URL agrona =
                CloseHelper.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes, agrona}, ClassLoader.getPlatformClassLoader())) {
            final AutoCloseable lock = (AutoCloseable) loader.loadClass(DirectoryLock.class.getName())
                    .getMethod("acquire", Path.class)
                    .invoke(null, directory);
            for (int i = 0; i < 2; i++) {
                assertTrue(DirectoryLock.livingOwner(directory).isPresent());
                assertNotEquals(0, lockFromAChild().exitCode());
            }
            lock.close();
        }
        assertEquals(List.of("held"), lockFromAChild().output());
    }

    @Test
    void shouldKnowNoOwnerWhereThereIsNoDirectoryAndNoFile() {
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory));
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory.resolve("none")));
    }

    /** Whoever gives somebody a directory must not have a file of theirs written to. */
    @Test
    void shouldNotFollowALinkInThePlaceOfTheLockFile() throws IOException {
        final Path data = Files.createDirectory(directory.resolve("given"));
        final Path theirs = Files.writeString(directory.resolve("theirs"), "what they need");
        Files.createSymbolicLink(data.resolve(DirectoryLock.FILE_NAME), theirs);
        final IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(data));
        final String expected = "file=" + data.toRealPath().resolve(DirectoryLock.FILE_NAME)
                + ": found a symbolic link, expected a file of its own; remove it";
        assertEquals(expected, refusal.getMessage());
        assertEquals("what they need", Files.readString(theirs));
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(data));
    }

    @Test
    void shouldSayWhatCannotBeLocked() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "no directory");
        final String message = assertThrows(UncheckedIOException.class, () -> DirectoryLock.acquire(file))
                .getMessage();
        assertEquals("dataDirectory=" + file + ": cannot be locked", message);
    }
}
