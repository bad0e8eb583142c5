package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.EngineContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTextTest {
    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    @Test
    void shouldBeWhatChronicleWritesForEachMapOfAnEngine() {
        final List<MapShape<?>> shapes =
                new ArrayList<>(List.of(new NameShape(), new RecordShape(SeriesRecordDescriptor.LENGTH)));
        for (int i = 0; i < BlockDescriptor.SIZE_CLASS_COUNT; i++) {
            shapes.add(new RecordShape(BlockDescriptor.length(i)));
        }
        for (final MapShape<?> shape : shapes) {
            for (long entries = new EngineContext().firstMapEntries();
                    entries <= MapChain.MAX_MAP_ENTRIES;
                    entries *= 2) {
                assertAsChronicleSays(shape, entries);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "64, 10", "192, 4000", "4928, 7", "8192, 2", "16384, 50", "0, 1", "0, 10", "0, 99999"})
    void shouldBeWhatChronicleWritesForAnyShape(final int valueLength, final long entries) {
        assertAsChronicleSays(valueLength == 0 ? new NameShape() : new RecordShape(valueLength), entries);
    }

    /** All that a file begins with. */
    private static void assertAsChronicleSays(final MapShape<?> shape, final long entries) {
        final MapDescription ours = MapDescription.of(CheckedMap.of(shape.builder(entries)));
        final MapDescription chronicles = MapDescription.of(shape.builder(entries));
        assertEquals(text(chronicles), text(ours));
        assertEquals(chronicles.start(), ours.start());
        assertEquals(chronicles.mapLength(), ours.mapLength());
    }

    private static String text(final MapDescription description) {
        return StandardCharsets.ISO_8859_1.decode(description.start()).toString();
    }
}
