package io.tollgate.core.store.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.HistoryBlockDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The blocks that a read of the past needs, and its result if they are torn. */
class PastPathTest {
    private static final int POINT_COUNT = 100_000;

    @AutoClose
    private final TreeFixture fixture = new TreeFixture();

    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final PointPath from = new PointPath(fixture.blocks());
    private final PointPath to = new PointPath(fixture.blocks());
    private final RunSummary summary = new RunSummary();
    private final Set<Long> needed = new HashSet<>();

    /** Puts points at 0, 10, 20, ... known in order. Later each of the last hundred is revised or withdrawn. */
    private void fill(final DuplicatePolicy policy) {
        fixture.initialise(policy, false);
        for (int i = 0; i < POINT_COUNT; i++) {
            put(10L * i, i % 7, i);
        }
        for (int i = POINT_COUNT - 100; i < POINT_COUNT; i++) {
            if (i % 2 == 0) {
                put(10L * i, 99, POINT_COUNT + i);
            } else {
                series.lastKnowledgeTime(POINT_COUNT + i);
                tree.remove(series, 10L * i, POINT_COUNT + i, 0, 1);
            }
        }
    }

    private void put(final long time, final long value, final long knowledge) {
        series.lastKnowledgeTime(knowledge);
        tree.put(series, time, value, knowledge, 0, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"REVISE", "ALL"})
    void shouldTakeWhatHasNotChangedFromTheSummaries(final DuplicatePolicy policy) {
        fill(policy);
        series.seeAsKnownAt(POINT_COUNT);
        open(12_345, 10L * POINT_COUNT - 45_678);
        keepWays(12_345, 10L * POINT_COUNT - 45_678);
        assertTrue(spoilLeaves() > POINT_COUNT / PointBlockDescriptor.DOUBLE_CAPACITY - 10);
        assertTrue(new RunScan(fixture.blocks()).summarise(series, from, to, false, summary));
        assertEquals((10L * POINT_COUNT - 45_680 - 12_340) / 10 + 1, summary.count());
        assertEquals(6, summary.max());
    }

    /** The read takes the last points one by one with their versions, and the summary of all points before them. */
    @Test
    void shouldReadOnlyWhatHasChangedPointByPoint() {
        fill(DuplicatePolicy.REVISE);
        series.seeAsKnownAt(POINT_COUNT);
        open(12_345, 10L * POINT_COUNT);
        keepWays(12_345, 12_345);
        long time = 10L * (POINT_COUNT - 200);
        while (time < 10L * POINT_COUNT) {
            keepWays(time, time);
            time += 10;
        }
        assertTrue(spoilLeaves() > POINT_COUNT / PointBlockDescriptor.DOUBLE_CAPACITY - 20);
        assertTrue(new RunScan(fixture.blocks()).summarise(series, from, to, false, summary));
        assertEquals(POINT_COUNT - 1_234, summary.count());
        assertEquals(6, summary.max());
        assertEquals((POINT_COUNT - 1) % 7, summary.lastValue());
    }

