package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps whose description is right, and what is behind it forged. */
class MapTierTest {
    private static final int NAMES = 20;

    @TempDir
    private Path directory;

    private int segment;
    private int table;
    private int tableLength;
    private int keyBits;
    private int counters;
    private int free;
    private int chunks;

    private void make() {
        try (NameMap names = NameMap.persisted(new SystemFileAccess(), directory, "names", NAMES)) {
            for (int i = 0; i < NAMES; i++) {
                names.put("name." + i, i);
            }
        }
        try (VanillaChronicleMap<?, ?, ?> map = new FileBacking(
                        new SystemFileAccess(), new ChainFiles(directory, "names"))
                .reopen(0, new NameShape(), NAMES)) {
            segment = (int) (map.segmentHeaderAddress(0) - map.bsAddress());
            table = (int) (map.tierIndexToBaseAddr(1) - map.bsAddress());
            tableLength = (int) (map.tierHashLookupCapacity * map.tierHashLookupSlotSize);
            keyBits = map.tierHashLookupKeyBits;
            counters = table + (int) map.tierHashLookupOuterSize;
            free = counters + 64;
            chunks = (int) MapTier.chunksOffset(map);
            assertEquals(4, map.tierHashLookupSlotSize, "as this test counts");
            assertEquals(80, map.actualChunksPerSegmentTier);
        }
    }

    private String refusalOf(final Consumer<UnsafeBuffer> forgery) throws IOException {
        final Path file = directory.resolve("names-0.map");
        final byte[] bytes = Files.readAllBytes(file);
        forgery.accept(new UnsafeBuffer(bytes));
        Files.write(file, bytes);
        return assertThrows(
                        IllegalStateException.class,
                        () -> NameMap.persisted(new SystemFileAccess(), directory, "names", NAMES))
                .getMessage();
    }

    @Test
    void shouldOpenWhatNobodyChanged() {
        make();
        try (NameMap names = NameMap.persisted(new SystemFileAccess(), directory, "names", NAMES)) {
            assertEquals(NAMES, names.size());
            assertEquals(7, names.find("name.7"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "segment, 8, 21, segment.entries, 20",
        "segment, 8, -1, segment.entries, 20",
        "segment, 12, 81, lowestFreeChunk, 0..80",
        "segment, 12, -1, lowestFreeChunk, 0..80",
        "segment, 16, 1, nextTier, 0",
        "counters, 0, 2, tier.nextTier, 0",
        "counters, 8, 1, tier.previousTier, 0",
        "counters, 16, 81, tier.lowestFreeChunk, 0..80",
        "counters, 24, 1, tier.place, 0",
    })
    void shouldRefuseACounterThatLeadsOutOfTheMap(
            final String place, final int offset, final int value, final String field, final String expected)
            throws IOException {
        make();
        final String message =
                refusalOf(map -> map.putInt((place.equals("segment") ? segment : counters) + offset, value));
        assertEquals("map=names-0: found " + field + '=' + value + ", expected " + expected + "; restore it", message);
    }

    @Test
    void shouldRefuseMoreChunksInUseThanThereAre() throws IOException {
        make();
        final String message = refusalOf(map -> map.setMemory(free, 16, (byte) -1));
        assertEquals("map=names-0: found usedChunks=128, expected 0..80; restore it", message);
    }

    @Test
    void shouldRefuseAnEntryBehindTheLastChunk() throws IOException {
        make();
        final String message = refusalOf(map -> {
            final int slot = firstSlot(map);
            map.putInt(slot, map.getInt(slot) | 127 << keyBits);
        });
        assertTrue(message.matches("map=names-0: found chunk=\\d+, expected 0..79; restore it"), message);
    }

    /** A search for a key that is not there would not end. */
    @Test
    void shouldRefuseATableWithoutAnEnd() throws IOException {
        make();
        final int slots = tableLength / Integer.BYTES;
        final String message = refusalOf(map -> {
            final int some = map.getInt(firstSlot(map));
            for (int offset = 0; offset < tableLength; offset += Integer.BYTES) {
                map.putInt(table + offset, some);
            }
            map.putInt(segment + 8, slots);
        });
        assertEquals("map=names-0: found entries=64, expected 0..51; restore it", message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-127, 1", "-128, 2", "-1, 127", "-128, -1"})
    void shouldRefuseAKeyOfNoLength(final byte first, final byte second) throws IOException {
        make();
        final String message = refusalOf(map -> {
            map.putByte(chunks, first);
            map.putByte(chunks + 1, second);
        });
        assertEquals("map=names-0: found entryChunks=" + Integer.MAX_VALUE + ", expected 1..80; restore it", message);
    }

    @Test
    void shouldRefuseAKeyThatEndsBehindTheLastChunk() throws IOException {
        make();
        final String message = refusalOf(map -> {
            final int slot = firstSlot(map);
            map.putInt(slot, map.getInt(slot) & (1 << keyBits) - 1 | 79 << keyBits);
            map.putByte(chunks + 79 * 16, (byte) 100);
        });
        assertEquals("map=names-0: found entryChunks=7, expected 1; restore it", message);
    }

    private int firstSlot(final UnsafeBuffer map) {
        int slot = table;
        while (map.getInt(slot) == 0) {
            slot += Integer.BYTES;
        }
        return slot;
    }
}
