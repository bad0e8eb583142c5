package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tollgate.api.series.Window;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.window.WindowStateDescriptor;
import io.tollgate.core.window.WindowStates;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prefetching touches only blocks of the series, whatever they contain. The JVM would crash otherwise. */
class ForgedPrefetchTest {
    /** Enough points for two levels of nodes and a full last block. */
    private static final int POINT_COUNT = 32 * 40;

    private static final long[] HOSTILE = {
        0,
        1,
        -1,
        5,
        15,
        31,
        33,
        1 << 20,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1L << 40,
        BlockDescriptor.blockNumber(0, BlockDescriptor.TINY),
        BlockDescriptor.blockNumber(0, BlockDescriptor.SMALL),
        BlockDescriptor.blockNumber(0, BlockDescriptor.HALF),
        BlockDescriptor.blockNumber(0, BlockDescriptor.MEDIUM),
        BlockDescriptor.blockNumber(0, BlockDescriptor.DOUBLE),
        BlockDescriptor.blockNumber(0, BlockDescriptor.LARGE)
    };

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);

    private final PointPrefetch prefetch = new PointPrefetch(store);
    private final SeriesRecord series = new SeriesRecord();
    private int forgedCount;

    @BeforeEach
    void fill() {
        store.addSeries("some", (byte) 1, 0, "COUNT", Long.MIN_VALUE).policies((byte) 0, (byte) 0, 0, 0);
        store.nameSeries();
        series.wrap(store.recordAddress(0));
        store.addWindows(series, List.of(Window.slidingNs(70), Window.slidingNs(900), Window.slidingNs(9_000)));
        final PointTree tree = new PointTree(store.blocks());
        final WindowStates states = new WindowStates(store.blocks());
        for (int i = 0; i < POINT_COUNT; i++) {
            states.apply(series, tree.put(series, 10L * i, i, i, i, i + 1), Long.MAX_VALUE);
        }
        assertEquals(2, series.treeHeight());
        assertNotEquals(BlockDescriptor.NO_BLOCK, series.stateBlock());
    }

    @Test
    void shouldStayInTheBlocksOfASeriesThatIsWhole() {
        load();
    }

    @Test
    void shouldStayInBlocksForAnyRecord() {
        final long record = store.recordAddress(0);
        forge(record + SeriesRecordDescriptor.ROOT_BLOCK_OFFSET);
        forge(record + SeriesRecordDescriptor.TAIL_BLOCK_OFFSET);
        forge(record + SeriesRecordDescriptor.STATE_BLOCK_OFFSET);
        forge(record + SeriesRecordDescriptor.LAST_TIME_OFFSET);
        final byte height = UnsafeApi.getByte(record + SeriesRecordDescriptor.TREE_HEIGHT_OFFSET);
        for (int i = Byte.MIN_VALUE; i <= Byte.MAX_VALUE; i++) {
            UnsafeApi.putByte(record + SeriesRecordDescriptor.TREE_HEIGHT_OFFSET, (byte) i);
            load();
        }
        UnsafeApi.putByte(record + SeriesRecordDescriptor.TREE_HEIGHT_OFFSET, height);
        assertEquals(4 * HOSTILE.length, forgedCount);
    }

    @Test
    void shouldStayInBlocksForAnyBlocks() {
        final long states = store.blocks().address(series.stateBlock());
        final long root = store.blocks().address(series.rootBlock());
        final long tail = store.blocks().address(series.tailBlock());
        forgeInt(states + WindowStateDescriptor.SHAPE_OFFSET);
        for (final long block : new long[] {states, root, tail}) {
            forgeInt(block + BlockDescriptor.COUNT_OFFSET);
            forge(block + BlockDescriptor.NEXT_OFFSET);
        }
        final int slots = NodeDescriptor.capacity(BlockDescriptor.sizeClass(series.rootBlock()));
        for (int slot = 0; slot < slots; slot++) {
            forge(root + NodeDescriptor.FIRST_TIME_OFFSET + slot * Long.BYTES);
            forge(root + NodeDescriptor.childOffset(slots) + slot * Long.BYTES);
        }
        final int layout = WindowStateDescriptor.NARROW_FLOW;
        final int length = WindowStateDescriptor.stateLength(layout);
        for (int window = 0; window < 3; window++) {
            final long state = states + WindowStateDescriptor.statesOffset(layout, 3) + window * length;
            forge(state + WindowStateDescriptor.TAIL_BLOCK_OFFSET);
            forgeInt(state + WindowStateDescriptor.TAIL_INDEX_OFFSET);
            final long tailBlock = UnsafeApi.getLong(state + WindowStateDescriptor.TAIL_BLOCK_OFFSET);
            forge(store.blocks().address(tailBlock) + BlockDescriptor.NEXT_OFFSET);
        }
        assertEquals((1 + 3 * 2 + 2 * slots + 3 * 3) * HOSTILE.length, forgedCount);
    }

    private void forge(final long address) {
        final long whole = UnsafeApi.getLong(address);
        for (final long value : HOSTILE) {
            UnsafeApi.putLong(address, value);
            load();
            forgedCount++;
        }
        UnsafeApi.putLong(address, whole);
    }

    private void forgeInt(final long address) {
        final int whole = UnsafeApi.getInt(address);
        for (final long value : HOSTILE) {
            UnsafeApi.putInt(address, (int) value);
            load();
            forgedCount++;
        }
        UnsafeApi.putInt(address, whole);
    }

    /** Prefetches for points at the end, for late points, and for points at the last instant. */
    private void load() {
        final long last = 10L * (POINT_COUNT - 1);
        for (final long time : new long[] {last + 10, last, last - 15, 0, Long.MIN_VALUE, Long.MAX_VALUE}) {
            prefetch.add(0, time);
        }
        prefetch.load();
    }
}
