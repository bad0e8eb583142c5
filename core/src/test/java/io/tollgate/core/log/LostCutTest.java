package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.StepSeries;
import io.tollgate.core.CheckpointPolicy;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log of one of two shards is without its old segments, and with the checkpoints, or their cuts alone, all is gone
 * that says what these had of batches: one that a kill leaves in the other log only counts on none all the same.
 */
class LostCutTest {
    private static final int BATCHES = 10;
    private static final int POINTS = 2_500;
    private static final int ROUNDS = 3;

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void shortenTheOtherLog() {
        data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(
                LostBatchTest.context(data).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()))) {
            final StepSeries a = LostBatchTest.onShard(0, "a", key -> engine.defineStep(LostBatchTest.step(key)));
            final StepSeries b = LostBatchTest.onShard(1, "b", key -> engine.defineStep(LostBatchTest.step(key)));
            for (int i = 1; i <= BATCHES; i++) {
                LostPartTest.offerBoth(engine, i, a, b);
            }
            for (int round = 1; round <= ROUNDS; round++) {
                for (int i = 0; i < POINTS; i++) {
                    engine.awaitApplied(engine.publisher().offer(b, POINTS * round + i, i));
                }
                engine.checkpoint();
            }
        }
        final Path log = data.resolve("shard-1/log");
        assertTrue(LogBegin.of(new SystemFileAccess(), log).firstSequence() > 1, "no old log was deleted");
    }

    private List<Path> checkpoints() {
        final List<Path> checkpoints = new ArrayList<>();
        for (int shard = 0; shard < 2; shard++) {
            for (final String checkpoint : List.of("checkpoint", "checkpoint.old")) {
                checkpoints.add(data.resolve("shard-" + shard).resolve(checkpoint));
            }
        }
        return checkpoints;
    }

    private void loseCuts() throws IOException {
        for (final Path checkpoint : checkpoints()) {
            Files.delete(checkpoint.resolve("cut"));
        }
    }

    /** Nothing is lost with them, as the stores are closed: one of them becomes a checkpoint, without a cut. */
    private void loseCheckpoints() throws IOException {
        for (final Path checkpoint : checkpoints()) {
            FileTree.delete(new SystemFileAccess(), checkpoint);
        }
        assertFalse(LostPartTest.recover(data).isPromiseBroken());
        assertFalse(Files.exists(data.resolve("shard-1/checkpoint/cut")));
    }

    private static StepSeries first(final Engine engine) {
        return LostBatchTest.onShard(0, "a", engine, StepSeries.class);
    }

    private static StepSeries second(final Engine engine) {
        return LostBatchTest.onShard(1, "b", engine, StepSeries.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotCountWhatAKillLeavesInOneLog(final boolean areCheckpointsLost) throws IOException {
        if (areCheckpointsLost) {
            loseCheckpoints();
        } else {
            loseCuts();
        }
        final Path killed = directory.resolve("killed");
        try (Engine engine = LostBatchTest.launch(data)) {
            LostBatchTest.loseOther(engine, data, killed, first(engine), second(engine));
        }
        for (int i = 0; i < 2; i++) {
            try (Engine engine = LostBatchTest.launch(killed)) {
                assertEquals(BATCHES, LostPartTest.count(engine, first(engine)));
                assertEquals(BATCHES + ROUNDS * POINTS, LostPartTest.count(engine, second(engine)));
            }
            BatchKillTest.removeCleanMarks(killed, 2);
        }
    }

    /** A cut tells as much: an opening parts nothing where one stands, be it that of a later checkpoint. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLogNothingWhereACutStands(final boolean isOfALaterCheckpoint) throws IOException {
        if (isOfALaterCheckpoint) {
            loseCheckpoints();
            try (Engine engine = LostBatchTest.launch(data)) {
                engine.checkpoint();
            }
        } else {
            for (final Path checkpoint : checkpoints().subList(0, 3)) {
                Files.delete(checkpoint.resolve("cut"));
            }
        }
        final List<Integer> before = frameCounts();
        LostBatchTest.launch(data).close();
        assertEquals(before, frameCounts());
    }

    /** As many openings as there are until a checkpoint is made: each begins behind what was deleted. */
    @Test
    void shouldPartEachOpeningWithoutACut() throws IOException {
        loseCuts();
        final List<Integer> before = frameCounts();
        LostBatchTest.launch(data).close();
        LostBatchTest.launch(data).close();
        assertEquals(before.stream().map(count -> count + 2).toList(), frameCounts());
    }

    private List<Integer> frameCounts() throws IOException {
        return List.of(
                BatchKillTest.frames(data, 0).size(),
                BatchKillTest.frames(data, 1).size());
    }
}
