package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanMarkLayoutTest {
    private static final String BOOT_ID = "01234567-89ab-cdef-0123-456789abcdef";

    private static final long DIRECTORY_ID = 0x0123_4567_89AB_CDEFL;

    private static final List<StoreFile> FILES =
            List.of(new StoreFile("header", 40_000, StoreFile.CHUNK_LENGTH + 1, new int[] {0x0102_0304, 0x0506_0708}));

    @TempDir
    Path directory;

    @Test
    void shouldBeLaidOutAsDrawn() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(written()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(72 + 8 + 8 + 4 + 6 + 2 * 4, bytes.capacity());
        assertEquals("TOLLCLEA", text(bytes.array(), 0, 8));
        assertEquals(1, bytes.getInt(8), "version");
        assertEquals(4_711, bytes.getLong(16), "applied sequence");
        assertEquals(BOOT_ID, text(bytes.array(), 24, 36), "boot id");
        assertEquals(DIRECTORY_ID, bytes.getLong(64), "identity of the directory");
        assertEquals(40_000, bytes.getLong(72), "length");
        assertEquals(StoreFile.CHUNK_LENGTH + 1, bytes.getLong(80), "used length");
        assertEquals(6, bytes.getInt(88), "length of the name");
        assertEquals("header", text(bytes.array(), 92, 6), "name");
        assertEquals(0x0102_0304, bytes.getInt(98), "CRC-32C of the first chunk");
        assertEquals(0x0506_0708, bytes.getInt(102), "CRC-32C of the second chunk");
    }

    /** What is read of a directory that nobody trusts has its bounds. */
    @Test
    void shouldNotBeWrittenLongerThanItIsRead() {
        final int[] crcs = new int[1 << 21];
        final long length = (long) crcs.length * StoreFile.CHUNK_LENGTH;
        final List<StoreFile> terabyte = IntStream.range(0, 32)
                .mapToObj(i -> new StoreFile("large-" + i + ".map", length, length, crcs))
                .toList();
        final Path file = directory.resolve("clean");
        final CleanMark mark = new CleanMark(4_711, BOOT_ID, DIRECTORY_ID, terabyte);
        final IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> mark.write(new SystemFileAccess(), file));
        assertTrue(refused.getMessage().startsWith("file=" + file + " length="), refused::getMessage);
        assertFalse(Files.exists(file));
    }

    @Test
    void shouldStandUntilItIsRemoved() throws IOException {
        written();
        assertEquals(OptionalLong.of(4_711), StoreDirectory.cleanSequence(directory));
        assertEquals(OptionalLong.of(4_711), StoreDirectory.cleanSequence(directory));
        StoreDirectory.removeCleanMark(new SystemFileAccess(), directory);
        assertEquals(OptionalLong.empty(), StoreDirectory.cleanSequence(directory));
    }

    @Test
    void shouldBeNoMarkWithAnyByteChangedOrMissing() throws IOException {
        final byte[] whole = written();
        final Path file = directory.resolve("clean");
        assertEquals(BOOT_ID, CleanMark.read(file).orElseThrow().bootId());
        for (int i = 0; i < whole.length; i++) {
            final byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            Files.write(file, changed);
            assertFalse(CleanMark.read(file).isPresent(), "byte " + i + " changed");
            Files.write(file, Arrays.copyOf(whole, i));
            assertFalse(CleanMark.read(file).isPresent(), "cut at " + i);
        }
    }

    /** Whoever has made a mark with right checksums has nothing read outside its directory. */
    @ParameterizedTest
    @ValueSource(strings = {"../header", "/etc/hosts", "log/begin", "header\0", "..", "a b"})
    void shouldBeNoMarkThatNamesAnythingButAFileBesideIt(final String name) {
        final Path file = directory.resolve("clean");
        new CleanMark(4_711, BOOT_ID, DIRECTORY_ID, List.of(new StoreFile(name, 0, 0, new int[0])))
                .write(new SystemFileAccess(), file);
        assertFalse(CleanMark.read(file).isPresent());
    }

    /** Whoever checks a store reads each of its files once. */
    @Test
    void shouldBeNoMarkThatNamesAFileTwice() {
        final Path file = directory.resolve("clean");
        new CleanMark(4_711, BOOT_ID, DIRECTORY_ID, List.of(FILES.get(0), FILES.get(0)))
                .write(new SystemFileAccess(), file);
        assertFalse(CleanMark.read(file).isPresent());
    }

    private byte[] written() throws IOException {
        final Path file = directory.resolve("clean");
        new CleanMark(4_711, BOOT_ID, DIRECTORY_ID, FILES).write(new SystemFileAccess(), file);
        return Files.readAllBytes(file);
    }

    private static String text(final byte[] bytes, final int offset, final int length) {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }
}
