package io.tollgate.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.DirectoryInUseException;
import io.tollgate.api.Engine;
import io.tollgate.api.TollgateException;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.fixture.ChildJvm;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.store.LockProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
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

    private static URLClassLoader anotherLoader() {
        final URL[] classes = Stream.of(DirectoryLock.class, TollgateException.class, CloseHelper.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        return new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
    }

    /** Returns another directory with the same lock file, as if the directory were mounted twice. */
    private Path anotherName() throws IOException {
        final Path name = Files.createDirectory(directory.resolve("name"));
        Files.createLink(name.resolve(DirectoryLock.FILE_NAME), directory.resolve(DirectoryLock.FILE_NAME));
        return name;
    }

    /** Returns how often this process has the lock file open. */
    private int openCount() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                if (Files.exists(descriptor)
                        && Files.isSameFile(descriptor, directory.resolve(DirectoryLock.FILE_NAME))) {
                    count++;
                }
            }
        }
        return count;
    }

    @AfterEach
    void dropInterrupt() {
        Thread.interrupted();
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
        try (DirectoryLock lock = DirectoryLock.acquire(directory);
                URLClassLoader loader = anotherLoader()) {
            final Method acquire =
                    loader.loadClass(DirectoryLock.class.getName()).getMethod("acquire", Path.class);
            final Throwable cause = assertThrows(InvocationTargetException.class, () -> acquire.invoke(null, directory))
                    .getCause();
            assertEquals(
                    DirectoryInUseException.class.getName(), cause.getClass().getName());
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

    /** Process ids are reused; the process start and the boot id tell processes apart. */
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
        // The process still lives but is no longer the owner.
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(data));
        Files.writeString(file, own);
        assertEquals(Optional.of(own), DirectoryLock.livingOwner(data));
        // The clock was changed after the process had started.
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
        // The old text is longer than the new one.
        Files.writeString(file, own + "-" + boot);
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            assertEquals(own, Files.readString(lock.directory().resolve(DirectoryLock.FILE_NAME)));
        }
    }

    /** Closing any channel of the lock file would release the lock. */
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
    void shouldKeepTheLockOfAnEngineThatIsCopiedAndInspected() throws IOException, InterruptedException {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(TestContext.plain().directory(data))) {
            engine.admin().backup(directory.resolve("backup"));
            assertEquals(DirectoryState.OPEN, DirectoryInspection.of(data).state());
            assertNotEquals(0, lockFromAChild(data).exitCode());
        }
        assertEquals(List.of("held"), lockFromAChild(data).output());
    }

    @Test
    void shouldKeepTheLockOfAnotherClassLoaderWhenAskedForItsOwner() throws Exception {
        try (URLClassLoader loader = anotherLoader()) {
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
    void shouldKnowNoOwnerIfThereIsNoDirectoryAndNoFile() {
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory));
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory.resolve("none")));
    }

    /** A link in an untrusted directory must not cause a write to another file. */
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
        assertEquals(
                "dataDirectory=" + file
                        + ": cannot be locked; check the disk, its free space, and the permissions there",
                message);
    }

    /** The killed owner had the process id of this process, as in a container. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldAnswerAnInterruptedThreadAndAllLaterOnes() throws IOException {
        final Path file = directory.resolve(DirectoryLock.FILE_NAME);
        DirectoryLock.acquire(directory).close();
        Files.writeString(file, "pid=" + ProcessHandle.current().pid() + " since then bootId=another startTicks=1");
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory));
            Thread.currentThread().interrupt();
            assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory));
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
        assertEquals(1, openCount());
        DirectoryLock.acquire(directory).close();
        assertEquals(0, openCount());
    }

    @Test
    void shouldTakeTheLockOnAThreadThatIsInterrupted() throws IOException, InterruptedException {
        Thread.currentThread().interrupt();
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertNotEquals(0, lockFromAChild(lock.directory()).exitCode());
        }
    }

    @Test
    void shouldReleaseTheLockOnAThreadThatIsInterrupted() throws IOException, InterruptedException {
        final DirectoryLock lock = DirectoryLock.acquire(directory);
        Thread.currentThread().interrupt();
        lock.close();
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertEquals("", Files.readString(directory.resolve(DirectoryLock.FILE_NAME)));
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory));
        assertEquals(List.of("held"), lockFromAChild().output());
    }

    @Test
    void shouldKeepTheLockWhenItIsAskedForByAnotherNameOnAThreadThatIsInterrupted() throws Exception {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            final Path name = anotherName();
            Thread.currentThread().interrupt();
            assertTrue(DirectoryLock.livingOwner(name).isPresent());
            assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(name));
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertNotEquals(0, lockFromAChild(lock.directory()).exitCode());
        }
        assertEquals(List.of("held"), lockFromAChild().output());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHaveTheLockFileOpenOnceMoreAfterManyRefusals() throws Exception {
        final Path name;
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            name = anotherName();
            for (int i = 0; i < 20; i++) {
                Refusals.require(
                        IllegalStateException.class,
                        () -> DirectoryLock.acquire(name),
                        "pid=" + ProcessHandle.current().pid());
                assertTrue(DirectoryLock.livingOwner(name).isPresent());
            }
            assertEquals(2, openCount());
            assertNotEquals(0, lockFromAChild(lock.directory()).exitCode());
        }
        try (DirectoryLock lock = DirectoryLock.acquire(name)) {
            assertEquals(1, openCount());
            assertNotEquals(0, lockFromAChild(lock.directory()).exitCode());
        }
        assertEquals(0, openCount());
    }

    @Test
    void shouldWriteNothingIntoADirectoryThatIsOnlyRead() throws IOException, InterruptedException {
        final Path file = directory.resolve(DirectoryLock.FILE_NAME);
        DirectoryLock.acquireToRead(directory).close();
        assertTrue(Files.notExists(file), "made");
        Files.writeString(file, "pid=1 since then bootId=another");
        try (DirectoryLock lock = DirectoryLock.acquireToRead(directory)) {
            assertTrue(refusal().contains("pid=" + ProcessHandle.current().pid()), this::refusal);
            final ChildJvm.Result refused = lockFromAChild(lock.directory());
            assertTrue(refused.errors().get(0).contains("is in use by another process"), refused::toString);
        }
        assertEquals("pid=1 since then bootId=another", Files.readString(file));
        assertEquals(List.of("held"), lockFromAChild().output());
    }
}
