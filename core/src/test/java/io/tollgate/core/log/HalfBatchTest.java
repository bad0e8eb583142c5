package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.StepSeries;
import io.tollgate.core.DirectoryBackup;
import io.tollgate.core.EngineContext;
import io.tollgate.core.Limits;
import io.tollgate.core.ShardFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process is killed in the middle of a batch of several frames, of which no log has the end: nothing of it comes
 * back, whatever is lost later.
 */
class HalfBatchTest {
    private static final int POINTS = 3_000;
    private static final int SEGMENT_LENGTH = 1 << 16;

    /** What changes files or names. */
    private static final Set<String> CHANGES =
            Set.of("create", "rename", "delete", "forceDirectory", "write", "writeAll", "force");

    @TempDir
    private Path directory;

    private Path killed;
    private int shardCount = 1;
    private int segmentLength = SEGMENT_LENGTH;

    /** What was called of the files, but for the call that was refused. */
    private final List<String> calls = new ArrayList<>();

    private EngineContext context(final Path data) {
        return new EngineContext()
                .clockMode(ClockMode.MANUAL)
                .stepped(true)
                .directory(data)
                .shardCount(shardCount)
                .limits(new Limits(1 << 10, 64, 10_000, 16, 16, 16, 16, 1 << 17, 4, 60_000_000_000L, 16, 0, 16))
                .logSegmentLength(segmentLength)
                .errorHandler(error -> {
                    throw new AssertionError(error);
                });
    }

    private Engine launch(final Path data) {
        return TollgateEngine.launch(context(data));
    }

    private static StepSeries series(final Engine engine, final int shard, final int shardCount) {
        StepSeries series = engine.defineStep(LostBatchTest.step("s.0"));
        for (int i = 1; shardCount > 1 && series.number() % 2 != shard; i++) {
            series = engine.defineStep(LostBatchTest.step("s." + i));
        }
        return series;
    }

    private StepSeries first(final Engine engine) {
        return series(engine, 0, shardCount);
    }

    private void offer(final Engine engine, final int from, final int to) {
        for (int i = from; i <= to; i++) {
            engine.awaitApplied(engine.publisher().offer(first(engine), i, i));
        }
    }

