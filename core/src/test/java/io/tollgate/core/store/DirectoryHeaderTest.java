package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header of a data directory is laid out as drawn, and what is damaged of it is refused. */
class DirectoryHeaderTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("tollgate.header");
    }

    @Test
    void shouldBeLaidOutAsDrawn() throws IOException {
        DirectoryHeader.require(new SystemFileAccess(), directory, 1);
        final byte[] bytes = Files.readAllBytes(file());
        assertEquals(64, bytes.length);
        assertEquals("TOLLDATA", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1, header.getInt(8));
        assertEquals(1, header.getInt(16));
        assertEquals("00".repeat(44), HexFormat.of().formatHex(bytes, 20, 64));
    }

    @ParameterizedTest
    @CsvSource({"0, damaged", "8, damaged", "16, damaged", "63, damaged"})
    void shouldRefuseADamagedHeader(final int offset, final String expected) throws IOException {
        DirectoryHeader.require(new SystemFileAccess(), directory, 1);
        final byte[] bytes = Files.readAllBytes(file());
        bytes[offset] ^= 1;
        Files.write(file(), bytes);
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryHeader.require(new SystemFileAccess(), directory, 1));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }
}
