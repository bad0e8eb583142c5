package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
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
 * A process is killed while it logs a batch of several frames, so the log misses the end. No part of the batch returns,
 * even after later losses.
 */
class IncompleteBatchTest {
    private static final int POINTS = 3_000;
    private static final int SEGMENT_LENGTH = 1 << 16;

    /** The calls that change files or names. */
    private static final Set<String> CHANGES =
            Set.of("create", "rename", "delete", "forceDirectory", "write", "writeAll", "force");

    @TempDir
    private Path directory;

    private Path killed;
    private ClockMode clockMode = ClockMode.MANUAL;
    private int segmentLength = SEGMENT_LENGTH;

    /** The calls on the files, except the refused one. */
    private final List<String> calls = new ArrayList<>();

    private EngineContext context(final Path data) {
        return TestContext.stepped(clockMode, data)
                .limits(Limits.DEFAULT.withMaxBatchPointCount(1 << 17).withMaxOpenBatchCount(4))
                .logSegmentLength(segmentLength)
                .errorHandler(error -> {
                    throw new AssertionError(error);
                });
    }

    private Engine launch(final Path data) {
        return TollgateEngine.launch(context(data));
    }

    private static StepSeries define(final Engine engine) {
        return engine.defineStep(SeriesDefinition.step("s", Unit.COUNT, 0));
    }

    private long known(final long time) {
        return clockMode == ClockMode.KNOWLEDGE ? time : Instants.NONE;
    }

    private void offer(final Engine engine, final int from, final int to) {
        for (int i = from; i <= to; i++) {
            KnownPoint.apply(engine, define(engine), i, i, known(i));
        }
    }

