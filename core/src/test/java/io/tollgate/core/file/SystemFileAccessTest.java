package io.tollgate.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemFileAccessTest {
    private static final int LENGTH = 3 << 20;

    @TempDir
    private Path directory;

    private final SystemFileAccess files = new SystemFileAccess();

    /** A force writes half a MiB at a time, as long as there is time. */
    @ParameterizedTest
    @CsvSource({"100, 6", "2, 3", "0, 1"})
    void shouldForceAFilePieceByPieceWhileThereIsTime(final int rests, final int asked) throws IOException {
        final Path path = directory.resolve("file");
        final byte[] content = new byte[LENGTH];
        Arrays.fill(content, (byte) 7);
        final DataFile file = files.create(path);
        Zeros.write(file, 0, LENGTH);
        final MappedByteBuffer mapping = file.map(LENGTH);
        mapping.put(content);

        final AtomicInteger count = new AtomicInteger();
        file.forceAndClose(() -> count.incrementAndGet() <= rests);

        assertEquals(asked, count.get());
        assertArrayEquals(content, Files.readAllBytes(path));
    }

    /** Another program may need the target. */
    @Test
    void shouldOpenNoLinkToBeWritten() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "needed");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        for (final Path none : List.of(link, directory)) {
            final String refusal = assertThrows(IOException.class, () -> files.openForWrite(none))
                    .getMessage();
            assertEquals("file=" + none + ": found a link, or no file, expected a file of its own", refusal);
        }
        files.openForWrite(file).close();
        assertThrows(NoSuchFileException.class, () -> files.openForWrite(directory.resolve("none")));
        assertEquals("needed", Files.readString(file));
    }

    @Test
    void shouldForceAFileAtOnceWhoseNameHasGone() throws IOException {
        final Path path = directory.resolve("file");
        final DataFile file = files.create(path);
        Zeros.write(file, 0, LENGTH);
        Files.delete(path);
        final AtomicInteger count = new AtomicInteger();
        file.forceAndClose(() -> count.incrementAndGet() > 0);
        assertEquals(1, count.get());
    }
}
