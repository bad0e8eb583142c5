package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WindowStateBlockTest {
    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(8);

    private final WindowStateBlock states = new WindowStateBlock(store.blocks());

    @Test
    void shouldTakeABlockThatHasRoomForAllStates() {
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(1));
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(6));
        assertEquals(BlockDescriptor.LARGE, WindowStateDescriptor.sizeClass(7));
    }

    @Test
    void shouldKeepAsManyCopiesAsTheBlockHasRoomFor() {
        final int[] counts = new int[29];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = WindowStateDescriptor.copyCount(i);
            final int end = WindowStateDescriptor.STATES_OFFSET + i * WindowStateDescriptor.stateLength(counts[i]);
            assertTrue(end <= BlockDescriptor.length(WindowStateDescriptor.sizeClass(i)), "windows=" + i);
        }
        assertArrayEquals(
                new int[] {8, 8, 8, 8, 4, 2, 0, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 4, 2, 2, 2, 2, 0, 0, 0},
                counts);
    }

    @Test
    void shouldLayOutStatesAsDrawn() {
        final long block = allocate(2, BlockDescriptor.TYPE_WINDOW_STATES);
        assertTrue(states.wrap(block));
        states.count(2);
        states.frontier(41, 6, 1_234);
        states.lengthNs(1, 60);
        states.tail(1, 45, 3, 8);
        states.evictTime(1, 1_180);
        final RunSummary summary = new RunSummary().clear(false);
        summary.append(1_200, 5);
        states.storeSummary(1, summary);
        final UnsafeBuffer bytes = new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.MEDIUM_LENGTH);
        assertEquals(5, bytes.getByte(0), "type");
        assertEquals(2, bytes.getInt(4), "count");
        assertEquals(41, bytes.getLong(64), "block of the frontier");
        assertEquals(6, bytes.getInt(72), "index of the frontier");
        assertEquals(1_234, bytes.getLong(80), "valid time of the frontier");
        final int second = 88 + 160 + 8 * 16;
        assertEquals(60, bytes.getLong(second), "length of the window");
        assertEquals(45, bytes.getLong(second + 8), "block of the tail");
        assertEquals(3, bytes.getInt(second + 16), "index of the tail");
        assertEquals(8, bytes.getInt(second + 20), "copy end");
        assertEquals(1_180, bytes.getLong(second + 24), "evict time");
        assertEquals(1, bytes.getLong(second + 32), "summary: its count");
        bytes.putLong(second + 160 + 5 * 16, 1_190);
        bytes.putLong(second + 160 + 5 * 16 + 8, 77);
        assertEquals(1_190, states.copiedTime(1, 13), "valid time of the point with index 5, 13, 21, ...");
        summary.append(1_230, 6);
        states.evict(1, summary, 21, 1);
        assertEquals(1_190, summary.firstTime(), "valid time of the point that is the first one now");
        assertEquals(77, summary.firstValue(), "its value");
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
            states.tail(i, 6, 7, 8);
            states.evictTime(i, 8);
        }
        states.count(2);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, states.lengthNs(i));
            assertEquals(0, states.tailBlock(i));
            assertEquals(0, states.tailIndex(i));
            assertEquals(0, states.copyEnd(i));
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
