package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowStateBlockTest {
    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(8, LangUtil::rethrowUnchecked);

    private final WindowStateBlock states = new WindowStateBlock(store.blocks());

    @Test
    void shouldTakeABlockThatHasSpaceForAllStates() {
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(1));
        assertEquals(BlockDescriptor.MEDIUM, WindowStateDescriptor.sizeClass(6));
        assertEquals(BlockDescriptor.LARGE, WindowStateDescriptor.sizeClass(7));
    }

    @Test
    void shouldHaveSpaceForStatesOfEachLayout() {
        for (final int layout : new int[] {
            WindowStateDescriptor.NARROW_FLOW, WindowStateDescriptor.NARROW_STEP, WindowStateDescriptor.WIDE
        }) {
            for (int i = 0; i <= 28; i++) {
                final int end =
                        WindowStateDescriptor.statesOffset(layout, i) + i * WindowStateDescriptor.stateLength(layout);
                assertTrue(end <= BlockDescriptor.length(WindowStateDescriptor.sizeClass(i)), "windows=" + i);
            }
        }
    }

    @Test
    void shouldLayOutNarrowStatesAsDrawn() {
        final long block = allocate(2, BlockDescriptor.TYPE_WINDOW_STATES);
        states.begin(block, 2, WindowStateDescriptor.NARROW_FLOW);
        states.frontier(41, 6, 1_234, 9);
        states.lengthNs(1, 60);
        states.tail(1, 45, 3, 20);
        states.evictTime(1, 1_180);
        final RunSummary summary = new RunSummary().clear(false);
        summary.append(1_180, 5);
        summary.append(1_234, 9);
        assertTrue(states.storeSummary(1, summary));
        final UnsafeBuffer bytes = new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.MEDIUM_LENGTH);
        assertEquals(5, bytes.getByte(0), "type");
        assertEquals(41, bytes.getLong(64), "block of the frontier");
        assertEquals(6, bytes.getInt(72), "index of the frontier");
        assertEquals(5, bytes.getByte(76), "type");
        assertEquals(0, bytes.getByte(77), "layout");
        assertEquals(2, bytes.getShort(78), "count");
        assertEquals(1_234, bytes.getLong(80), "valid time of the frontier");
        assertEquals(9, bytes.getLong(88), "value of the frontier");
        assertEquals(60, bytes.getLong(104), "length of the window");
        final int second = 128 + 64;
        assertEquals(45, bytes.getLong(second), "block of the tail");
        assertEquals(3, bytes.getShort(second + 8), "index of the tail");
        assertEquals(20, bytes.getShort(second + 10), "count of points in the block of the tail");
        assertEquals(0, bytes.getInt(second + 12), "evict gap: not known");
        assertEquals(1_180, bytes.getLong(second + 16), "evict time");
        assertEquals(2, bytes.getInt(second + 24), "summary: its count");
        assertEquals(14, bytes.getLong(second + 32), "summary: its sum");
        final RunSummary loaded = new RunSummary();
        states.loadSummary(1, false, loaded);
        assertEquals(1_180, loaded.firstTime());
        assertEquals(1_234, loaded.lastTime());
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, 0",
        "5, 1028, 0",
        "5, 1029, 1",
        "-1024, 1024, 2",
        "0, 2199023254528, 2147483647",
        "0, 2199023255552, 2147483647",
        "-9223372036854775808, 9223372036854775807, 2147483647"
    })
    void shouldRoundEvictGapsDown(final long fromNs, final long toNs, final int gap) {
        assertEquals(gap, WindowStateDescriptor.evictGap(fromNs, toNs));
        assertEquals(gap * 1_024L, WindowStateDescriptor.evictGapNs(gap));
    }

    @Test
    void shouldKeepFrontierAndLengthsOfStatesThatBecomeWide() {
        final long block = allocate(2, BlockDescriptor.TYPE_WINDOW_STATES);
        states.begin(block, 2, WindowStateDescriptor.NARROW_STEP);
        states.frontier(41, 6, 1_234, 9);
        states.lengthNs(1, 60);
        states.tail(1, 45, 3, 20);
        final RunSummary summary = new RunSummary().clear(true);
        summary.append(1_234, 1L << 31);
        assertFalse(states.storeSummary(1, summary), "a value of 33 bits");
        states.widen();
        final UnsafeBuffer bytes = new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.MEDIUM_LENGTH);
        assertEquals(2, bytes.getByte(77), "layout");
        assertEquals(1, states.find(60, 0));
        assertEquals(0, states.tailBlock(1), "the rest is empty");
        assertTrue(states.storeSummary(1, summary));
        final int second = 112 + 152;
        assertEquals(1, bytes.getLong(second + 24), "summary: its count");
        assertTrue(states.wrap(block));
        final RunSummary loaded = new RunSummary();
        states.loadSummary(1, true, loaded);
        assertEquals(1L << 31, loaded.max());
    }

    @Test
    void shouldFindTheStateOfALength() {
        for (final int count : new int[] {6, 28}) {
            states.begin(allocate(count, BlockDescriptor.TYPE_WINDOW_STATES), count, WindowStateDescriptor.NARROW_FLOW);
            for (int i = 0; i < count; i++) {
                states.lengthNs(i, 100 + i);
            }
            assertEquals(count, states.count());
            for (int i = 0; i < count; i++) {
                for (int likely = 0; likely <= count; likely++) {
                    assertEquals(i, states.find(100 + i, likely), "likely=" + likely);
                }
            }
            assertEquals(-1, states.find(99, 0));
        }
    }

    @Test
    void shouldHoldNoMoreStatesThanTheBlockHasSpaceFor() {
        states.begin(allocate(1, BlockDescriptor.TYPE_WINDOW_STATES), 6, WindowStateDescriptor.WIDE);
        assertEquals(6, states.count());
        tear(7);
        assertEquals(6, states.count());
        tear(-1);
        assertEquals(6, states.count());
        tear(0);
        assertEquals(0, states.count());
    }

    @Test
    void shouldKeepNoTraceOfTheStatesOfAnotherSeries() {
        final long block = allocate(2, BlockDescriptor.TYPE_WINDOW_STATES);
        states.begin(block, 2, WindowStateDescriptor.NARROW_STEP);
        for (int i = 0; i < 2; i++) {
            states.lengthNs(i, 5);
            states.tail(i, 6, 7, 9);
            states.evictTime(i, 8);
        }
        states.begin(block, 2, WindowStateDescriptor.NARROW_STEP);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, states.lengthNs(i));
            assertEquals(0, states.tailBlock(i));
            assertEquals(0, states.tailIndex(i));
            assertEquals(0, states.tailCount(i));
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
        new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.MEDIUM_LENGTH)
                .putInt(
                        WindowStateDescriptor.SHAPE_OFFSET,
                        WindowStateDescriptor.shape(WindowStateDescriptor.WIDE, count));
        states.wrap(block);
    }
}
