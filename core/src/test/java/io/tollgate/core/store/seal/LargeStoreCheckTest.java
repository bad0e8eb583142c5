package io.tollgate.core.store.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.memory.StoreDamage;
import io.tollgate.core.store.memory.StoreFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that several threads check. All files are holes, which read as zeros. */
class LargeStoreCheckTest {
    private static final int FILES = 9;
    private static final long LENGTH = 1L << 24;
    private static final long USED_LENGTH = LENGTH - (1 << 20);

    @TempDir
    private Path directory;

    private final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void close() throws IOException {
        final List<StoreFile> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            try (RandomAccessFile file = new RandomAccessFile(path(i).toFile(), "rw")) {
                file.setLength(LENGTH);
            }
            files.add(
                    new StoreFile(path(i).getFileName().toString(), LENGTH, USED_LENGTH, new int[0]).sealed(directory));
        }
        new StoreSeal(7, 1, files).write(new SystemFileAccess(), directory);
    }

    private StoreFile sealed(final Path file, final long usedLength) throws IOException {
        return new StoreFile(file.getFileName().toString(), LENGTH, usedLength, new int[0]).sealed(directory);
    }

    private Thread thread(final Runnable runnable) {
        final Thread thread = new Thread(runnable);
        threads.add(thread);
        return thread;
    }

    private Path path(final int index) {
        return directory.resolve("series-" + index + ".map");
    }

    @Test
    void shouldFindNoDamageInAnIntactDirectory() {
        assertEquals(List.of(), StoreCheck.used(directory));
        assertEquals(List.of(), StoreCheck.used(directory, this::thread));
        assertEquals(
                Math.min(Runtime.getRuntime().availableProcessors(), 4) - 1,
                threads.size(),
                "beside that of the caller");
    }

    @Test
    void shouldMakeNoThreadForASmallStore() throws IOException {
        final Path file = path(0);
        new StoreSeal(7, 1, List.of(sealed(file, LENGTH))).write(new SystemFileAccess(), directory);
        assertEquals(List.of(), StoreCheck.used(directory, this::thread));
        assertEquals(List.of(), threads);
    }

    /** The order of the damages is that of the files, whichever thread finds them. */
    @Test
    void shouldFindAllDamage() throws IOException {
        final List<StoreDamage> expected = new ArrayList<>();
        for (int i = 0; i < FILES; i += 2) {
            final long position = (long) i * 1_000_003;
            write(path(i), position);
            expected.add(new StoreDamage(
                    path(i),
                    position / StoreFile.CHUNK_LENGTH * StoreFile.CHUNK_LENGTH,
                    "bytes with another crc32c",
                    "the crc32c of the seal"));
        }
        Files.delete(path(3));
        expected.add(2, new StoreDamage(path(3), 0, "no file", "length=" + LENGTH));
        write(path(5), USED_LENGTH);
        assertEquals(expected, StoreCheck.used(directory, this::thread));
        assertEquals(expected, StoreCheck.used(directory));
    }

    private static void write(final Path file, final long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), position);
        }
    }
}
