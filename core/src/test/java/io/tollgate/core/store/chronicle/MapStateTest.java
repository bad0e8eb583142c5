package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.openhft.chronicle.bytes.BytesStore;
import org.junit.jupiter.api.Test;

class MapStateTest {
    private final byte[] memory = new byte[41];
    private final MapState state = new MapState();

    MapStateTest() {
        JvmAccess.requireOpen();
        Arrays.fill(memory, (byte) 0x55);
        state.bytesStore(BytesStore.wrap(memory), 8, 25);
    }

    @Test
    void shouldLieAsDrawnAndTouchNothingElse() {
        state.setAllocatedExtraTierBulks(0xa1b2c3);
        state.setFirstFreeTierIndex(0xf1e2d3c4b5L);
        state.setExtraTiersInUse(0x1112131415L);
        state.setSegmentHeadersOffset(0xf0010203L);
        state.setDataStoreSize(0x0102030405060708L);
        final ByteBuffer expected = ByteBuffer.allocate(41).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(0x5555555555555555L);
        expected.put(new byte[] {(byte) 0xc3, (byte) 0xb2, (byte) 0xa1});
        expected.put(new byte[] {(byte) 0xb5, (byte) 0xc4, (byte) 0xd3, (byte) 0xe2, (byte) 0xf1});
        expected.put(new byte[] {0x15, 0x14, 0x13, 0x12, 0x11});
        expected.putInt(0xf0010203).putLong(0x0102030405060708L).putLong(0x5555555555555555L);
        assertArrayEquals(expected.array(), memory);
        assertEquals(0xa1b2c3, state.getAllocatedExtraTierBulks());
        assertEquals(0xf1e2d3c4b5L, state.getFirstFreeTierIndex());
        assertEquals(0x1112131415L, state.getExtraTiersInUse());
        assertEquals(0xf0010203L, state.getSegmentHeadersOffset());
        assertEquals(0x0102030405060709L, state.addDataStoreSize(1));
        assertEquals(0x0102030405060709L, state.getDataStoreSize());
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> state.setAllocatedExtraTierBulks(1 << 24));
        assertThrows(IllegalArgumentException.class, () -> state.setFirstFreeTierIndex(1L << 40));
        assertThrows(IllegalArgumentException.class, () -> state.setExtraTiersInUse(-1));
        assertThrows(IllegalArgumentException.class, () -> state.setSegmentHeadersOffset(1L << 32));
        assertEquals(
                "dataStoreSize=-1, expected 0..9223372036854775807",
                assertThrows(IllegalArgumentException.class, () -> state.setDataStoreSize(-1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> state.bytesStore(BytesStore.wrap(memory), 0, 24));
    }
}
