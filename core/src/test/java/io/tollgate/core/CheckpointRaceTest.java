package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of a batch of two shards a power failure has left the end in one log only: it counts on neither. Copies are made then
 * while the engine goes on at the worst of moments: whoever reads the log has just read its end, and meets the next
 * segment of it, in use now.
 */
class CheckpointRaceTest {
    private static final int FILL = 3_000;
    private static final int STEP = 50;

    @TempDir
    private Path temporary;

    private final RacedFiles files = new RacedFiles();
    private Path lost;
    private Engine engine;
    private FlowSeries left;
    private FlowSeries right;
    private FlowSeries filler;
    private long number;

    /** Fills the log of the second shard when a reader of it opens a segment that is not in use yet. */
    private final class RacedFiles extends HookedFiles {
        private boolean isRacing;
        private int races;

        @Override
        public DataFile openForRead(final Path file) throws IOException {
            if (isRacing
                    && file.startsWith(lost.resolve("shard-1/log"))
                    && isReadOn()
                    && FileDamage.usedLength(file) == 0) {
                isRacing = false;
                races++;
                while (FileDamage.usedLength(file) == 0) {
                    fill(STEP);
                }
                isRacing = true;
            }
            return super.openForRead(file);
        }

        /** Whether the segment before was read to its end, and not only the headers of all. */
        private boolean isReadOn() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.skip(2)
                            .findFirst()
                            .orElseThrow()
                            .getMethodName()
                            .equals("readSegments"));
        }
    }

    @BeforeEach
    void nameDirectories() {
        lost = temporary.resolve("lost");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static String keyOn(final int shard, final String prefix) {
        int i = 0;
        while (ShardPlace.indexOf(prefix + i, 2) != shard) {
            i++;
        }
        return prefix + i;
    }

    private void launch(final Path data, final CheckpointPolicy policy) {
        engine = TollgateEngine.launch(Lanes.context(2)
                .directory(data)
                .stepped(true)
                .checkpoints(policy)
                .fileAccess(files)
                .errorHandler(error -> {}));
        left = engine.defineFlow(SeriesDefinition.flow(keyOn(0, "left."), Unit.COUNT, 0));
        right = engine.defineFlow(SeriesDefinition.flow(keyOn(1, "right."), Unit.COUNT, 0));
        filler = engine.defineFlow(SeriesDefinition.flow(keyOn(1, "filler."), Unit.COUNT, 0));
    }

    private void fill(final int count) {
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            number++;
            ticket = engine.publisher().offer(filler, number, 1, number, 0);
        }
        engine.awaitApplied(ticket);
    }

    /** Opens a directory whose second log has not the batch that the first one has. */
    private void loseABatch(final boolean isOldLogDeleted) throws IOException {
        final CheckpointPolicy policy =
                isOldLogDeleted ? CheckpointPolicy.ON_REQUEST.deletingOldLog() : CheckpointPolicy.ON_REQUEST;
        final Path data = temporary.resolve("data");
        final Path before = temporary.resolve("before");
        launch(data, policy);
        fill(STEP);
        for (int i = 0; isOldLogDeleted && i < 3; i++) {
            for (int k = 0; k < FILL; k += STEP) {
                fill(STEP);
            }
            engine.checkpoint();
        }
        assertEquals(isOldLogDeleted, engine.statistics().checkpointCounts().deletedSegments() > 0);
        new ShardFiles(data, 1).copyLogTo(before);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(left, number, 1, number, 0);
        batch.offer(right, number, 1, number, 0);
        engine.awaitApplied(batch.commit());
        new DamagedDirectory(data).copyTo(lost);
        engine.close();
        FileTree.delete(new SystemFileAccess(), lost.resolve("shard-1/log"));
        new DamagedDirectory(before).copyTo(lost.resolve("shard-1/log"));
        for (int shard = 0; shard < 2; shard++) {
            new ShardFiles(lost, shard).promiseNothing();
        }
        launch(lost, policy);
        assertEquals(0, PointCount.of(engine, left), "counts on neither");
        fill(STEP);
    }

    private void requireNone(final Path data) {
        try (Engine opened =
                TollgateEngine.launch(Lanes.context(2).directory(data).stepped(true))) {
            assertEquals(0, PointCount.of(opened, left.key()));
            assertEquals(0, PointCount.of(opened, right.key()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeNothingThatIsBeingWrittenForALoss(final boolean isOldLogDeleted) throws IOException {
        loseABatch(isOldLogDeleted);
        files.isRacing = true;
        engine.checkpoint();
        files.isRacing = false;
        assertTrue(files.races > 0, "races");
        final Path killed = temporary.resolve("killed");
        new DamagedDirectory(lost).copyTo(killed);
        requireNone(killed);
    }

    @Test
    void shouldTakeNothingInABackupForALossEither() throws IOException {
        loseABatch(false);
        files.isRacing = true;
        engine.backup(temporary.resolve("backup"));
        files.isRacing = false;
        assertTrue(files.races > 0, "races");
        requireNone(temporary.resolve("backup"));
    }
}
