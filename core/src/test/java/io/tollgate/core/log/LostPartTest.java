package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.MetricReader;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.CheckpointPolicy;
import io.tollgate.core.DirectoryCheck;
import io.tollgate.core.DirectoryRecovery;
import io.tollgate.core.EngineContext;
import io.tollgate.core.Loss;
import io.tollgate.core.RecoveryReport;
import io.tollgate.core.ShardFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of two shards has lost a part of its log, or all of it: what the other has of batches of both counts as before,
 * and what never counted does not come to.
 */
class LostPartTest {
    private static final long LAST = 999_999;

    @TempDir
    private Path directory;

    private Path data;
    private Path killed;
    private Engine engine;
    private StepSeries a;
    private StepSeries b;

    @BeforeEach
    void launch() {
        data = directory.resolve("data");
        killed = directory.resolve("killed");
        launch(LostBatchTest.context(data));
    }

    private void launch(final EngineContext context) {
        engine = TollgateEngine.launch(context);
        a = LostBatchTest.onShard(0, "a", key -> engine.defineStep(LostBatchTest.step(key)));
        b = LostBatchTest.onShard(1, "b", key -> engine.defineStep(LostBatchTest.step(key)));
    }

    static void offerBoth(final Engine engine, final long at, final StepSeries a, final StepSeries b) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(a, at, at);
        batch.offer(b, at, at);
        engine.awaitApplied(batch.commit());
    }

    private void offerBoth(final int from, final int to) {
        for (int i = from; i <= to; i++) {
            offerBoth(engine, i, a, b);
        }
    }

    private void offer(final StepSeries series, final int from, final int to) {
        for (int i = from; i <= to; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, i));
        }
    }

    private void kill() throws IOException {
        BatchKillTest.copy(data, killed);
        engine.close();
    }

    private int frameCount(final int shard) throws IOException {
        return BatchKillTest.frames(data, shard).size();
    }

    static long count(final Engine engine, final StepSeries series) {
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        reader.read((StepSeries) engine.find(series.key()).orElseThrow(), Window.slidingNs(LAST), LAST, reading);
        return reading.count();
    }

    static RecoveryReport recover(final Path path) {
        final RecoveryReport report = DirectoryRecovery.recover(new EngineContext().directory(path));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(path).state());
        return report;
    }

    /** Opened, killed, and opened once more. */
    private void requireCounts(final Path path, final long ofA, final long ofB) throws IOException {
        final Path again = directory.resolve(path.getFileName() + "-again");
        try (Engine opened = LostBatchTest.launch(path)) {
            assertEquals(List.of(ofA, ofB), List.of(count(opened, a), count(opened, b)));
            BatchKillTest.copy(path, again);
        }
        try (Engine opened = LostBatchTest.launch(again)) {
            assertEquals(List.of(ofA, ofB), List.of(count(opened, a), count(opened, b)), "killed once more");
        }
    }

    /** Nothing is known of what a shard had: it counted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountAsBeforeWhereAShardIsLost(final boolean isClosed) throws IOException {
        offerBoth(1, 10);
        offer(a, 11, 15);
        if (isClosed) {
            engine.close();
            BatchKillTest.copy(data, killed);
        } else {
            kill();
        }
        FileTree.delete(new SystemFileAccess(), killed.resolve("shard-1"));
        assertEquals(1, recover(killed).missing().size());
        final Path again = directory.resolve("again");
        try (Engine opened = LostBatchTest.launch(killed)) {
            assertEquals(15, count(opened, a));
            assertTrue(opened.find(b.key()).isEmpty());
            final StepSeries anew = opened.defineStep(LostBatchTest.step(b.key()));
            offerBoth(opened, 20, (StepSeries) opened.find(a.key()).orElseThrow(), anew);
            BatchKillTest.copy(killed, again);
        }
        requireCounts(again, 16, 1);
    }

    /** Its log is made anew behind where a checkpoint says that it was, and what comes to it counts as anywhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountAsBeforeWhereAShardIsLostBehindACheckpoint(final boolean isDamagedLater) throws IOException {
        offerBoth(1, 10);
        offer(b, 11, 40);
        engine.checkpoint();
        offerBoth(51, 60);
        kill();
        FileTree.delete(new SystemFileAccess(), killed.resolve("shard-1"));
        recover(killed);
        final Path again = directory.resolve("again");
        final BatchKillTest.Frame lost;
        try (Engine opened = LostBatchTest.launch(killed)) {
            assertEquals(20, count(opened, a));
            final StepSeries first = (StepSeries) opened.find(a.key()).orElseThrow();
            final StepSeries anew = opened.defineStep(LostBatchTest.step(b.key()));
            offerBoth(opened, 61, first, anew);
            final int frame = BatchKillTest.frames(killed, 1).size();
            offerBoth(opened, 62, first, anew);
            lost = BatchKillTest.frames(killed, 1).get(frame);
            offerBoth(opened, 63, first, anew);
            BatchKillTest.copy(killed, again);
        }
        if (isDamagedLater) {
            damage(again, 1, lost);
            recover(again);
        }
        requireCounts(again, 23, isDamagedLater ? 2 : 3);
    }

    /** A batch that a kill has left half behind a recovery is no part of what was lost before it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotCountWhatIsLoggedInPartBehindARecovery(final boolean isShardLost) throws IOException {
        offerBoth(1, 3);
        final int before = frameCount(1);
        offer(b, 4, 4);
        offer(b, 5, 5);
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 1);
        kill();
        if (isShardLost) {
            FileTree.delete(new SystemFileAccess(), killed.resolve("shard-1"));
        } else {
            damage(killed, 1, frames.get(before));
        }
        recover(killed);
        final Path left = directory.resolve("left");
        final List<BatchKillTest.Frame> half;
        try (Engine opened = LostBatchTest.launch(killed)) {
            final StepSeries other = opened.defineStep(LostBatchTest.step(b.key()));
            final int whole = BatchKillTest.frames(killed, 1).size();
            offerBoth(opened, 50, (StepSeries) opened.find(a.key()).orElseThrow(), other);
            BatchKillTest.copy(killed, left);
            final List<BatchKillTest.Frame> all = BatchKillTest.frames(killed, 1);
            half = all.subList(whole, all.size());
        }
        LostBatchTest.cutOther(left, half);
        requireCounts(left, 3, isShardLost ? 0 : 4);
    }

    /** The end of the other log is lost, from before its checkpoint on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountWhereTheEndOfTheOtherLogIsLostAcrossItsCheckpoint(final boolean isAcross) throws IOException {
        offerBoth(1, 5);
        int from = frameCount(1);
        offer(b, 6, 8);
        engine.checkpoint();
        from = isAcross ? from : frameCount(1);
        offerBoth(11, 15);
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 1);
        kill();
        BatchKillTest.cut(killed, 1, frames, from);
        recover(killed);
        requireCounts(killed, 10, 8);
    }

    /** Behind a checkpoint a loss that began before it takes the definition of a series, of which points follow. */
    @Test
    void shouldBeRecoveredWhereALossReachesAcrossACheckpoint() throws IOException {
        offer(a, 1, 10);
        final int from = frameCount(0);
        offer(a, 11, 15);
        engine.checkpoint();
        final StepSeries late = LostBatchTest.onShard(0, "late", key -> engine.defineStep(LostBatchTest.step(key)));
        final int to = frameCount(0);
        offer(late, 1, 10);
        offer(a, 16, 20);
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 0);
        kill();
        for (final BatchKillTest.Frame frame : frames.subList(from, to)) {
            damage(killed, 0, frame);
        }
        assertEquals(10, recover(killed).orphanedCount());
        requireCounts(killed, 20, 0);
    }

    /** A bit of the other log is flipped while the engine goes on, and a checkpoint is made beside it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountInACheckpointThatIsMadeBesideDamageOfTheOtherLog(final boolean isMade) throws IOException {
        final int first = frameCount(1);
        offerBoth(1, 10);
        offer(b, 11, 15);
        damage(data, 1, BatchKillTest.frames(data, 1).get(first));
        if (isMade) {
            try {
                engine.checkpoint();
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("shard-1"), e.getMessage());
            }
        }
        kill();
        recover(killed);
        requireCounts(killed, 10, 14);
    }

    /** The other is closed cleanly: its log is not read to open it. */
    @Test
    void shouldCountInAnOpeningBesideAClosedShardWhoseLogIsDamaged() throws IOException {
        final int first = frameCount(1);
        offerBoth(1, 10);
        offer(b, 11, 2_000);
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 1);
        engine.close();
        BatchKillTest.copy(data, killed);
        new ShardFiles(killed).removeCleanMark();
        damage(killed, 1, frames.get(first));
        try (Engine opened = LostBatchTest.launch(killed)) {
            assertEquals(10, count(opened, a));
            assertEquals(2_000, count(opened, b));
        }
    }

    /** A kill had left it in one log; what came later rests on its not counting. */
    @Test
    void shouldNotBringBackWhatNeverCounted() throws IOException {
        offer(a, 1, 1);
        offer(b, 1, 1);
        final int before = frameCount(1);
        offerBoth(50, 50);
        final List<BatchKillTest.Frame> half = BatchKillTest.frames(data, 1);
        kill();
        LostBatchTest.cutOther(killed, half.subList(before, half.size()));
        final Path later = directory.resolve("later");
        final BatchKillTest.Frame lost;
        try (Engine opened = LostBatchTest.launch(killed)) {
            assertEquals(List.of(1L, 1L), List.of(count(opened, a), count(opened, b)));
            final StepSeries first = (StepSeries) opened.find(a.key()).orElseThrow();
            final StepSeries second = (StepSeries) opened.find(b.key()).orElseThrow();
            offerBoth(opened, 10, first, second);
            opened.closeSeries(first, LifeEnd.at(40));
            final int frame = BatchKillTest.frames(killed, 1).size();
            opened.awaitApplied(opened.publisher().offer(second, 12, 2));
            opened.awaitApplied(opened.publisher().offer(second, 13, 3));
            lost = BatchKillTest.frames(killed, 1).get(frame);
            BatchKillTest.copy(killed, later);
        }
        damage(later, 1, lost);
        assertEquals(0, recover(later).orphanedCount());
        requireCounts(later, 2, 3);
    }

    /** A shard without its checkpoints is rebuilt from its whole log, while the other log begins late. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountBeforeTheBeginningOfTheOtherLog(final boolean isRecovered) throws IOException {
        engine.close();
        FileTree.delete(new SystemFileAccess(), data);
        launch(LostBatchTest.context(data).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()));
        offerBoth(1, 10);
        for (int round = 1; round <= 3; round++) {
            offer(b, 2_500 * round, 2_500 * round + 2_499);
            engine.checkpoint();
        }
        kill();
        assertTrue(LogBegin.of(new SystemFileAccess(), killed.resolve("shard-1/log"))
                        .firstSequence()
                > 1);
        for (final String checkpoint : List.of("checkpoint", "checkpoint.old")) {
            final Path path = killed.resolve("shard-0").resolve(checkpoint);
            if (isRecovered) {
                flip(path.resolve("series-0.numbers"), 20);
            } else {
                FileTree.delete(new SystemFileAccess(), path);
            }
        }
        if (isRecovered) {
            recover(killed);
        }
        requireCounts(killed, 10, 7_510);
    }

    /** A batch of three frames by itself, one of them damaged: all else of it is there, and the report has the rest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldKeepOfABatchWhatIsNotLost(final int damaged) throws IOException {
        final int points = 3_000;
        offer(a, 1, 1);
        final int first = frameCount(0);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < points; i++) {
            batch.offer(a, 10 + i, i);
        }
        engine.awaitApplied(batch.commit());
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 0);
        assertEquals(first + 3, frames.size());
        offer(a, 100_000, 100_000);
        kill();
        damage(killed, 0, frames.get(first + damaged));
        final Loss loss = recover(killed).shards().get(0).losses().get(0);
        // The beginning and the end of the batch are operations, too.
        final long bounds = damaged == 1 ? 0 : 1;
        requireCounts(killed, 2 + points - (loss.lastSequence() - loss.firstSequence() + 1 - bounds), 0);
    }

    /** The same of a batch of both shards, of which no log has the end any more: the other one is lost as a whole. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldKeepOfABatchOfBothWhatIsNotLostWithTheOther(final int damaged) throws IOException {
        final int points = 3_000;
        offerBoth(1, 3);
        final int first = frameCount(0);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < points; i++) {
            batch.offer(a, 10 + i, i);
        }
        batch.offer(b, 10, 10);
        engine.awaitApplied(batch.commit());
        final List<BatchKillTest.Frame> frames = BatchKillTest.frames(data, 0);
        assertEquals(first + 3, frames.size());
        offer(a, 100_000, 100_000);
        kill();
        damage(killed, 0, frames.get(first + damaged));
        FileTree.delete(new SystemFileAccess(), killed.resolve("shard-1"));
        final RecoveryReport report = recover(killed);
        final Loss loss = report.shards().get(0).losses().get(0);
        final long bounds = damaged == 1 ? 0 : 1;
        assertEquals(0, report.orphanedCount());
        try (Engine opened = LostBatchTest.launch(killed)) {
            assertEquals(4 + points - (loss.lastSequence() - loss.firstSequence() + 1 - bounds), count(opened, a));
        }
    }

    static void damage(final Path data, final int shard, final BatchKillTest.Frame frame) throws IOException {
        flip(data.resolve("shard-" + shard).resolve("log").resolve(frame.file()), frame.position() + 40);
    }

    private static void flip(final Path file, final int position) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }
}
