package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Positions in logs of two shards with many batches, and what is held of these. */
class LogCutTest {
    private static final int BATCHES = 50_000;

    @TempDir
    private Path temporary;

    private List<ShardFolder> folders;

    @BeforeEach
    void makeShards() throws IOException {
        folders = BatchLogs.makeShards(temporary);
    }

    @Test
    void shouldMoveOnBehindBatchesThatOneShardHasApplied() {
        BatchLogs.write(folders.get(0), BATCHES, number -> true);
        BatchLogs.write(folders.get(1), BATCHES, number -> true);
        final long end = BatchLogs.PART_COUNT * BATCHES;
        requireCut(10, new long[] {end, end}, new long[] {end - 20, end});
        requireCut(10, new long[] {end - 10, end - 10}, new long[] {end - 20, end - 10});
        requireCut(0, new long[] {end, end}, new long[] {end, end});
    }

    /** One of them before the positions, and the last one of the first log behind them: neither moves any. */
    @Test
    void shouldLeaveOutWhatIsNotWhole() {
        BatchLogs.write(folders.get(0), BATCHES, number -> number != 7);
        BatchLogs.write(folders.get(1), BATCHES, number -> number != BATCHES);
        final long end = BatchLogs.PART_COUNT * (BATCHES - 1);
        requireCut(1, new long[] {end - 2, end}, new long[] {end - 2, end});
        requireCut(2, new long[] {end - 2, end}, new long[] {end - 4, end});
    }

    private void requireCut(final int heldCount, final long[] expected, final long[] sequences) {
        final LogCut cut = new LogCut(folders, new SystemFileAccess(), sequences);
        assertArrayEquals(expected, cut.move(new long[2]));
        assertEquals(heldCount, cut.heldCount());
    }
}
