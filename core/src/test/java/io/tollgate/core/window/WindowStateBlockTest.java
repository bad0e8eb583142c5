package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.BlockDescriptor;
import io.tollgate.core.store.ShardStore;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowStateBlockTest {
    private final ShardStore store = ShardStore.anonymous(8);
    private final WindowStateBlock states = new WindowStateBlock(store.blocks());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldTakeABlockThatHasRoomForAllStates() {
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(1));
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(6));
        assertEquals(BlockDescriptor.LARGE, WindowStateDescriptor.sizeClass(7));
        assertTrue(WindowStateDescriptor.stateOffset(28) <= BlockDescriptor.LARGE_LENGTH);
    }

    @Test
    void shouldFindTheStateOfALength() {
        for (final int count : new int[] {6, 28}) {
            assertTrue(states.wrap(allocate(count, BlockDescriptor.TYPE_WINDOW_STATES)));
            states.count(count);
            for (int i = 0; i < count; i++) {
                states.lengthNs(i, 100 + i);
            }
            assertEquals(count, states.count());
            for (int i = 0; i < count; i++) {
                assertEquals(i, states.find(100 + i));
            }
            assertEquals(-1, states.find(99));
        }
    }

    @Test
    void shouldHoldNoMoreStatesThanTheBlockHasRoomFor() {
        assertTrue(states.wrap(allocate(1, BlockDescriptor.TYPE_WINDOW_STATES)));
        states.count(6);
        assertEquals(6, states.count());
        tear(7);
        assertEquals(6, states.count());
        tear(-1);
        assertEquals(0, states.count());
    }

    @Test
    void shouldKeepNoTraceOfTheStatesOfAnotherSeries() {
        final long block = allocate(2, BlockDescriptor.TYPE_WINDOW_STATES);
        assertTrue(states.wrap(block));
        states.count(2);
        for (int i = 0; i < 2; i++) {
            states.lengthNs(i, 5);
            states.tail(i, 6, 7);
            states.evictTime(i, 8);
        }
        states.count(2);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, states.lengthNs(i));
            assertEquals(0, states.tailBlock(i));
            assertEquals(0, states.tailIndex(i));
            assertEquals(0, states.evictTime(i));
        }
    }

    @Test
    void shouldRefuseWhatIsNoBlockOfStates() {
        assertFalse(states.wrap(BlockDescriptor.NO_BLOCK));
        assertFalse(states.wrap(allocate(1, BlockDescriptor.TYPE_POINTS)));
        assertFalse(states.wrap(store.blocks().allocate(BlockDescriptor.SMALL, BlockDescriptor.TYPE_WINDOW_STATES, 0)));
    }

    private long allocate(final int count, final byte type) {
        return store.blocks().allocate(WindowStateDescriptor.sizeClass(count), type, 0);
    }

    /** Writes another count, as a torn read may find it. */
    private void tear(final int count) {
        final long block = allocate(1, BlockDescriptor.TYPE_WINDOW_STATES);
        new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.HEADER_LENGTH)
                .putInt(BlockDescriptor.COUNT_OFFSET, count);
        assertTrue(states.wrap(block));
    }
}
