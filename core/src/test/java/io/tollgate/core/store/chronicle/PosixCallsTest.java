package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.openhft.posix.MSyncFlag;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;
import net.openhft.posix.internal.PosixAPIHolder;
import net.openhft.posix.internal.noop.NoOpPosixAPI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
public class PosixCallsTest {
    private static final int ENOSPC = 28;
    private static final long LARGE = PosixCalls.MAX_WRITTEN_LENGTH + 1;

    @TempDir
    private Path directory;

    private final List<PosixAPI> loadings = new ArrayList<>();
    private final List<String> allocated = new ArrayList<>();

    private PosixAPI before(final PosixAPI library) {
        return before(library, Path.of("/proc/self/fd"));
    }

    private PosixAPI before(final PosixAPI library, final Path descriptors) {
        return PosixCalls.before(
                () -> {
                    loadings.add(library);
                    return library;
                },
                descriptors);
    }

    @Test
    void shouldGiveASmallFileItsSpaceWithoutTheLibraryAndLeaveWhatStandsInIt() throws IOException {
        final PosixAPI calls = before(library(0, 0));
        final Path path = directory.resolve("small");
        final byte[] start = "what stands there".getBytes(StandardCharsets.US_ASCII);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(start);
            file.setLength(PosixCalls.MAX_WRITTEN_LENGTH);
            assertTrue(spaceOf(path) < PosixCalls.MAX_WRITTEN_LENGTH, "there is no hole to begin with");

            assertEquals(0, allocate(calls, descriptorOf(path), PosixCalls.MAX_WRITTEN_LENGTH));
        }
        assertArrayEquals(Arrays.copyOf(start, (int) PosixCalls.MAX_WRITTEN_LENGTH), Files.readAllBytes(path));
        assertTrue(spaceOf(path) >= PosixCalls.MAX_WRITTEN_LENGTH, () -> "bytes=" + spaceOf(path));
        assertEquals(List.of(), loadings);
    }

    @Test
    void shouldLeaveLargeFilesToTheLibraryWhichIsLoadedOnce() throws IOException {
        final PosixAPI calls = before(library(0, 0));
        final List<String> expected = new ArrayList<>();
        for (final String name : List.of("first", "second")) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
                file.setLength(LARGE);
                final int descriptor = descriptorOf(directory.resolve(name));
                assertEquals(0, allocate(calls, descriptor, LARGE));
                expected.add("[" + descriptor + ", 0, 0, " + LARGE + "]");
            }
        }
        assertEquals(expected, allocated);
        assertEquals(1, loadings.size());
    }

    @Test
    void shouldWriteTheBeginningOfALargeFileAndLeaveItsContent() throws IOException {
        final Path path = directory.resolve("large");
        final byte[] start = "a header".getBytes(StandardCharsets.US_ASCII);
        final long written = LARGE >> 9;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(start);
            file.setLength(LARGE);
            assertTrue(spaceOf(path) < written, "there is no hole to begin with");
            assertEquals(0, allocate(before(library(0, 0)), descriptorOf(path), LARGE));
        }
        assertArrayEquals(Arrays.copyOf(start, (int) LARGE), Files.readAllBytes(path));
        assertTrue(spaceOf(path) >= written && spaceOf(path) < 2 * written, () -> "bytes=" + spaceOf(path));
    }

    @Test
    void shouldReportTheErrorOfTheLibraryForAFullDisk() throws IOException {
        assertEquals(-1, allocate(before(library(-1, ENOSPC)), 7, LARGE));
    }

    @Test
    void shouldLeaveASmallFileToTheLibraryIfItCannotBeReached() throws IOException {
        final PosixAPI calls = before(library(0, 0), directory.resolve("none"));
        assertEquals(0, allocate(calls, 7, 4_096));
        assertEquals(List.of("[7, 0, 0, 4096]"), allocated);
    }

    /** Another user of Chronicle in this process may switch the library off. */
    @Test
    void shouldNotMakeMapsWithASubstituteForTheLibrary() throws IOException {
        assertSpaceIsGivenIfChronicleHas(new NoOpPosixAPI("switched off"));
    }

    @Test
    void shouldGiveALargeFileItsSpaceByTheLibraryItself() throws IOException {
        assertSpaceIsGivenIfChronicleHas(null);
    }

    private void assertSpaceIsGivenIfChronicleHas(final PosixAPI installed) throws IOException {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try {
            PosixAPIHolder.POSIX_API = installed;
            final Path path = directory.resolve("map");
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(LARGE);
                final int descriptor = descriptorOf(path);
                assertEquals(0, PosixCalls.whileMaking(() -> PosixAPI.posix().fallocate(descriptor, 0, 0, LARGE)));
            }
            assertTrue(spaceOf(path) >= LARGE, () -> "bytes=" + spaceOf(path));
        } finally {
            PosixAPIHolder.POSIX_API = before;
        }
    }

    @Test
    void shouldWriteALargeFileIfTheLibraryCannotBeLoaded() throws IOException {
        assertWritten(before(new NoOpPosixAPI("libraries are forbidden here")));
    }

    private void assertWritten(final PosixAPI calls) throws IOException {
        final Path path = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(LARGE);
            assertTrue(spaceOf(path) < LARGE, "there is no hole to begin with");
            assertEquals(0, allocate(calls, descriptorOf(path), LARGE));
        }
        assertTrue(spaceOf(path) >= LARGE, () -> "bytes=" + spaceOf(path));
    }

    @Test
    void shouldGiveALargeFileThatIsThereItsSpaceByTheLibraryAndLeaveWhatStandsInIt() throws IOException {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try {
            PosixAPIHolder.POSIX_API = null;
            final Path path = largeFileWithAHole();
            assertTrue(PosixCalls.allocate(path, LARGE));
            assertTrue(spaceOf(path) >= LARGE, () -> "bytes=" + spaceOf(path));
            assertEquals(1, Files.readAllBytes(path)[(int) LARGE - 1]);
        } finally {
            PosixAPIHolder.POSIX_API = before;
        }
    }

    @Test
    void shouldLeaveAFileThatIsThereToBeWrittenIfTheLibraryRefusesOrIsNotLoaded() throws IOException {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try {
            final Path path = largeFileWithAHole();
            PosixAPIHolder.POSIX_API = before(library(-1, ENOSPC));
            assertFalse(PosixCalls.allocate(path, PosixCalls.MAX_WRITTEN_LENGTH), "so little is written");
            assertEquals(0, loadings.size());
            assertFalse(PosixCalls.allocate(path, LARGE), "refused");
            assertEquals(1, loadings.size());
            assertFalse(PosixCalls.allocate(path, 1), "refused, as it is loaded now");
            assertEquals(2, allocated.size());
            PosixAPIHolder.POSIX_API = before(new NoOpPosixAPI("libraries are forbidden here"));
            assertFalse(PosixCalls.allocate(path, LARGE), "no library");
        } finally {
            PosixAPIHolder.POSIX_API = before;
        }
    }

    private Path largeFileWithAHole() throws IOException {
        final Path path = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(LARGE - 1);
            file.write(1);
        }
        assertTrue(spaceOf(path) < LARGE, "there is no hole to begin with");
        return path;
    }

    @Test
    void shouldNameWhatCannotBeWritten() {
        final UncheckedIOException refusal =
                assertThrows(UncheckedIOException.class, () -> allocate(before(library(0, 0)), -1, 4_096));
        assertEquals("file=/proc/self/fd/-1 length=4096: the disk gives it no room", refusal.getMessage());
    }

    @Test
    void shouldLetANewMapBeWithoutADisk() throws IOException {
        assertEquals(0, PosixCalls.whileMaking(() -> before(library(0, 0)).msync(0, 4_096, MSyncFlag.MS_SYNC)));
        assertEquals(List.of(), loadings);
    }

    @Test
    void shouldLeaveAllElseToTheLibrary() throws IOException {
        final PosixAPI calls = before(library(0, 17));
        assertEquals(17, PosixCalls.whileMaking(calls::lastError));
        assertEquals(17, calls.lastError());
        assertEquals(0, calls.fallocate(7, 0, 0, 4_096));
        assertEquals(List.of("[7, 0, 0, 4096]"), allocated, "a file that is no map of ours");
        final PosixRuntimeException refusal =
                assertThrows(PosixRuntimeException.class, () -> calls.msync(0, 4_096, MSyncFlag.MS_SYNC));
        assertEquals("msync", refusal.getMessage(), "as the library has thrown it");
    }

    private static int allocate(final PosixAPI calls, final int descriptor, final long length) throws IOException {
        return PosixCalls.whileMaking(() -> calls.fallocate(descriptor, 0, 0, length));
    }

    /** Returns the descriptor of an open file of this process. */
    static int descriptorOf(final Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    return Integer.parseInt(descriptor.getFileName().toString());
                }
            }
        }
        throw new AssertionError("file=" + file + " is not open");
    }

    /** Returns the disk space of a file in bytes, as {@code stat} reports it. */
    public static long spaceOf(final Path file) {
        try {
            final Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString())
                    .redirectErrorStream(true)
                    .start();
            final String[] blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a library with a fixed result, which knows only these two calls. */
    private PosixAPI library(final int result, final int error) {
        return (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "fallocate":
                            allocated.add(Arrays.toString(arguments));
                            return result;
                        case "lastError":
                            return error;
                        default:
                            throw new PosixRuntimeException(method.getName());
                    }
                });
    }
}
