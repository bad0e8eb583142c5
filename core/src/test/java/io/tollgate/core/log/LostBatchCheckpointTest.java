package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.StepSeries;
import io.tollgate.core.CheckpointPolicy;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of a batch of two shards a kill has left the end in the log of the first one only, which is short; the old segments
 * of the other one's log go behind checkpoints, and what has left the batch out with them. Whoever asks for no deletion
 * any more keeps the checkpoint before of both shards: where the newest of the first one is damaged, the batch stays
 * away.
 */
class LostBatchCheckpointTest {
    private static final int POINTS = 2_500;

    @TempDir
    private Path directory;

    private Path lost;
    private Path killed;
    private StepSeries a;
    private StepSeries b;

    @BeforeEach
    void shortenTheOtherLog() throws IOException {
        final Path data = directory.resolve("data");
        lost = directory.resolve("lost");
        killed = directory.resolve("killed");
        try (Engine engine = LostBatchTest.launch(data)) {
            a = LostBatchTest.onShard(0, "a", key -> engine.defineStep(LostBatchTest.step(key)));
            b = LostBatchTest.onShard(1, "b", key -> engine.defineStep(LostBatchTest.step(key)));
            offer(engine, 1, 1);
            LostBatchTest.loseOther(engine, data, lost, a, b);
        }
        try (Engine engine = TollgateEngine.launch(
                LostBatchTest.context(lost).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()))) {
            assertEquals(0, LostPartTest.count(engine, a));
            for (int round = 1; round <= 3; round++) {
                offer(engine, POINTS * round, POINTS * round + POINTS - 1);
                engine.checkpoint();
            }
        }
        assertEquals(1, begin(0));
        assertTrue(begin(1) > 1, "no old log was deleted");
    }

    private void offer(final Engine engine, final int from, final int to) {
        final StepSeries series = (StepSeries) engine.find(b.key()).orElseThrow();
        for (int i = from; i <= to; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, i));
        }
    }

    private long begin(final int shard) {
        return LogBegin.of(new SystemFileAccess(), lost.resolve("shard-" + shard + "/log"))
                .firstSequence();
    }

    /** Rebuilds the first shard where its newest checkpoint is damaged. */
    private void requireAway() throws IOException {
        final Path table = killed.resolve("shard-0/checkpoint/series-0.numbers");
        final byte[] bytes = Files.readAllBytes(table);
        bytes[20] ^= 1;
        Files.write(table, bytes);
        LostPartTest.recover(killed);
        try (Engine engine = LostBatchTest.launch(killed)) {
            assertEquals(0, LostPartTest.count(engine, a), "half of a batch that never counted");
        }
    }

    @Test
    void shouldStayAwayWhereTheCheckpointOfTheShortLogIsDamaged() throws IOException {
        try (Engine engine = LostBatchTest.launch(lost)) {
            offer(engine, 4 * POINTS, 4 * POINTS);
            engine.checkpoint();
            offer(engine, 4 * POINTS + 1, 4 * POINTS + 1);
            BatchKillTest.copy(lost, killed);
        }
        requireAway();
    }

    /** The log of the first shard is damaged, and its store, which was closed, becomes its checkpoint. */
    @Test
    void shouldStayAwayWhereTheCheckpointThatARecoveryHasMadeIsDamaged() throws IOException {
        try (Engine engine = LostBatchTest.launch(lost)) {
            final StepSeries other = LostBatchTest.onShard(0, "c", key -> engine.defineStep(LostBatchTest.step(key)));
            engine.awaitApplied(engine.publisher().offer(other, 1, 1));
        }
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(lost, 0);
        LostPartTest.damage(lost, 0, frames.get(frames.size() - 1));
        LostPartTest.recover(lost);
        try (Engine engine = LostBatchTest.launch(lost)) {
            offer(engine, 4 * POINTS, 4 * POINTS);
            BatchKillTest.copy(lost, killed);
        }
        requireAway();
    }
}
