package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.MSyncFlag;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;
import org.agrona.BufferUtil;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxCallsTest {
    private static final int MADV_RANDOM = 1;
    private static final int PAGE_LENGTH = 1 << 16;
    private static final long LARGE = 5L << 30;

    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private final PosixAPI calls = LinuxCalls.before(() -> {
        asked.add("loaded");
        return library();
    });

    /** Offsets beyond 32 bits would show a wrong declaration of the call. Not every file system supports it. */
    @Test
    void shouldGiveAFileItsSpace() throws IOException {
        final Path path = directory.resolve("file");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(LARGE);
            assertTrue(PosixCallsTest.spaceOf(path) < PAGE_LENGTH, "there is no hole to begin with");
            assertEquals(
                    0, calls.fallocate(PosixCallsTest.descriptorOf(path), 0, LARGE - PAGE_LENGTH, 2L * PAGE_LENGTH));
            assertEquals(LARGE + PAGE_LENGTH, file.length());
        }
        final long room = PosixCallsTest.spaceOf(path);
        assertTrue(room >= 2L * PAGE_LENGTH && room < 4L * PAGE_LENGTH, () -> "bytes=" + room);
        assertEquals(List.of(), asked);
    }

    @Test
    void shouldAskTheLibraryIfAFileIsRefused() {
        assertEquals(7, calls.fallocate(-1, 0, 0, PAGE_LENGTH));
        assertEquals(7, calls.fallocate(-1, 0, 0, PAGE_LENGTH));
        assertEquals(
                List.of(
                        "loaded",
                        "fallocate[-1, 0, 0, " + PAGE_LENGTH + "]",
                        "fallocate[-1, 0, 0, " + PAGE_LENGTH + "]"),
                asked);
    }

    /** The write to the disk reports the same failure again. */
    @Test
    void shouldSayThatAFileIsRefusedIfTheLibraryCannotBeLoaded() {
        for (final Throwable failure : new Throwable[] {new NoClassDefFoundError(), new IllegalStateException()}) {
            final PosixAPI alone = LinuxCalls.before(() -> {
                asked.add(failure.getClass().getSimpleName());
                LangUtil.rethrowUnchecked(failure);
                return library();
            });
            assertEquals(-1, alone.fallocate(-1, 0, 0, PAGE_LENGTH));
        }
        assertEquals(List.of("NoClassDefFoundError", "IllegalStateException"), asked);
    }

    @Test
    void shouldAdviseOnAMapping() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("file").toFile(), "rw")) {
            final MappedByteBuffer mapping = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, PAGE_LENGTH);
            final long address = BufferUtil.address(mapping);
            assertEquals(0, calls.madvise(address, PAGE_LENGTH, MADV_RANDOM));
            assertEquals(-1, calls.madvise(address + 1, PAGE_LENGTH, MADV_RANDOM), "that is no page");
            BufferUtil.free(mapping);
        }
        assertEquals(List.of(), asked, "an advice that is not taken is not given again");
    }

    @Test
    void shouldLeaveAllElseToTheLibrary() {
        assertThrows(PosixRuntimeException.class, () -> calls.madvise(0, PAGE_LENGTH, MAdviseFlag.MADV_RANDOM));
        assertEquals(
                List.of("loaded", "madvise[0, " + PAGE_LENGTH + ", MADV_RANDOM]"), asked, "not called as the other");
        asked.clear();
        final PosixRuntimeException refusal =
                assertThrows(PosixRuntimeException.class, () -> calls.msync(0, PAGE_LENGTH, MSyncFlag.MS_SYNC));
        assertEquals("msync", refusal.getMessage(), "as the library has thrown it");
        assertEquals(List.of("msync[0, " + PAGE_LENGTH + ", MS_SYNC]"), asked);
    }

    private PosixAPI library() {
        return (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName() + Arrays.toString(arguments));
                    if (method.getName().equals("fallocate")) {
                        return 7;
                    }
                    throw new PosixRuntimeException(method.getName());
                });
    }
}
