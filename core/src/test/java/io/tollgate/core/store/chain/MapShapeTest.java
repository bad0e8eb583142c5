package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.MapState;
import io.tollgate.core.store.chronicle.MemoryValue;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.map.VanillaChronicleMap;
import net.openhft.chronicle.values.Values;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each test covers a defect of Chronicle Map that the configuration avoids. */
class MapShapeTest {
    /** The length of an area that is an entry of its own. */
    private static final int LENGTH = 1 << 16;

    private static final int VALUE_LENGTH = LENGTH + 56;

    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    private static VanillaChronicleMap<LongKey, MemoryValue, ?> map(final long entries) {
        return new AnonymousBacking("records").make(0, new RecordShape(LENGTH).builder(entries));
    }

    @Test
    void shouldKeepNoChecksumsAndAlignAtEightBytes() {
        try (VanillaChronicleMap<?, ?, ?> map = map(100)) {
            assertFalse(map.checksumEntries);
            assertEquals(8, map.alignment);
            assertEquals(Long.BYTES + VALUE_LENGTH, map.chunkSize);
        }
    }

    @Test
    void shouldNotCloseAMapUnderARunningWriterWhenTheJvmExits() {
        try (VanillaChronicleMap<?, ?, ?> map = map(100)) {
            assertTrue(Jvm.<Boolean>getValue(map, "skipCloseOnExitHook"));
        }
    }

    @Test
    void shouldHoldExactlyItsEntriesInOneSegmentAndOneTier() {
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map = map(1_000)) {
            assertEquals(1, map.segments());
            final MemoryValue value = new MemoryValue(VALUE_LENGTH);
            for (int i = 0; i < 1_000; i++) {
                map.acquireUsing(new LongKey().number(i), value);
                final long offset = value.address() - map.bsAddress();
                assertTrue(offset > 0 && offset <= map.sizeInBytesWithoutTiers() - LENGTH, "offset=" + offset);
            }
            assertFalse(map.hasExtraTierBulks());
            assertThrows(IllegalStateException.class, () -> map.acquireUsing(new LongKey().number(1_000), value));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 64", "192, 64", "576, 64", "1088, 32", "4928, 8", "32768, 2", "32776, 1", "65536, 1", "100000, 1"})
    void shouldHaveAsManyAreasInAnEntryAs64KibibytesHoldUpTo64(final int valueLength, final int expected) {
        final RecordShape shape = new RecordShape(valueLength);
        assertEquals(expected, shape.areasPerEntry());
        assertEquals(expected * valueLength + 56, shape.entryLength());
        final long areas = shape.wholeEntries(2L * expected + 1);
        assertEquals(3L * expected, areas);
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map =
                new AnonymousBacking("records").make(0, shape.builder(areas))) {
            assertEquals(3, map.actualChunksPerSegmentTier);
        }
    }

    @Test
    void shouldNotHaveChronicleCompileAClass() {
        map(1).close();
        assertEquals(MapState.class, Values.nativeClassFor(VanillaGlobalMutableState.class));
    }

    @Test
    void shouldReadAKeyBackFromItsEntry() {
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map = map(10)) {
            map.acquireUsing(new LongKey().number(Long.MIN_VALUE + 3), new MemoryValue(VALUE_LENGTH));
            map.forEachEntry(
                    entry -> assertEquals(Long.MIN_VALUE + 3, entry.key().get().number()));
            assertEquals(1, map.longSize());
        }
    }

    @Test
    void shouldKeepEveryKeyWhenValuesArePutAgain() {
        final int count = 500;
        final MemoryValue value = new MemoryValue(VALUE_LENGTH);
        value.bytesStore(BytesStore.wrap(new byte[VALUE_LENGTH]), 0, VALUE_LENGTH);
        final var builder = new RecordShape(LENGTH).builder(count);
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map = new AnonymousBacking("records").make(0, builder)) {
            for (int i = 0; i < count; i++) {
                map.put(new LongKey().number(i), value);
            }
            for (int i = count - 1; i >= 0; i--) {
                map.put(new LongKey().number(i), value);
            }
            assertEquals(count, map.longSize());
            for (int i = 0; i < count; i++) {
                assertTrue(map.containsKey(new LongKey().number(i)), "number=" + i);
            }
        }
    }
}
