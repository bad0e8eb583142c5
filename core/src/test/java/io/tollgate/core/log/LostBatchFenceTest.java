package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.StepSeries;
import io.tollgate.core.EngineContext;
import io.tollgate.core.ShardFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of a batch of two shards a power failure has left the end in one log only, and nothing but points by themselves comes
 * behind it. An opening leaves it out, and parts it by a fence from what is lost later: it stays away for good.
 */
class LostBatchFenceTest {
    @TempDir
    private Path directory;

    private Path data;
    private Path lost;
    private StepSeries a;
    private StepSeries b;

    @BeforeEach
    void loseABatch() throws IOException {
        data = directory.resolve("data");
        lost = directory.resolve("lost");
        try (Engine engine = LostBatchTest.launch(data)) {
            a = LostBatchTest.onShard(0, "a", key -> engine.defineStep(LostBatchTest.step(key)));
            b = LostBatchTest.onShard(1, "b", key -> engine.defineStep(LostBatchTest.step(key)));
            offer(engine, 1, 1);
            LostBatchTest.loseOther(engine, data, lost, a, b);
        }
    }

    private static List<BatchKillTest.Frame> frames(final Path path, final int shard) throws IOException {
        return BatchKillTest.frames(path, shard);
    }

    /** Offers points of the second shard. */
    private void offer(final Engine engine, final int from, final int to) {
        final StepSeries series = (StepSeries) engine.find(b.key()).orElseThrow();
        for (int i = from; i <= to; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, i));
        }
    }

    private void requireCounts(final Path path, final long ofB) {
        try (Engine opened = LostBatchTest.launch(path)) {
            assertEquals(List.of(0L, ofB), List.of(LostPartTest.count(opened, a), LostPartTest.count(opened, b)));
        }
    }

    /** Goes on for long, closed in between, and damages a frame of the second log that is written last. */
    private void requireAwayForGood(final Path path) throws IOException {
        try (Engine opened = LostBatchTest.launch(path)) {
            offer(opened, 2, 20);
        }
        final Path killed = directory.resolve("killed");
        final BatchKillTest.Frame damaged;
        try (Engine opened = LostBatchTest.launch(path)) {
            offer(opened, 21, 30);
            final int frame = frames(path, 1).size();
            offer(opened, 31, 40);
            damaged = frames(path, 1).get(frame);
            BatchKillTest.copy(path, killed);
        }
        LostPartTest.damage(killed, 1, damaged);
        LostPartTest.recover(killed);
        requireCounts(killed, 39);
    }

    @Test
    void shouldStayAwayWhereTheOtherLogIsDamagedLongBehindIt() throws IOException {
        requireAwayForGood(lost);
    }

    /** The fence itself is in one log only: the next opening makes another. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldStayAwayWhereTheOpeningWasKilled(final int shard) throws IOException {
        final int before = frames(lost, shard).size();
        final Path half = directory.resolve("half");
        try (Engine opened = LostBatchTest.launch(lost)) {
            assertEquals(0, LostPartTest.count(opened, a));
            BatchKillTest.copy(lost, half);
        }
        final List<BatchKillTest.Frame> all = frames(half, shard);
        assertEquals(before + 1, all.size());
        BatchKillTest.cut(half, shard, all.subList(before, all.size()), 0);
        for (int i = 0; i < 2; i++) {
            new ShardFiles(half, i).promiseNothing();
        }
        requireAwayForGood(half);
    }

    /** What it had rebuilt is not closed cleanly: the next opening leaves the batch out again, and parts it. */
    @Test
    void shouldStayAwayWhereTheOpeningFailedBehindIt() throws IOException {
        final Path sound = directory.resolve("sound");
        BatchKillTest.copy(lost, sound);
        final FaultyFiles seen = new FaultyFiles();
        final Engine opened = TollgateEngine.launch(LostBatchTest.context(sound).fileAccess(seen));
        final List<String> calls = List.copyOf(seen.calls);
        opened.close();
        final String force = "forceDirectory";
        final int all = Collections.frequency(calls, force);
        // From the mark on that says that the first shard is open.
        final int first = Collections.frequency(calls.subList(0, calls.indexOf("create open")), force);
        assertTrue(all >= first + 2, calls::toString);
        for (int forces = first; forces < all; forces++) {
            final Path data = directory.resolve("refused-" + forces);
            BatchKillTest.copy(lost, data);
            final FaultyFiles files = new FaultyFiles();
            files.directoryForcesBeforeFailure = forces;
            final EngineContext context = LostBatchTest.context(data).fileAccess(files);
            assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context));
            requireAwayForGood(data);
            FileTree.delete(new SystemFileAccess(), directory.resolve("killed"));
        }
    }

    /** An opening that leaves nothing out has nothing to part, nor has one that reads no log. */
    @Test
    void shouldLogNothingElse() throws IOException {
        requireCounts(lost, 1);
        requireLogged(lost, List.of(frames(lost, 0).size(), frames(lost, 1).size()));
        final Path whole = directory.resolve("whole");
        try (Engine engine = LostBatchTest.launch(whole)) {
            engine.defineStep(LostBatchTest.step(a.key()));
            engine.defineStep(LostBatchTest.step(b.key()));
            LostPartTest.offerBoth(engine, 1_000, a, b);
            BatchKillTest.copy(whole, directory.resolve("killed"));
        }
        final Path killed = directory.resolve("killed");
        requireLogged(
                killed, List.of(frames(killed, 0).size(), frames(killed, 1).size()));
    }

    private static void requireLogged(final Path path, final List<Integer> expected) throws IOException {
        LostBatchTest.launch(path).close();
        assertEquals(expected, List.of(frames(path, 0).size(), frames(path, 1).size()));
    }
}
