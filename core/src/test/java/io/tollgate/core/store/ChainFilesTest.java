package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainFilesTest {
    /** No map that is made is refused for its length. */
    @Test
    void shouldHaveRoomForTheLongestMap() {
        JvmAccess.requireOpen();
        long longest = length(new NameShape());
        longest = Math.max(longest, length(new RecordShape(SeriesRecordDescriptor.LENGTH)));
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            longest = Math.max(longest, length(new RecordShape(BlockDescriptor.length(i))));
        }
        assertTrue(longest > 1L << 32 && longest < ChainFiles.MAX_MAP_LENGTH, "longest=" + longest);
    }

    private static long length(final MapShape<?> shape) {
        return MapDescription.of(shape.builder(MapChain.MAX_MAP_ENTRIES)).mapLength();
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
