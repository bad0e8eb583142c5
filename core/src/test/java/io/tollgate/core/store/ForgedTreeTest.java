package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.PREVIOUS_OFFSET;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.DuplicatePolicy;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees as somebody may have made them: what goes through all of one is refused, and does not go on for ever. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedTreeTest {
    private static final int POINTS = 2_000;

    private final TreeFixture fixture = new TreeFixture();
    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final HorizonSearch search = new HorizonSearch(fixture.blocks());
    private final SeriesRecord history = new SeriesRecord();
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);

    /** Points, each of which was revised once. */
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

    @AfterEach
    void close() {
        fixture.close();
    }

    private UnsafeBuffer header(final long blockNumber) {
        block.wrap(fixture.blocks().address(blockNumber), BlockDescriptor.HEADER_LENGTH);
        return block;
    }

    private static void requireRefused(final Executable call) {
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, call);
        assertTrue(refusal.getMessage().startsWith("seriesNumber=0 has a damaged tree"), refusal::getMessage);
    }

    /** Where a block comes again, or, of its neighbours, one does not know the other. */
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
        requireRefused(() -> search.latestEndBehind(series, 1));
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
        requireRefused(() -> search.latestEndBehind(series, 1));
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

    /** A node with itself below it. */
    @Test
    void shouldNotGoThroughTheSameNodesForEver() {
        final long root = series.rootBlock();
        header(root).putInt(COUNT_OFFSET, NodeDescriptor.FAN_OUT);
        final UnsafeBuffer node = new UnsafeBuffer(fixture.blocks().address(root), BlockDescriptor.LARGE_LENGTH);
        for (int slot = 0; slot < NodeDescriptor.FAN_OUT; slot++) {
            node.putLong(NodeDescriptor.CHILD_OFFSET + slot * Long.BYTES, root);
        }
        series.root(root, NodeDescriptor.MAX_HEIGHT);
        requireRefused(() -> tree.keepShapes(series));
    }
}
