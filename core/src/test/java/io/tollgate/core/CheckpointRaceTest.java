package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.DataFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of a batch of two shards a power failure has left the end in one log only: it counts on neither. Copies are made then
 * while the engine goes on at the worst of moments: whoever reads the log has just read its end, and meets the next
 * segment of it, in use now.
 */
class CheckpointRaceTest {
    private static final int STEP = 50;
    private static final GoldenArchive GOLDEN = new GoldenArchive("lost-batch-5");

    @TempDir
    private Path temporary;

    private final RacedFiles files = new RacedFiles();
    private Path lost;
    private Engine engine;
    private FlowSeries left;
    private FlowSeries right;
    private FlowSeries filler;

    /** Later than all that is there. */
    private long number = 1_000_000;

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

    private void launch(final Path data) {
        engine = TollgateEngine.launch(
                Lanes.context(2).directory(data).stepped(true).fileAccess(files).errorHandler(error -> {}));
        left = engine.defineFlow(SeriesDefinition.flow(BackupRaceTest.keyOn(0, "left."), Unit.COUNT, 0));
        right = engine.defineFlow(SeriesDefinition.flow(BackupRaceTest.keyOn(1, "right."), Unit.COUNT, 0));
        filler = engine.defineFlow(SeriesDefinition.flow(BackupRaceTest.keyOn(1, "filler."), Unit.COUNT, 0));
    }

    private void fill(final int count) {
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            number++;
            ticket = engine.publisher().offer(filler, number, 1, number, 0);
        }
        engine.awaitApplied(ticket);
    }

    /**
     * Opens a directory whose second log has not the batch that the first one has. An earlier version has left that
     * out, logged nothing behind it that would part it from what is lost later, and closed the directory.
     */
    private void openLostBatch() throws IOException {
        GOLDEN.unpack(lost);
        launch(lost);
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

    @Test
    void shouldTakeNothingThatIsBeingWrittenForALoss() throws IOException {
        openLostBatch();
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
        openLostBatch();
        files.isRacing = true;
        engine.backup(temporary.resolve("backup"));
        files.isRacing = false;
        assertTrue(files.races > 0, "races");
        requireNone(temporary.resolve("backup"));
    }
}