    /** Leaves one point, and the first frames of a batch. */
    private void killInBatch(final int pointCount, final int kept) throws IOException {
        final Path data = directory.resolve("data");
        killed = directory.resolve("killed");
        final Path before = directory.resolve("before");
        try (Engine engine = launch(data)) {
            if (clockMode != ClockMode.MANUAL) {
                engine.updates()
                        .subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
            }
            offer(engine, 1, 1);
            LogFrame.copy(data, before);
            final StepSeries series = define(engine);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < pointCount; i++) {
                KnownPoint.offer(batch, series, 10_000 + i, i, known(10_000 + i));
            }
            engine.awaitApplied(batch.commit());
            LogFrame.copy(data, killed);
        }
        final List<LogFrame> all = LogFrame.of(killed);
        final List<LogFrame> ofBatch = all.subList(LogFrame.of(before).size(), all.size());
        assertTrue(ofBatch.size() > kept, () -> "frames=" + ofBatch.size());
        LogFrame.cut(killed, ofBatch, kept);
        new DirectoryFiles(killed).markNotClosed();
    }

    /** Opens the directory after the kill, continues, kills again, and damages the first new frame. */
    private void requireAwayForGood() throws IOException {
        final Path again = directory.resolve("again");
        try (Engine engine = launch(killed)) {
            assertEquals(1, LostPartTest.count(engine, define(engine)));
            final int frames = LogFrame.of(killed).size();
            offer(engine, 2, 4);
            LogFrame.copy(killed, again);
            LogFrame.of(again).get(frames).damage(again);
        }
        LostPartTest.recover(again);
        for (int i = 0; i < 2; i++) {
            try (Engine engine = launch(again)) {
                assertEquals(3, LostPartTest.count(engine, define(engine)));
            }
            new DirectoryFiles(again).markNotClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNotComeBackAfterALaterLoss(final int kept) throws IOException {
        killInBatch(POINTS, kept);
        requireAwayForGood();
    }

    /** A segment holds several frames of the batch. */
    @Test
    void shouldNotComeBackIfASegmentHasMore() throws IOException {
        segmentLength = 1 << 23;
        killInBatch(70_000, 3);
        requireAwayForGood();
    }

    /** The log ends at its end before the batch. */
    @Test
    void shouldLeaveNothingInTheLog() throws IOException {
        killInBatch(POINTS, 2);
        launch(killed).close();
        assertEquals(
                LogFrame.of(directory.resolve("before")).size(),
                LogFrame.of(killed).size());
    }

    @Test
    void shouldNotReturnAfterAnOpeningStoppedAtAnyCall() throws IOException {
        stopAtEach(1 << 16, 3_000, 2, 1);
    }

    @Test
    @Tag("ci")
    void shouldNotReturnAfterAnOpeningOfALongLogStoppedAtManyCalls() throws IOException {
        stopAtEach(1 << 23, 70_000, 3, 3);
    }

    @Test
    @Tag("nightly")
    void shouldNotReturnAfterAnOpeningOfALongLogStoppedAtAnyCall() throws IOException {
        stopAtEach(1 << 23, 70_000, 3, 1);
    }

    /** An opening is stopped before each, or every n-th, of its file changes. The directory must open afterwards. */
    private void stopAtEach(final int length, final int pointCount, final int kept, final int step) throws IOException {
        segmentLength = length;
        killInBatch(pointCount, kept);
        final int frames = LogFrame.of(killed).size();
        boolean hasStopped = true;
        boolean isCut = false;
        for (int k = 0; hasStopped && !isCut; k += step) {
            final Path stopped = directory.resolve("stopped-" + k);
            LogFrame.copy(killed, stopped);
            hasStopped = stopAt(k, stopped);
            final ReplayResult end = end(stopped);
            isCut = end.frames() == frames - kept && end.end() == LogEnd.CLEAN;
            // A frame marked as no frame is reported as a torn tail.
            try (Engine engine = TollgateEngine.launch(context(stopped).errorHandler(error -> {}))) {
                assertEquals(1, LostPartTest.count(engine, define(engine)), "k=" + k);
            }
            FileTree.delete(new SystemFileAccess(), stopped);
        }
        assertTrue(isCut);
    }

    /**
     * The stopped opening deleted the last segment without a force of the directory. The next opening finds no segment
     * to delete.
     */
    @Test
    void shouldForceWhatAStoppedOpeningHasDeletedBeforeItContinues() throws IOException {
        killInBatch(POINTS, 2);
        final Path stopped = directory.resolve("stopped");
        for (int k = 0;
                calls.isEmpty() || !calls.get(calls.size() - 1).equals("delete log-0000000000000002.seg");
                k++) {
            FileTree.delete(new SystemFileAccess(), stopped);
            LogFrame.copy(killed, stopped);
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
        return LogReader.replay(new DirectoryFiles(data).logFiles(), 1, (buffer, offset, length, sequence) -> {});
    }

    private boolean stopAt(final int k, final Path stopped) {
        final int[] left = {k};
        final FileAccess files = stopping(FileAccess.class, new SystemFileAccess(), left);
        try {
            TollgateEngine.launch(InjectedFiles.inject(context(stopped), files)).close();
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

    /** A restored backup contains no part of the batch either. */
    @Test
    void shouldNotBeInABackup() throws IOException {
        killInBatch(POINTS, 2);
        final Path backup = directory.resolve("backup");
        DirectoryBackup.make(context(killed), backup);
        killed = backup;
        requireAwayForGood();
    }

    /**
     * A frame before the batch, or a frame of the batch, is damaged too. The recovery copies the log without the batch.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotComeBackAfterARecovery(final int after) throws IOException {
        killInBatch(POINTS, 2);
        final int before = LogFrame.of(directory.resolve("before")).size();
        LogFrame.of(killed).get(before - 1 + after).damage(killed);
        LostPartTest.recover(killed);
        try (Engine engine = launch(killed)) {
            assertEquals(after, LostPartTest.count(engine, define(engine)));
        }
    }

    /**
     * The points of the batch moved the clock, and a record before the batch says so. After the opening they do not.
     */
    @ParameterizedTest
    @CsvSource({"EVENT, 1", "EVENT, 2", "KNOWLEDGE, 1", "KNOWLEDGE, 2"})
    void shouldMoveNoClock(final ClockMode mode, final int kept) throws IOException {
        clockMode = mode;
        killInBatch(POINTS, kept);
        final Path again = directory.resolve("again");
        try (Engine engine = launch(killed)) {
            assertEquals(1, engine.now());
            offer(engine, 2, 2);
            requireKnown(engine);
            LogFrame.copy(killed, again);
        }
        try (Engine engine = launch(again)) {
            requireKnown(engine);
        }
    }

    private static void requireKnown(final Engine engine) {
        assertEquals(2, engine.now());
        final TestReader reader = new TestReader(engine.newReader());
        final LevelReading level = reader.level(define(engine), 2, 2);
        assertEquals(List.of(2L, 2L), List.of(level.sinceNs(), level.knowledgeTimeNs()));
    }
}
