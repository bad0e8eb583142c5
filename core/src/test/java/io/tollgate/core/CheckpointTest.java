package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Checkpoint;
import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint spares a replay of what it includes, stands in for what the log loses, and is never trusted blindly. */
class CheckpointTest {
    private static final int LANES = 4;
    private static final int BEFORE = 60;
    private static final int BEHIND = 20;

    @TempDir
    private Path temporary;

    private Path killed;

    @BeforeEach
    void nameDirectory() {
        killed = temporary.resolve("killed");
    }

    /** Writes, makes checkpoints and writes on; what lies in the mappings then is what a killed engine leaves. */
    private Checkpoint writeAndKill(final int shardCount) throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(data))) {
            final Lanes lanes = new Lanes(engine, LANES);
            feed(lanes, 0, BEFORE / 2);
            engine.checkpoint();
            feed(lanes, BEFORE / 2, BEFORE);
            final Checkpoint checkpoint = engine.checkpoint();
            feed(lanes, BEFORE, BEFORE + BEHIND);
            new DamagedDirectory(data).copyTo(killed);
            return checkpoint;
        }
    }

    private static void feed(final Lanes lanes, final int from, final int to) {
        for (int lane = 0; lane < LANES; lane++) {
            lanes.feed(lane, from, to);
        }
    }

    private void requireAll(final int shardCount, final long replayed) {
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(killed))) {
            assertEquals(replayed, engine.statistics().appliedCount(), "replayed");
            for (int lane = 0; lane < LANES; lane++) {
                assertEquals(BEFORE + BEHIND, Lanes.numberIn(engine, lane));
            }
            Lanes.requireSame(engine, LANES, "killed");
        }
    }

    /** Two lanes with one point an operation, two with two. */
    private static long pointsOf(final int operations) {
        return 6L * operations;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldReplayAfterAKillNoMoreThanWhatCameBehindIt(final int shardCount) throws IOException {
        final Checkpoint checkpoint = writeAndKill(shardCount);
        assertEquals(shardCount, checkpoint.lastSequences().size());
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(killed).state());
        requireAll(shardCount, pointsOf(BEHIND));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
    }

    @Test
    void shouldReplayAllWhereTheCheckpointIsGone() throws IOException {
        writeAndKill(1);
        FileTree.delete(killed.resolve("shard-0/checkpoint"));
        requireAll(1, pointsOf(BEFORE + BEHIND));
    }

    @Test
    void shouldStartFromTheOneBeforeWhereItWasKilledBetweenTheTwo() throws IOException {
        writeAndKill(1);
        Files.move(killed.resolve("shard-0/checkpoint"), killed.resolve("shard-0/checkpoint.old"));
        Files.createDirectories(killed.resolve("shard-0/checkpoint.new/left"));
        requireAll(1, pointsOf(BEHIND));
        assertFalse(Files.exists(killed.resolve("shard-0/checkpoint.new")));
    }

    @Test
    void shouldRefuseADamagedOneByNameAndRecoverFromTheLog() throws IOException {
        final Random random = new Random(TestSeed.of("shouldRefuseADamagedOneByNameAndRecoverFromTheLog"));
        writeAndKill(1);
        for (final String name : new String[] {"clean", "header", "series-0.map", "names-0.numbers"}) {
            final Path target = temporary.resolve("damaged-" + name);
            new DamagedDirectory(killed).copyTo(target);
            final Path file = target.resolve("shard-0/checkpoint").resolve(name);
            final byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(64)] ^= 1;
            Files.write(file, bytes);
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> TollgateEngine.launch(Lanes.context(1).directory(target))
                            .close());
            assertTrue(refusal.getMessage().contains("checkpoint"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
            final RecoveryReport report =
                    DirectoryRecovery.recover(Lanes.context(1).directory(target));
            assertFalse(report.isPromiseBroken(), report::toString);
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
            assertEquals(4, report.seriesCount() - 2);
        }
    }

    @Test
    void shouldLoseNothingWhereTheLogBeforeItIsDamaged() throws IOException {
        writeAndKill(1);
        final Path segment = killed.resolve("shard-0/log/log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[700] ^= 1;
        Files.write(segment, bytes);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(killed).state());
        final RecoveryReport report = DirectoryRecovery.recover(Lanes.context(1).directory(killed));
        assertFalse(report.isPromiseBroken(), report::toString);
        assertEquals(1, report.shards().get(0).losses().size());
        assertTrue(report.shards().get(0).losses().get(0).isCovered(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        requireAll(1, 0);
        // Now the checkpoint has the only copy: losing it is a loss.
        Files.delete(killed.resolve("shard-0/checkpoint/header"));
        Files.delete(killed.resolve("shard-0/series-0.map"));
        assertTrue(DirectoryRecovery.recover(Lanes.context(1).directory(killed)).isPromiseBroken());
    }

    /** A checkpoint is forced, and the log before it: a log that ends earlier has lost something. */
    @Test
    void shouldMissWhatTheLogHadWhenItWasMade() throws IOException {
        writeAndKill(1);
        final Path log = killed.resolve("shard-0/log");
        final Path segment = log.resolve("log-0000000000000000.seg");
        final byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(Arrays.copyOf(bytes, 64), bytes.length));
        Files.delete(killed.resolve("shard-0/positions"));
        assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(Lanes.context(1).directory(killed)).close());
    }
}
