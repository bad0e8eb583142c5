package io.tollgate.core.store.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.HistoryBlockDescriptor;
import io.tollgate.core.store.block.NewRecord;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.chain.RecordChain;
import io.tollgate.core.store.memory.MappedArea;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** One series on blocks of its own, and a check of its tree, block by block, against the expected points. */
final class TreeFixture {
    /** The identity of a point. If the instant alone is the identity, the reference is constant. */
    record Place(long time, long reference) {}

    /** The number of entries of each size class in the first map. */
    static final int FIRST_MAP_ENTRIES = 1 << 12;

    private final RecordChain[] chains = new RecordChain[BlockDescriptor.SIZE_CLASS_COUNT];
    private final MappedArea headerArea = MappedArea.anonymous(StoreHeader.LENGTH);
    private final StoreHeader header = new StoreHeader(headerArea);
    private final BlockStore blocks;
    private final UnsafeBuffer recordBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(SeriesRecordDescriptor.LENGTH));
    private final SeriesRecord series = new SeriesRecord();
    private final Set<Long> reached = new HashSet<>();
    private final List<Long> leaves = new ArrayList<>();
    private final List<Map.Entry<Place, Long>> found = new ArrayList<>();
    private final NativeBuffer expected = NativeMemory.of(RunSummaryDescriptor.LENGTH);
    private final NativeBuffer actual = NativeMemory.of(RunSummaryDescriptor.LENGTH);
    private String where = "";

    TreeFixture() {
        for (int i = 0; i < chains.length; i++) {
            chains[i] = RecordChain.anonymous("blocks", BlockDescriptor.length(i), FIRST_MAP_ENTRIES);
        }
        blocks = new BlockStore(chains, header, LangUtil::rethrowUnchecked);
        series.wrap(recordBytes.addressOffset());
    }

    /** Makes the series a STEP under REVISE, else a FLOW, with or without sums for shapes in its nodes. */
    void initialise(final DuplicatePolicy policy, final boolean keepsShapes) {
        final SeriesKind kind = policy == DuplicatePolicy.REVISE ? SeriesKind.STEP : SeriesKind.FLOW;
        NewRecord.initialise(series.buffer(), 0, "fixture", kind.code(), 0, "COUNT", Long.MIN_VALUE);
        series.policies(policy.code(), SeriesRecordDescriptor.EXTEND, 0, 0);
        if (keepsShapes) {
            series.keepShapes();
        }
    }

    /** Returns the number of blocks ever taken. */
    long takenBlocks() {
        long taken = 0;
        for (final RecordChain chain : chains) {
            taken += chain.size();
        }
        return taken;
    }

    /** Returns the memory of the maps in bytes. */
    long bytes() {
        return Arrays.stream(chains).mapToLong(RecordChain::bytes).sum();
    }

    /** Returns the number of blocks of a size class in use. */
    long usedBlocks(final int sizeClass) {
        return chains[sizeClass].size() - header.freeCount(sizeClass);
    }

    BlockStore blocks() {
        return blocks;
    }

    SeriesRecord series() {
        return series;
    }

    void close() {
        CloseHelper.closeAll(chains);
        headerArea.close();
    }

    /** Requires exactly these points in the series, a complete tree, and no lost block. */
    void check(final NavigableMap<Place, Long> model, final long seed) {
        where = "seed=" + seed + " points=" + model.size();
        reached.clear();
        leaves.clear();
        found.clear();
        checkRecord(model);
        if (!model.isEmpty()) {
            walk(series.rootBlock(), series.treeHeight(), true);
            assertEquals(List.copyOf(model.entrySet()), found, where);
            checkLinks();
        }
        checkBlocks();
        checkPaths(model);
    }

    private void checkRecord(final NavigableMap<Place, Long> model) {
        final boolean isEmpty = model.isEmpty();
        assertEquals(model.size(), series.pointCount(), where);
        assertEquals(isEmpty ? Long.MAX_VALUE : model.firstKey().time(), series.firstTime(), where);
        assertEquals(isEmpty ? Long.MIN_VALUE : model.lastKey().time(), series.lastTime(), where);
        assertEquals(isEmpty ? Long.MIN_VALUE : model.lastKey().reference(), series.lastReference(), where);
        if (isEmpty) {
            assertEquals(BlockDescriptor.NO_BLOCK, series.rootBlock(), where);
            assertEquals(BlockDescriptor.NO_BLOCK, series.tailBlock(), where);
            assertEquals(0, series.treeHeight(), where);
        }
    }

    /**
     * Walks over a subtree in order. All children except those of the rightmost path have a summary of their subtree.
     */
    private RunSummary walk(final long block, final int level, final boolean isRightmost) {
        assertTrue(reached.add(block), where);
        final RunSummary sum = new RunSummary().clear(series.isStep(), series.keepsShapes());
        if (level == 0) {
            readLeaf(block, sum);
            return sum;
        }
        final NodeBlock node = new NodeBlock(blocks);
        assertTrue(node.wrap(block), where);
        assertTrue(node.count() > (isRightmost && level == series.treeHeight() ? 1 : 0), where);
        for (int slot = 0; slot < node.count(); slot++) {
            final boolean isLast = isRightmost && slot == node.count() - 1;
            final int from = found.size();
            final RunSummary below = walk(node.child(slot), level - 1, isLast);
            final Place first = found.get(from).getKey();
            assertEquals(first.time(), node.firstTime(slot), where);
            assertEquals(first.reference(), node.firstReference(slot), where);
            if (!isLast) {
                final RunSummary kept = new RunSummary();
                node.loadSummary(slot, series.isStep(), series.keepsShapes(), kept);
                store(kept, actual);
                store(below, expected);
                assertEquals(
                        NativeMemory.text(expected, RunSummaryDescriptor.LENGTH),
                        NativeMemory.text(actual, RunSummaryDescriptor.LENGTH),
                        where);
            }
            sum.append(below);
        }
        return sum;
    }

    private void store(final RunSummary summary, final NativeBuffer buffer) {
        if (series.keepsShapes()) {
            summary.storeExtended(buffer, 0);
        } else {
            summary.store(buffer, 0);
        }
    }

    private void readLeaf(final long block, final RunSummary sum) {
        final PointBlock points = new PointBlock(blocks);
        assertTrue(points.wrap(block), where);
        assertTrue(points.count() > 0, where);
        leaves.add(block);
        for (int i = 0; i < points.count(); i++) {
            found.add(Map.entry(new Place(points.time(i), points.reference(i)), points.value(i)));
            sum.append(points.time(i), points.value(i));
        }
    }

    private void checkLinks() {
        final PointBlock points = new PointBlock(blocks);
        for (int i = 0; i < leaves.size(); i++) {
            assertTrue(points.wrap(leaves.get(i)), where);
            assertEquals(i == 0 ? BlockDescriptor.NO_BLOCK : leaves.get(i - 1), points.previous(), where);
            assertEquals(i + 1 == leaves.size() ? BlockDescriptor.NO_BLOCK : leaves.get(i + 1), points.next(), where);
        }
        assertEquals(leaves.get(leaves.size() - 1), series.tailBlock(), where);
    }

    /** Requires each taken block to be in the tree, in the history, or on the free list of its size. */
    private void checkBlocks() {
        final UnsafeBuffer block = new UnsafeBuffer(0, 0);
        if (series.historyBlock() != BlockDescriptor.NO_BLOCK) {
            assertTrue(reached.add(series.historyBlock()), where);
            final SeriesRecord history = new SeriesRecord()
                    .wrap(blocks.address(series.historyBlock()) + HistoryBlockDescriptor.RECORD_OFFSET);
            assertTrue(history.isHistory(), where);
            assertEquals(series.historyCount(), history.pointCount(), where);
            if (history.pointCount() == 0) {
                assertEquals(BlockDescriptor.NO_BLOCK, history.rootBlock(), where);
                assertEquals(BlockDescriptor.NO_BLOCK, history.tailBlock(), where);
                assertEquals(0, history.treeHeight(), where);
            } else {
                final Ended all = reachHistory(history.rootBlock(), history.treeHeight());
                assertEquals(history.pointCount(), all.count(), where);
                assertEquals(history.tailBlock(), all.lastLeaf(), where);
            }
        }
        for (int sizeClass = 0; sizeClass < chains.length; sizeClass++) {
            long free = 0;
            for (long next = header.freeBlock(sizeClass); next != BlockDescriptor.NO_BLOCK; free++) {
                assertTrue(reached.add(next), where);
                assertEquals(sizeClass, BlockDescriptor.sizeClass(next), where);
                block.wrap(blocks.address(next), BlockDescriptor.HEADER_LENGTH);
                assertEquals(BlockDescriptor.TYPE_FREE, block.getByte(BlockDescriptor.TYPE_OFFSET), where);
                next = block.getLong(BlockDescriptor.NEXT_OFFSET);
            }
            assertEquals(free, header.freeCount(sizeClass), where);
        }
        assertEquals(takenBlocks(), reached.size(), where);
    }

    /** The content below a slot in the tree of a history. */
    private record Ended(long count, long knownFrom, long lastEnd, Place first, long firstLeaf, long lastLeaf) {}

    /** Marks the blocks of a history as reached, and returns their content. The summaries in the nodes must match. */
    private Ended reachHistory(final long block, final int level) {
        assertTrue(reached.add(block), where);
        return level == 0 ? reachVersions(block) : reachNode(block, level);
    }

    private Ended reachVersions(final long block) {
        final PointBlock versions = new PointBlock(blocks);
        assertTrue(versions.wrap(block), where);
        assertTrue(versions.count() > 0, where);
        long knownFrom = Long.MAX_VALUE;
        long lastEnd = Long.MIN_VALUE;
        for (int i = 0; i < versions.count(); i++) {
            assertTrue(versions.knowledgeTime(i) <= versions.endKnowledgeTime(i), where);
            knownFrom = Math.min(knownFrom, versions.knowledgeTime(i));
            lastEnd = Math.max(lastEnd, versions.endKnowledgeTime(i));
        }
        final Place first = new Place(versions.time(0), versions.reference(0));
        return new Ended(versions.count(), knownFrom, lastEnd, first, block, block);
    }

    private Ended reachNode(final long block, final int level) {
        final NodeBlock node = new NodeBlock(blocks);
        assertTrue(node.wrap(block), where);
        final PointBlock leaf = new PointBlock(blocks);
        Ended all = null;
        for (int slot = 0; slot < node.count(); slot++) {
            final Ended below = reachHistory(node.child(slot), level - 1);
            assertEquals(below.first(), new Place(node.firstTime(slot), node.firstReference(slot)), where);
            assertTrue(node.knownFrom(slot) <= below.knownFrom(), where);
            assertTrue(node.changedAt(slot) >= below.lastEnd(), where);
            if (all == null) {
                all = below;
            } else {
                assertTrue(leaf.wrap(all.lastLeaf()), where);
                assertEquals(below.firstLeaf(), leaf.next(), where);
                assertTrue(leaf.wrap(below.firstLeaf()), where);
                assertEquals(all.lastLeaf(), leaf.previous(), where);
                all = new Ended(
                        all.count() + below.count(),
                        Math.min(all.knownFrom(), below.knownFrom()),
                        Math.max(all.lastEnd(), below.lastEnd()),
                        all.first(),
                        all.firstLeaf(),
                        below.lastLeaf());
            }
        }
        assertTrue(all != null, where);
        return all;
    }

    /** Goes to the last point at or before some places, and onwards and back from there. */
    private void checkPaths(final NavigableMap<Place, Long> model) {
        final TreePath path = new TreePath(blocks);
        final int step = 1 + found.size() / 10;
        for (int i = 0; i < found.size(); i += step) {
            final Place place = found.get(i).getKey();
            assertTrue(path.floor(series, place.time() - 1, Long.MAX_VALUE), where);
            final Place before = model.lowerKey(new Place(place.time(), Long.MIN_VALUE));
            assertEquals(before == null, path.index() < 0, where);
            if (before != null) {
                assertEquals(before.time(), path.time(), where);
            }
            assertTrue(path.floorIdentity(series, place.time(), place.reference()), where);
            assertTrue(path.isAt(series, place.time(), place.reference()), where);
            assertTrue(path.retreat(i / 2), where);
            assertEquals(found.get(i - i / 2).getValue(), path.value(), where);
        }
    }
}
