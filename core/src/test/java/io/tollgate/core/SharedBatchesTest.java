package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.BatchOrder.Standing;
import io.tollgate.core.file.DataFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the batches in the logs of two shards: their number may be any. */
class SharedBatchesTest {
    private static final int BATCHES = 200_000;

    /** More than the ends in a stretch of 2 MiB. */
    private static final int MOST_HELD = 40_000;

    @TempDir
    private Path temporary;

    private final List<ShardFolder> folders = new ArrayList<>();
    private SharedBatches batches;
    private int mostHeld;

    @BeforeEach
    void makeShards() throws IOException {
        folders.addAll(BatchLogs.makeShards(temporary));
        batches = new SharedBatches(folders, new HookedFiles() {
            @Override
            public DataFile openForRead(final Path file) throws IOException {
                mostHeld = Math.max(mostHeld, batches.heldCount());
                return super.openForRead(file);
            }
        });
    }

    @Test
    void shouldKeepNothingOfBatchesThatAreWhole() {
        BatchLogs.write(folders.get(0), BATCHES, number -> true);
        BatchLogs.write(folders.get(1), BATCHES, number -> true);
        requireStanding(Standing.WHOLE, 1);
        requireStanding(Standing.WHOLE, BATCHES);
        requireHeld(0);
    }

    /** As kills leave them: in the middle of one log and of the other, and at the end. */
    @Test
    void shouldKeepThoseThatAreNotWhole() {
        BatchLogs.write(folders.get(0), BATCHES, number -> number != 100_000);
        BatchLogs.write(folders.get(1), BATCHES, number -> number != 150_000 && number != BATCHES);
        requireStanding(Standing.WHOLE, 1);
        requireStanding(Standing.LOST, 100_000);
        requireStanding(Standing.LOST, 150_000);
        requireStanding(Standing.WHOLE, 150_001);
        requireStanding(Standing.LOST, BATCHES);
        requireHeld(3);
    }

    /** A batch of which only a beginning was found, by who asks; no log has its end. */
    @Test
    void shouldNotTakeWhatNoLogHasForWhole() {
        BatchLogs.write(folders.get(0), BATCHES, number -> number < 10);
        BatchLogs.write(folders.get(1), BATCHES, number -> number < 10);
        assertEquals(Standing.LOST, batches.standing(10, BatchLogs.BOTH, false));
    }

    /** An engine appends behind the cut: what is not whole there may be on its way. */
    @Test
    void shouldTakeNothingBehindACutForALoss() throws IOException {
        BatchLogs.write(folders.get(0), 10, number -> true);
        BatchLogs.write(folders.get(1), 9, number -> true);
        final long[] cut = {10 * BatchLogs.PART_COUNT, 9 * BatchLogs.PART_COUNT};
        final Path segment = folders.get(1).log().resolve("log-0000000000000000.seg");
        final long end = FileDamage.usedLength(segment);
        BatchLogs.write(folders.get(1), 11, number -> number == 11);
        BatchLogs.write(folders.get(1), 12, number -> number == 12);
        FileDamage.flip(segment, end + 40, 1);
        requireStanding(Standing.IN_DOUBT, 10);
        batches = new SharedBatches(folders, new HookedFiles(), cut);
        requireStanding(Standing.LOST, 10);
        requireStanding(Standing.WHOLE, 9);
        assertEquals(1, batches.heldCount());
    }

    private void requireStanding(final Standing expected, final long number) {
        assertEquals(expected, batches.standing(number, BatchLogs.BOTH, true), "number=" + number);
    }

    private void requireHeld(final int count) {
        assertEquals(count, batches.heldCount());
        assertTrue(mostHeld > 0 && mostHeld <= MOST_HELD, "mostHeld=" + mostHeld);
    }
}