    /** Leaves one point, and the first frames of a batch on each of the shards that have a part of it. */
    private void killInBatch(final int pointCount, final int kept, final boolean isShared) throws IOException {
        final Path data = directory.resolve("data");
        killed = directory.resolve("killed");
        final Path before = directory.resolve("before");
        try (Engine engine = launch(data)) {
            offer(engine, 1, 1);
            BatchKillTest.copy(data, before);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int shard = 0; shard < (isShared ? shardCount : 1); shard++) {
                final StepSeries series = series(engine, shard, shardCount);
                for (int i = 0; i < pointCount; i++) {
                    batch.offer(series, 10_000 + i, i);
                }
            }
            engine.awaitApplied(batch.commit());
            BatchKillTest.copy(data, killed);
        }
        for (int shard = 0; shard < shardCount; shard++) {
            final int frames = BatchKillTest.frames(before, shard).size();
            final List<BatchKillTest.Frame> all = BatchKillTest.frames(killed, shard);
            final List<BatchKillTest.Frame> ofBatch = all.subList(frames, all.size());
            assertTrue(ofBatch.isEmpty() || ofBatch.size() > kept, () -> "frames=" + ofBatch.size());
            BatchKillTest.cut(killed, shard, ofBatch, Math.min(kept, ofBatch.size()));
            new ShardFiles(killed, shard).promiseNothing();
        }
    }

    /** Opens what the kill has left, goes on, is killed again, and loses the frame that came first then. */
    private void requireAwayForGood() throws IOException {
        final Path again = directory.resolve("again");
        try (Engine engine = launch(killed)) {
            assertEquals(1, LostPartTest.count(engine, first(engine)));
            final int frames = BatchKillTest.frames(killed, 0).size();
            offer(engine, 2, 4);
            BatchKillTest.copy(killed, again);
            LostPartTest.damage(again, 0, BatchKillTest.frames(again, 0).get(frames));
        }
        LostPartTest.recover(again);
        for (int i = 0; i < 2; i++) {
            try (Engine engine = launch(again)) {
                assertEquals(3, LostPartTest.count(engine, first(engine)));
            }
            BatchKillTest.removeCleanMarks(again, shardCount);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNotComeBackWithWhatIsLostBehindIt(final int kept) throws IOException {
        killInBatch(POINTS, kept, false);
        requireAwayForGood();
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
    void shouldNotComeBackOfSeveralShards(final boolean isShared, final int kept) throws IOException {
        shardCount = 2;
        killInBatch(POINTS, kept, isShared);
        requireAwayForGood();
    }

    /** Several frames of it in one segment. */
    @Test
    void shouldNotComeBackWhereASegmentHasMore() throws IOException {
        segmentLength = 1 << 23;
        killInBatch(70_000, 3, false);
        requireAwayForGood();
    }

    /** The log ends where it ended before the batch. */
    @Test
    void shouldLeaveNothingInTheLog() throws IOException {
        killInBatch(POINTS, 2, false);
        launch(killed).close();
        assertEquals(
                BatchKillTest.frames(directory.resolve("before"), 0).size(),
                BatchKillTest.frames(killed, 0).size());
    }

    @Test
    void shouldBeAwayWhereverTheOpeningIsStopped() throws IOException {
        stopAtEach(1 << 16, 3_000, 2);
    }

    @Test
    @Tag("ci")
    void shouldBeAwayWhereverTheOpeningOfALongLogIsStopped() throws IOException {
        stopAtEach(1 << 23, 70_000, 3);
    }

    /** An opening that is stopped before any of its changes of the files leaves a directory that opens. */
    private void stopAtEach(final int length, final int pointCount, final int kept) throws IOException {
        segmentLength = length;
        killInBatch(pointCount, kept, false);
        final int frames = BatchKillTest.frames(killed, 0).size();
        boolean hasStopped = true;
        boolean isCut = false;
        for (int k = 0; hasStopped && !isCut; k++) {
            final Path stopped = directory.resolve("stopped-" + k);
            BatchKillTest.copy(killed, stopped);
            hasStopped = stopAt(k, stopped);
            final ReplayResult end = end(stopped);
            isCut = end.frames() == frames - kept && end.end() == LogEnd.CLEAN;
            // A frame that was made none is a torn end, and told.
            try (Engine engine = TollgateEngine.launch(context(stopped).errorHandler(told -> {}))) {
                assertEquals(1, LostPartTest.count(engine, first(engine)), "k=" + k);
            }
            FileTree.delete(new SystemFileAccess(), stopped);
        }
        assertTrue(isCut);
    }

    /** It has deleted the last segment behind what is kept, which was not forced: the next one finds none to delete. */
    @Test
    void shouldForceWhatAStoppedOpeningHasDeletedBeforeItGoesOn() throws IOException {
        killInBatch(POINTS, 2, false);
        final Path stopped = directory.resolve("stopped");
        for (int k = 0;
                calls.isEmpty() || !calls.get(calls.size() - 1).equals("delete log-0000000000000002.seg");
                k++) {
            FileTree.delete(new SystemFileAccess(), stopped);
            BatchKillTest.copy(killed, stopped);
            calls.clear();
            assertTrue(stopAt(k, stopped));
        }
        calls.clear();
        assertFalse(stopAt(Integer.MAX_VALUE, stopped));
        final List<String> before = calls.stream()
                .takeWhile(call -> !call.startsWith("openForWrite log-"))
                .toList();
        assertTrue(before.size() < calls.size(), calls::toString);
        assertTrue(before.contains("forceDirectory log"), calls::toString);
    }

    private static ReplayResult end(final Path data) {
        return LogReader.replay(
                new SystemFileAccess(), data.resolve("shard-0/log"), 1, (buffer, offset, length, sequence) -> {});
    }

    private boolean stopAt(final int k, final Path stopped) {
        final int[] left = {k};
        final FileAccess files = stopping(FileAccess.class, new SystemFileAccess(), left);
        try {
            TollgateEngine.launch(context(stopped).fileAccess(files)).close();
            return false;
        } catch (final UncheckedIOException e) {
            return true;
        }
    }

    private <T> T stopping(final Class<T> type, final T target, final int[] left) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (CHANGES.contains(method.getName()) && left[0]-- <= 0) {
                throw new IOException("Input/output error");
            }
            if (args != null && args[0] instanceof Path) {
                calls.add(method.getName() + " " + ((Path) args[0]).getFileName());
            }
            try {
                final Object result = method.invoke(target, args);
                return result instanceof DataFile ? stopping(DataFile.class, (DataFile) result, left) : result;
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** A backup of it, restored, has nothing of it either. */
    @Test
    void shouldNotBeInABackup() throws IOException {
        killInBatch(POINTS, 2, false);
        final Path backup = directory.resolve("backup");
        DirectoryBackup.make(context(killed), backup);
        killed = backup;
        requireAwayForGood();
    }

    /** A frame before it is damaged, too, or one of its own: a recovery copies the log without it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotComeBackBehindARecovery(final int behind) throws IOException {
        killInBatch(POINTS, 2, false);
        final int before = BatchKillTest.frames(directory.resolve("before"), 0).size();
        LostPartTest.damage(killed, 0, BatchKillTest.frames(killed, 0).get(before - 1 + behind));
        LostPartTest.recover(killed);
        try (Engine engine = launch(killed)) {
            assertEquals(behind, LostPartTest.count(engine, first(engine)));
        }
    }
}