    /**
     * All versions ended before, and all current points became known later, so neither tree is walked block by block.
     */
    @Test
    void shouldSkipSubtreesWithoutKnownPoints() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        put(-10, 5, 0);
        for (int edition = 1; edition <= 2; edition++) {
            for (int i = 0; i < POINT_COUNT; i++) {
                put(10L * i, i % 7 + edition, edition * POINT_COUNT);
            }
        }
        series.seeAsKnownAt(POINT_COUNT / 2);
        assertTrue(from.floor(series, 10L * POINT_COUNT));
        assertEquals(-10, from.time());
        forgetKnowledgeTimes();
        assertTrue(from.floor(series, 10L * POINT_COUNT));
        assertEquals(-10, from.time());
        assertFalse(from.retreat());
        assertTrue(from.isIntact());
    }

    /** Each of the few remaining points is alone below a chain of nodes, which is walked up and down twice. */
    @Test
    void shouldReachTheFewPointsLeftBelowManyLevels() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int i = POINT_COUNT - 1; i >= 0; i--) {
            put(i, i, 1);
        }
        for (int i = 0; i < POINT_COUNT; i++) {
            if (i % 1_000 != 500) {
                tree.remove(series, i, 2, 0, 1);
            }
        }
        put(POINT_COUNT, 0, 3);
        series.seeAsKnownAt(2);
        assertTrue(from.floor(series, POINT_COUNT));
        for (int i = POINT_COUNT - 500; i > 0; i -= 1_000) {
            assertEquals(i, from.time());
            assertEquals(i > 1_000, from.retreat(), "i=" + i);
        }
        for (int i = 500; i < POINT_COUNT; i += 1_000) {
            assertTrue(from.advance(), "i=" + i);
            assertEquals(i, from.time());
        }
        assertFalse(from.advance());
        assertTrue(from.isIntact());
    }

    /** An endless tree has more nodes than so few points can need. */
    @Test
    void shouldAbandonATreeThatHasNoEnd() {
        fill(DuplicatePolicy.REVISE);
        series.seeAsKnownAt(POINT_COUNT);
        series.pointCount(100);
        assertTrue(from.first(series));
        int count = 1;
        while (from.advance()) {
            count++;
        }
        assertTrue(count < POINT_COUNT, "count=" + count);
        assertFalse(from.isIntact());
    }

    @Test
    void shouldSayThatATornSeriesIsTorn() {
        fill(DuplicatePolicy.REVISE);
        series.seeAsKnownAt(POINT_COUNT);
        new UnsafeBuffer(fixture.blocks().address(series.rootBlock()), 64).putByte(0, (byte) 0);
        assertFalse(from.floor(series, 500));
        assertFalse(from.first(series));
    }

    /** Makes points and versions of all blocks but the first and last known from the start. */
    private void forgetKnowledgeTimes() {
        final SeriesRecord history = new SeriesRecord()
                .wrap(fixture.blocks().address(series.historyBlock()) + HistoryBlockDescriptor.RECORD_OFFSET);
        for (final SeriesRecord record : new SeriesRecord[] {series, history}) {
            final TreePath path = new TreePath(fixture.blocks());
            assertTrue(path.floor(record, Long.MIN_VALUE, 0));
            final long first = path.points().blockNumber();
            int count = 0;
            while (path.advance()) {
                final PointBlock block = path.points();
                if (block.blockNumber() != first && block.blockNumber() != record.tailBlock()) {
                    block.put(path.index(), path.time(), 1_000_000, 0, 0);
                    count++;
                }
            }
            assertTrue(count > POINT_COUNT - 100);
        }
    }

    private void open(final long fromTime, final long toTime) {
        assertTrue(from.floor(series, fromTime));
        assertTrue(to.floor(series, toTime));
    }

    /** Keeps the blocks of points that paths to both ends need. */
    private void keepWays(final long... times) {
        final TreePath path = new TreePath(fixture.blocks());
        for (final long time : times) {
            assertTrue(path.floor(series, time, Long.MAX_VALUE));
            needed.add(path.points().blockNumber());
            path.advance();
            needed.add(path.points().blockNumber());
        }
    }

    /** Overwrites the values of all blocks of points that are not needed. Returns their number. */
    private int spoilLeaves() {
        final TreePath path = new TreePath(fixture.blocks());
        assertTrue(path.floor(series, Long.MIN_VALUE, 0));
        final Set<Long> leaves = new HashSet<>();
        for (boolean hasNext = path.advance(); hasNext; hasNext = path.advance()) {
            leaves.add(path.points().blockNumber());
        }
        leaves.removeAll(needed);
        for (final long leaf : leaves) {
            final int sizeClass = BlockDescriptor.sizeClass(leaf);
            final UnsafeBuffer points =
                    new UnsafeBuffer(fixture.blocks().address(leaf), BlockDescriptor.length(sizeClass));
            for (int i = 0; i < PointBlockDescriptor.capacity(sizeClass); i++) {
                points.putLong(PointBlockDescriptor.hotOffset(i) + PointBlockDescriptor.VALUE_OFFSET, 1_000_000);
            }
        }
        return leaves.size();
    }
}
