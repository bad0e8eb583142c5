package io.tollgate.core.store.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees with sums for shapes give the same bits as the points one by one, and touch few blocks. */
class ShapeTreeTest {
    private static final int MILLION = 1_000_000;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 16, LangUtil::rethrowUnchecked);

    private final PointTree tree = new PointTree(store.blocks());
    private final RunScan scan = new RunScan(store.blocks());
    private final PointPath from = new PointPath(store.blocks());
    private final PointPath to = new PointPath(store.blocks());
    private final SeriesRecord series = new SeriesRecord();
    private final Random random = new Random(2_026);

    @ParameterizedTest
    @ValueSource(bytes = {0, 1})
    void shouldTouchOnlyTheBlocksOnTheWaysToBothEndsOfAMillionPoints(final byte kind) {
        define(kind);
        tree.keepShapes(series);
        for (int i = 0; i < MILLION; i++) {
            put(10L * i);
        }
        assertTrue(from.floor(series, 1_234_567));
        assertTrue(to.floor(series, 8_765_432));
        final byte[] expected = onePointAfterAnother();
        final Set<Long> blocks = blocksOnTheWays();
        assertTrue(blocks.size() <= 2 * (series.treeHeight() + 1), "blocks=" + blocks.size());
        assertEquals(4, series.treeHeight());

        final int destroyed = destroyAllBut(blocks);
        assertTrue(destroyed > MILLION / PointBlockDescriptor.DOUBLE_CAPACITY, "destroyed=" + destroyed);
        final RunSummary summary = new RunSummary();
        assertFalse(walk(summary), "point by point");
        assertTrue(scan.summarise(series, from, to, true, summary), "from the tree");
        assertArrayEquals(expected, stored(summary));
        assertEquals(876_543 - 123_456 + 1, summary.count());
    }

    private Set<Long> blocksOnTheWays() {
        final Set<Long> blocks = new HashSet<>();
        for (final TreePath path : new TreePath[] {from.now(), to.now()}) {
            for (int level = 1; level <= path.height(); level++) {
                blocks.add(path.nodeBlock(level));
            }
            blocks.add(path.points().blockNumber());
        }
        return blocks;
    }

    /** Makes all blocks of points and nodes except a few unreadable, and counts them. */
    private int destroyAllBut(final Set<Long> kept) {
        int destroyed = 0;
        for (final int sizeClass : new int[] {BlockDescriptor.MEDIUM, BlockDescriptor.DOUBLE, BlockDescriptor.LARGE}) {
            long block = BlockDescriptor.blockNumber(0, sizeClass);
            for (int i = 1; store.blocks().address(block) != 0; i++) {
                if (!kept.contains(block)) {
                    new UnsafeBuffer(store.blocks().address(block), BlockDescriptor.length(sizeClass))
                            .setMemory(0, BlockDescriptor.length(sizeClass), (byte) 0x5A);
                    destroyed++;
                }
                block = BlockDescriptor.blockNumber(i, sizeClass);
            }
        }
        return destroyed;
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1})
    void shouldGiveTheBitsOfThePointsAfterLateAndRevisedOnes(final byte kind) {
        define(kind);
        for (int i = 0; i < 20_000; i++) {
            if (i == 9_000) {
                tree.keepShapes(series);
            }
            put(random.nextInt(3) == 0 ? random.nextInt(i + 1) : i);
            if (i % 500 == 499 && i >= 9_000) {
                requireSameBits(kind == 0);
            }
        }
        assertTrue(series.historyCount() > 100, "revisions");
        assertTrue(series.treeHeight() > 2);
    }

    private void requireSameBits(final boolean isStep) {
        for (int i = 0; i < 20; i++) {
            final long start = random.nextInt(20_000);
            assertTrue(from.floor(series, Math.max(start, series.firstTime())));
            assertTrue(to.floor(series, start + random.nextInt(20_000)));
            if (from.isFound() && from.time() <= to.time()) {
                final RunSummary summary = new RunSummary();
                assertTrue(scan.summarise(series, from, to, true, summary));
                assertArrayEquals(onePointAfterAnother(), stored(summary));
            }
        }
    }

    @Test
    void shouldKeepOnlyTheHotPartWithoutShapes() {
        define((byte) 0);
        for (int i = 0; i < 100; i++) {
            put(i);
        }
        final NativeBuffer node = NativeMemory.over(store.blocks().address(series.rootBlock()), 1_088);
        final int first = NodeDescriptor.summaryOffset(3);
        assertFalse(series.keepsShapes());
        assertEquals(76, node.getLong(first), "count of the first child");
        assertEquals(0, node.getLong(first + RunSummaryDescriptor.THIRD_MOMENT_OFFSET), "third moment");
        tree.keepShapes(series);
        assertTrue(series.keepsShapes());
        assertTrue(new RunSummary().loadExtended(node, first, true).isExtended());
        assertTrue(node.getLong(first + RunSummaryDescriptor.THIRD_MOMENT_OFFSET) != 0, "third moment");
    }

    private byte[] onePointAfterAnother() {
        final RunSummary summary = new RunSummary();
        assertTrue(walk(summary));
        return stored(summary);
    }

    private boolean walk(final RunSummary summary) {
        final PointCursor cursor = new PointCursor(store.blocks());
        final TreePath end = to.now();
        summary.clear(series.isStep(), true);
        boolean isIntact =
                cursor.place(from.now().points().blockNumber(), from.now().index());
        while (isIntact && !(cursor.block() == end.points().blockNumber() && cursor.index() == end.index())) {
            summary.append(cursor.time(), cursor.value());
            isIntact = cursor.advance();
        }
        if (isIntact) {
            summary.append(cursor.time(), cursor.value());
        }
        return isIntact;
    }

    private static byte[] stored(final RunSummary summary) {
        final NativeBuffer buffer = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        summary.storeExtended(buffer, 0);
        return NativeMemory.bytes(buffer, RunSummaryDescriptor.LENGTH);
    }

    private void define(final byte kind) {
        store.addSeries("shapes", kind, 6, "TONNE", Long.MIN_VALUE);
        series.wrap(store.recordAddress(0));
    }

    private void put(final long time) {
        series.beginChange(1);
        tree.put(series, time, random.nextInt(2_000_000) - 1_000_000, 5_000, random.nextInt(3), 1);
        series.endChange(1);
    }
}
