package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.PREVIOUS_OFFSET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.HistoryBlockDescriptor;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forged trees: a walk through a whole tree is refused, and does not run for ever. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedTreeTest {
    private static final int POINTS = 2_000;

    /** The number of points for which all blocks have space. */
    private static final long MOST_POINTS = TreeFixture.FIRST_MAP_ENTRIES * (4 + 8 + 16 + 32 + 76);

    @AutoClose
    private final TreeFixture fixture = new TreeFixture();

    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final HorizonSearch search = new HorizonSearch(fixture.blocks());
    private final SeriesRecord history = new SeriesRecord();
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);

    /** Puts points and revises each one once. */
    @BeforeEach
    void fill() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int i = 0; i < POINTS; i++) {
            tree.put(series, i, 1, i, 0, 1);
        }
        for (int i = 0; i < POINTS; i++) {
            tree.put(series, i, 2, POINTS + i, 0, 1);
        }
        history.wrap(fixture.blocks().address(series.historyBlock()) + HistoryBlockDescriptor.RECORD_OFFSET);
    }

    private UnsafeBuffer header(final long blockNumber) {
        block.wrap(fixture.blocks().address(blockNumber), BlockDescriptor.HEADER_LENGTH);
        return block;
    }

    private static void requireRefused(final Executable call) {
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, call);
        assertTrue(refusal.getMessage().startsWith("seriesNumber=0 has a damaged tree"), refusal::getMessage);
    }

    /** The last block is full and grows. The record names another block instead. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 40, 7})
    void shouldNotGrowFromABlockThatIsNotThere(final long tail) {
        removeAll();
        for (int i = 0; i < PointBlockDescriptor.capacity(BlockDescriptor.TINY); i++) {
            tree.put(series, 2 * i, 1, 1, 0, 1);
        }
        series.tailBlock(tail & -8 | BlockDescriptor.TINY);
        requireRefused(() -> tree.put(series, 1, 1, 1, 0, 1));
    }

    /** A block that is too small to have window states, but whose record names some, is split and does not grow. */
    @ParameterizedTest
    @ValueSource(ints = {BlockDescriptor.TINY, BlockDescriptor.SMALL, BlockDescriptor.HALF})
    void shouldSplitASmallBlockWithinItsBounds(final int sizeClass) {
        removeAll();
        final int capacity = PointBlockDescriptor.capacity(sizeClass);
        for (int i = 0; i < capacity; i++) {
            tree.put(series, 2 * i, 1, 1, 0, 1);
        }
        assertEquals(sizeClass, BlockDescriptor.sizeClass(series.rootBlock()));
        series.stateBlock(BlockDescriptor.blockNumber(0, BlockDescriptor.MEDIUM));
        tree.put(series, 1, 1, 1, 0, 1);
        final TreePath path = new TreePath(fixture.blocks());
        assertTrue(path.floor(series, 0, 0));
        assertEquals(capacity / 2 + 1, path.points().count());
        assertTrue(path.floor(series, 2L * capacity, 0));
        assertEquals(capacity / 2, path.points().count());
    }

    private void removeAll() {
        for (int i = 0; i < POINTS; i++) {
            tree.remove(series, i, 2 * POINTS, 0, 1);
        }
        assertEquals(BlockDescriptor.NO_BLOCK, series.rootBlock());
    }

    /** A block occurs twice, or one of two neighbours does not know the other. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotForgetVersionsForEver(final boolean isKnownToTheFirst) {
        final long last = history.tailBlock();
        final long first = firstOf(last);
        header(last).putLong(NEXT_OFFSET, first);
        if (isKnownToTheFirst) {
            header(first).putLong(PREVIOUS_OFFSET, last);
        }
        requireRefused(() -> search.latestEnd(series, POINTS));
        requireRefused(() -> search.latestEndAfter(series, 1));
        requireRefused(() -> tree.forget(series, POINTS));
    }

    private long firstOf(final long last) {
        long first = last;
        while (header(first).getLong(PREVIOUS_OFFSET) != BlockDescriptor.NO_BLOCK) {
            first = block.getLong(PREVIOUS_OFFSET);
        }
        return first;
    }

    @ParameterizedTest
    @ValueSource(longs = {POINTS - 1, POINTS + 1, Integer.MAX_VALUE, 1L << 60})
    void shouldRefuseAHistoryOfAnotherLength(final long count) {
        series.historyCount(count);
        requireRefused(() -> search.latestEndAfter(series, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, NodeDescriptor.MAX_HEIGHT, Byte.MAX_VALUE, -1})
    void shouldNotGoThroughATreeOfAnotherHeight(final int height) {
        series.root(series.rootBlock(), height);
        requireRefused(() -> tree.keepShapes(series));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, NodeDescriptor.MAX_HEIGHT, Byte.MAX_VALUE, -1})
    void shouldNotForgetInATreeOfAnotherHeight(final int height) {
        history.root(history.rootBlock(), height);
        requireRefused(() -> tree.forget(series, POINTS));
    }

    /** The count exceeds the capacity of all blocks of points, so a walk over so many would not end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40, 1L << 62, Long.MAX_VALUE - MOST_POINTS})
    void shouldNotBeWalkedIfItsCountOfPointsIsTooHigh(final long tooMany) {
        final TreePath path = new TreePath(fixture.blocks());
        series.pointCount(MOST_POINTS);
        assertTrue(path.floor(series, POINTS, 0));
        series.pointCount(MOST_POINTS + tooMany);
        assertFalse(path.floor(series, POINTS, 0));
        requireRefused(() -> tree.put(series, 5, 3, 3 * POINTS, 0, 1));
        series.pointCount(POINTS);
        series.seeAsKnownAt(POINTS);
        final PointPath past = new PointPath(fixture.blocks());
        assertTrue(past.floor(series, POINTS));
        history.pointCount(MOST_POINTS + tooMany);
        assertFalse(past.floor(series, POINTS));
        assertFalse(new VersionPath(fixture.blocks()).open(series, 0, POINTS));
    }

    /** The record may state more versions than the history has. */
    @Test
    void shouldNotListVersionsForEver() {
        FoldedTree.make(fixture.blocks(), history, POINTS);
        series.historyCount(1L << 62);
        final VersionPath versions = new VersionPath(fixture.blocks());
        assertTrue(versions.open(series, 0, POINTS));
        long count = 0;
        while (versions.next()) {
            count++;
        }
        assertFalse(versions.isIntact());
        assertTrue(count <= 2 * POINTS + 1, "count=" + count);
    }

    /** A block without points is its own successor. */
    @Test
    void shouldNotSumUpBlocksWithoutPointsForEver() {
        final PointPath from = new PointPath(fixture.blocks());
        final PointPath to = new PointPath(fixture.blocks());
        final RunScan scan = new RunScan(fixture.blocks());
        final RunSummary shapes = new RunSummary();
        assertTrue(from.floor(series, 0) && to.floor(series, POINTS));
        assertTrue(scan.summarise(series, from, to, true, shapes));
        final long second = header(from.now().points().blockNumber()).getLong(NEXT_OFFSET);
        header(second).putInt(COUNT_OFFSET, 0);
        block.putLong(NEXT_OFFSET, second);
        assertTrue(from.floor(series, 0) && to.floor(series, POINTS));
        assertFalse(scan.summarise(series, from, to, true, shapes));
    }

    /** A node is its own child. */
    @Test
    void shouldNotGoThroughTheSameNodesForEver() {
        final long root = series.rootBlock();
        final int sizeClass = BlockDescriptor.sizeClass(root);
        final int slots = NodeDescriptor.capacity(sizeClass);
        header(root).putInt(COUNT_OFFSET, slots);
        final UnsafeBuffer node = new UnsafeBuffer(fixture.blocks().address(root), BlockDescriptor.length(sizeClass));
        for (int slot = 0; slot < slots; slot++) {
            node.putLong(NodeDescriptor.childOffset(slots) + slot * Long.BYTES, root);
        }
        series.root(root, NodeDescriptor.MAX_HEIGHT);
        requireRefused(() -> tree.keepShapes(series));
    }
}
