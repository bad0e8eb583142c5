package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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

/** The header of a data directory is laid out as drawn, and holds a directory to the shards that it was made with. */
class DirectoryHeaderTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("tollgate.header");
    }

    @Test
    void shouldBeLaidOutAsDrawn() throws IOException {
        DirectoryHeader.require(new SystemFileAccess(), directory, 5);
        final byte[] bytes = Files.readAllBytes(file());
        assertEquals(64, bytes.length);
        assertEquals("TOLLDATA", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1, header.getInt(8));
        assertEquals(5, header.getInt(16));
        assertEquals("00".repeat(44), HexFormat.of().formatHex(bytes, 20, 64));
    }

    @Test
    void shouldHoldADirectoryToItsCount() {
        DirectoryHeader.require(new SystemFileAccess(), directory, 2);
        assertDoesNotThrow(() -> DirectoryHeader.require(new SystemFileAccess(), directory, 2));
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryHeader.require(new SystemFileAccess(), directory, 3));
        assertTrue(refusal.getMessage().contains("shardCount=3, expected 2"), refusal.getMessage());
    }

    @Test
    void shouldTakeAnOlderDirectoryForOneOfASingleShard() throws IOException {
        Files.createDirectories(directory.resolve("shard-0"));
        assertThrows(IllegalStateException.class, () -> DirectoryHeader.require(new SystemFileAccess(), directory, 2));
        DirectoryHeader.require(new SystemFileAccess(), directory, 1);
        assertTrue(Files.exists(file()));
    }

    @Test
    void shouldRefuseSeveralShardsWithoutAHeader() throws IOException {
        Files.createDirectories(directory.resolve("shard-1"));
        for (final int count : new int[] {1, 2}) {
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> DirectoryHeader.require(new SystemFileAccess(), directory, count));
            assertTrue(refusal.getMessage().contains("is missing beside several shards"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, damaged", "8, damaged", "16, damaged", "63, damaged"})
    void shouldRefuseADamagedHeader(final int offset, final String expected) throws IOException {
        DirectoryHeader.require(new SystemFileAccess(), directory, 2);
        final byte[] bytes = Files.readAllBytes(file());
        bytes[offset] ^= 1;
        Files.write(file(), bytes);
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> DirectoryHeader.require(new SystemFileAccess(), directory, 2));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "tariff.US.CN, 1, 0",
        "tariff.US.CN, 2, 1",
        "tariff.US.CN, 5, 3",
        "licences.UK, 2, 0",
        "licences.UK, 5, 0"
    })
    void shouldPlaceAKeyForGood(final String key, final int count, final int shard) {
        assertEquals(shard, ShardPlace.indexOf(key, count));
    }

    @Test
    void shouldSpreadKeysEvenly() {
        final int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[ShardPlace.indexOf("tariff.US.CN." + (85_000_000 + i), counts.length)]++;
        }
        for (final int count : counts) {
            assertTrue(count > 9_000 && count < 11_000, () -> "count=" + count);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 3", "64, 6"})
    void shouldNameAShardInAsManyBitsAsItTakes(final int count, final int bits) {
        assertEquals(bits, ShardPlace.bits(count));
        final ShardPlace last = new ShardPlace(count - 1, count);
        assertEquals((1_000L << bits) + count - 1, last.number(1_000));
    }
}
