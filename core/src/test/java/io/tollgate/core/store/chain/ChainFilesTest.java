package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.chronicle.CheckedMap;
import io.tollgate.core.store.chronicle.JvmAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainFilesTest {
    /** The length check refuses no map that the store makes. */
    @Test
    void shouldHaveSpaceForTheLongestMap(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("description");
        Files.write(
                file,
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(8, 2_048)
                        .array());
        JvmAccess.requireOpen();
        long longest = length(file, new NameShape());
        longest = Math.max(longest, length(file, new RecordShape(SeriesRecordDescriptor.LENGTH)));
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            longest = Math.max(longest, length(file, new RecordShape(BlockDescriptor.length(i))));
        }
        assertTrue(longest > 1L << 32 && longest < ChainFiles.MAX_MAP_LENGTH, "longest=" + longest);
    }

    private static long length(final Path file, final MapShape<?> shape) throws IOException {
        return CheckedMap.of(shape.builder(MapChain.MAX_MAP_ENTRIES), file).sizeInBytesWithoutTiers();
    }

    @ParameterizedTest
    @CsvSource({
        "names-0.map, 34359738368, true",
        "names-0.map, 34359738369, false",
        "names-0.numbers, 2147483647, true",
        "names-0.numbers, 2147483648, false",
        "subscriptions, 2147483648, true",
        "subscriptions, 34359738369, false",
        "header, 2147483648, false",
        "header, -1, false"
    })
    void shouldSayWhatLengthAFileCanHave(final String name, final long length, final boolean isPossible) {
        assertEquals(isPossible, ChainFiles.isPossible(name, length));
    }
}
