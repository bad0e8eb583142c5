package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.map.VanillaChronicleMap;
import net.openhft.chronicle.values.Values;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test stands for a fault of Chronicle Map that the configuration avoids. */
class MapShapeTest {
    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    private static VanillaChronicleMap<LongKey, MemoryValue, ?> map(final long entries) {
        return new AnonymousBacking("records").openMap(0, new RecordShape(64).builder(entries));
    }

    @Test
    void shouldKeepNoChecksumsAndAlignAtEightBytes() {
        try (VanillaChronicleMap<?, ?, ?> map = map(100)) {
            assertFalse(map.checksumEntries);
            assertEquals(8, map.alignment);
            assertEquals(72, map.chunkSize);
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
            final MemoryValue value = new MemoryValue(64);
            for (int i = 0; i < 1_000; i++) {
                map.acquireUsing(new LongKey().number(i), value);
                final long offset = value.address() - map.bsAddress();
                assertTrue(offset > 0 && offset <= map.sizeInBytesWithoutTiers() - 64, "offset=" + offset);
            }
            assertFalse(map.hasExtraTierBulks());
            assertThrows(IllegalStateException.class, () -> map.acquireUsing(new LongKey().number(1_000), value));
        }
    }

    @Test
    void shouldNotHaveChronicleCompileAClass() {
        assertEquals(MapState.class, Values.nativeClassFor(VanillaGlobalMutableState.class));
    }

    @Test
    void shouldReadAKeyBackFromItsEntry() {
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map = map(10)) {
            map.acquireUsing(new LongKey().number(Long.MIN_VALUE + 3), new MemoryValue(64));
            map.forEachEntry(
                    entry -> assertEquals(Long.MIN_VALUE + 3, entry.key().get().number()));
            assertEquals(1, map.longSize());
        }
    }

    @Test
    void shouldKeepEveryKeyWhenValuesArePutAgain() {
        final int count = 2_000;
        final MemoryValue value = new MemoryValue(256);
        value.bytesStore(BytesStore.wrap(new byte[256]), 0, 256);
        final var builder = new RecordShape(256).builder(count);
        try (VanillaChronicleMap<LongKey, MemoryValue, ?> map = new AnonymousBacking("records").openMap(0, builder)) {
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
