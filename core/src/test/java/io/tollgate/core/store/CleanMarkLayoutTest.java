package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanMarkLayoutTest {
    private static final String BOOT_ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    Path directory;

    @Test
    void shouldBeLaidOutAsDrawn() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(written()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(64, bytes.capacity());
        assertEquals("TOLLCLEA", text(bytes.array(), 0, 8));
        assertEquals(1, bytes.getInt(8), "version");
        assertEquals(4_711, bytes.getLong(16), "applied sequence");
        assertEquals(BOOT_ID, text(bytes.array(), 24, 36), "boot id");
    }

    @Test
    void shouldStandUntilItIsRemoved() throws IOException {
        written();
        assertEquals(OptionalLong.of(4_711), ShardStore.cleanSequence(directory));
        assertEquals(OptionalLong.of(4_711), ShardStore.cleanSequence(directory));
        ShardStore.removeCleanMark(directory);
        assertEquals(OptionalLong.empty(), ShardStore.cleanSequence(directory));
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

    private byte[] written() throws IOException {
        final Path file = directory.resolve("clean");
        new CleanMark(4_711, BOOT_ID).write(file);
        return Files.readAllBytes(file);
    }

    private static String text(final byte[] bytes, final int offset, final int length) {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }
}
