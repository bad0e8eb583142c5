package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.HoleFiller;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.PosixCallsTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PreallocationTest {
    private static final int LENGTH = (1 << 20) + 77;

    @TempDir
    private Path directory;

    @Test
    void shouldFillHolesAndKeepTheDataBetweenThem() throws IOException {
        final Path path = fileWithHoles();
        final byte[] before = Files.readAllBytes(path);
        Preallocation.give(new SystemFileAccess(), path);
        assertTrue(PosixCallsTest.spaceOf(path) >= LENGTH, () -> "bytes=" + PosixCallsTest.spaceOf(path));
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    void shouldFillTheHoleThatAPositionLiesIn() throws IOException {
        final Path path = fileWithHoles();
        final long before = PosixCallsTest.spaceOf(path);
        try (DataFile file = new SystemFileAccess().openForWrite(path)) {
            HoleFiller.give(file, LENGTH - 40_000);
        }
        final long given = PosixCallsTest.spaceOf(path) - before;
        assertTrue(given >= 36_000 && given <= 60_000, () -> "bytes=" + given);
    }

    @Test
    void shouldContinueOnAThreadThatIsInterrupted() throws IOException {
        final Path path = fileWithHoles();
        Thread.currentThread().interrupt();
        Preallocation.give(new SystemFileAccess(), path);
        assertTrue(Thread.interrupted());
        assertTrue(PosixCallsTest.spaceOf(path) >= LENGTH, () -> "bytes=" + PosixCallsTest.spaceOf(path));
    }

    @Test
    void shouldNameAFileThatHasNoSpace() {
        final Path none = directory.resolve("none");
        final UncheckedIOException refusal =
                assertThrows(UncheckedIOException.class, () -> Preallocation.give(new SystemFileAccess(), none));
        assertEquals(
                "file=" + none + ": the disk gives it no room, which what was copied with holes may lack; free space"
                        + " on the disk, then open it again",
                refusal.getMessage());
    }

    /** Returns a file with data between two holes. */
    private Path fileWithHoles() throws IOException {
        final Path path = directory.resolve("holes");
        final byte[] bytes = new byte[10_000];
        new Random(5).nextBytes(bytes);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(LENGTH / 2);
            file.write(bytes);
            file.setLength(LENGTH);
        }
        assertTrue(PosixCallsTest.spaceOf(path) < LENGTH / 2, "there is no hole to begin with");
        return path;
    }
}
