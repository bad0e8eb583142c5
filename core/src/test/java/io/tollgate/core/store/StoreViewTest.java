package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.store.tree.TreePath;
import java.nio.file.Path;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StoreViewTest {
    private static final int FIRST_MAP_ENTRIES = 2;
    private static final int SERIES = 100;

    /** More than the first maps of blocks hold. */
    private static final int POINTS = 5_000;

    @TempDir
    private Path directory;

    private SeriesStore store() {
        return SeriesStore.persisted(new SystemFileAccess(), directory, FIRST_MAP_ENTRIES, LangUtil::rethrowUnchecked);
    }

    private static void add(final SeriesStore store, final String name, final int from, final int to) {
        for (int i = from; i < to; i++) {
            store.addSeries(name + i, (byte) 1, 0, "COUNT", Long.MIN_VALUE);
            store.nameSeries();
            assertEquals(
                    BlockDescriptor.blockNumber(i, BlockDescriptor.SMALL),
                    store.blocks().allocate(BlockDescriptor.SMALL, BlockDescriptor.TYPE_POINTS, i));
        }
    }

    /** A reader is inside the view when the rebuild begins, and asks for an unmapped part. */
    @Test
    void shouldTakeNothingOfTheStoreThatIsMadeInThePlaceOfItsOwn() {
        final StoreView view;
        try (SeriesStore store = store()) {
            add(store, "series.", 0, 1);
            view = StoreView.open(directory);
            add(store, "series.", 1, SERIES);
        }
        try (view) {
            final long known = view.recordAddress(0);
            StoreDirectory.discard(new SystemFileAccess(), directory);
            requireRefusals(view);
            try (SeriesStore another = store()) {
                add(another, "other.", 0, 2 * SERIES);
                requireRefusals(view);
                assertEquals(known, view.recordAddress(0));
                try (StoreView now = StoreView.open(directory)) {
                    assertEquals(SERIES - 1, now.find("other." + (SERIES - 1)));
                    assertNotEquals(0, now.recordAddress(SERIES - 1));
                }
            }
        }
    }

    /** More points than the capacity at the opening are no sign of damage. */
    @Test
    void shouldSearchSpaceThatHasComeSince() {
        try (SeriesStore store = store()) {
            add(store, "series.", 0, 1);
            final SeriesRecord series = new SeriesRecord().wrap(store.recordAddress(0));
            final PointTree tree = new PointTree(store.blocks());
            tree.put(series, 0, 1, 1, 1, 1);
            try (StoreView view = StoreView.open(directory)) {
                final SeriesRecord seen = new SeriesRecord().wrap(view.recordAddress(0));
                final TreePath path = new TreePath(view.blocks());
                assertTrue(path.floor(seen, 0, Long.MAX_VALUE));
                for (int i = 1; i < POINTS; i++) {
                    tree.put(series, i, 1, 1, 1, 1);
                }
                assertTrue(path.floor(seen, POINTS, Long.MAX_VALUE));
                assertEquals(POINTS - 1, path.time());
                assertFalse(view.blocks().canHold(8 * POINTS));
            }
        }
    }

    private static void requireRefusals(final StoreView view) {
        requireRefusal(() -> view.recordAddress(SERIES - 1));
        requireRefusal(() -> view.blocks().address(BlockDescriptor.blockNumber(SERIES - 1, BlockDescriptor.SMALL)));
        requireRefusal(() -> view.find("series." + (SERIES - 1)));
        requireRefusal(view::namedCount);
    }

    private static void requireRefusal(final Executable call) {
        final String refusal = assertThrows(IllegalStateException.class, call).getMessage();
        assertTrue(refusal.contains("rebuilt"), refusal);
    }
}
