package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_POINTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.MapObstacle;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.tree.BlockDemand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
    private static final int MAP_ENTRIES = 1_024;
    private static final int FRAME = 64;
    private static final long RETRY_NS = 100_000_000;

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new ArrayList<>();

    @AutoClose
    private SeriesStore store;

    private BlockStore blocks;

    @BeforeEach
    void fill() {
        store = SeriesStore.persisted(new SystemFileAccess(), directory, MAP_ENTRIES, errors::add);
        blocks = store.blocks();
        for (int i = 0; i < MAP_ENTRIES; i++) {
            blocks.allocate(SMALL, TYPE_POINTS, 0);
        }
    }

    @Test
    void shouldTryOnceInAWhileIfTheDiskRefuses() throws IOException {
        final MapObstacle obstacle = new MapObstacle(directory, "small", 1);
        obstacle.place();
        final long startNs = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertFalse(blocks.hasSpace(FRAME));
            assertTrue(blocks.isDiskFull());
        }
        requireFewTries(startNs);
        obstacle.remove();
        while (!blocks.hasSpace(FRAME)) {
            Thread.onSpinWait();
        }
        assertFalse(blocks.isDiskFull());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldMakeSpaceForOneSizeIfThatForAnotherIsRefused() throws IOException {
        final MapObstacle obstacle = new MapObstacle(directory, "medium", 1);
        obstacle.place();
        for (int i = 0; i < MAP_ENTRIES; i++) {
            blocks.allocate(MEDIUM, TYPE_POINTS, 0);
        }
        final BlockDemand medium = new BlockDemand(blocks);
        medium.add(MEDIUM, 1);
        final BlockDemand small = new BlockDemand(blocks);
        small.add(SMALL, 1);
        assertFalse(blocks.hasSpace(medium));
        assertTrue(blocks.hasSpace(small));
        obstacle.remove();
    }

    /** A table exists without its map. */
    @Test
    void shouldReportOtherObstaclesToGrowthOnceInAWhile() throws IOException {
        final Path table = Files.createFile(directory.resolve("small-1.numbers"));
        final long startNs = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertFalse(blocks.hasSpace(FRAME));
            assertFalse(blocks.isDiskFull());
        }
        final long tries = requireFewTries(startNs);
        assertEquals(tries, errors.size());
        assertTrue(
                errors.get(0).getMessage().contains("small-1.numbers"),
                errors.get(0).getMessage());
        Files.delete(table);
        while (!blocks.hasSpace(FRAME)) {
            Thread.onSpinWait();
        }
    }

    private long requireFewTries(final long startNs) {
        final long tries = store.stallCount();
        final long most = 1 + (System.nanoTime() - startNs) / RETRY_NS;
        assertTrue(tries >= 1 && tries <= most, "tries=" + tries + ", expected 1 to " + most);
        return tries;
    }
}
