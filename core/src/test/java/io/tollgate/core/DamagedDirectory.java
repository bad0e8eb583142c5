package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small data directory to be damaged, and what must hold of it whatever the damage is. */
final class DamagedDirectory {
    static final int POINTS = 40;
    private static final int POINTS_OF_CHECKPOINT = 9;
    private static final int POINTS_OF_SEGMENT = 1_000;
    private static final int FILLERS = 3;
    private static final List<String> KEYS = List.of("damage.step", "damage.flow", "damage.sum");
    private static final List<Window> WINDOWS = List.of(Window.slidingNs(1_000), Window.slidingNs(100), Window.last(3));

    private final Path directory;

    DamagedDirectory(final Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    static EngineContext context(final Path directory) {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {});
    }

    /** Fills a directory; the engine stays open. */
    static Engine fill(final Path directory) {
        return fill(context(directory), (engine, number) -> {});
    }

    /**
     * Fills a directory in the same way, with a subscription, checkpoints meanwhile, and the old segments of the log
     * deleted behind them.
     */
    static Engine fillWithCheckpoints(final Path directory) {
        final Engine filled = fillWithCheckpoints(directory, CheckpointPolicy.ON_REQUEST.deletingOldLog());
        assertTrue(filled.statistics().checkpointCounts().deletedSegments() > 0, "no old log was deleted");
        return filled;
    }

    /** All that is logged where a directory is filled so, and nothing deleted. */
    static NavigableMap<Long, String> loggedWithCheckpoints(final Path directory) {
        fillWithCheckpoints(directory, CheckpointPolicy.ON_REQUEST).close();
        return new DamagedDirectory(directory).operations();
    }

    private static Engine fillWithCheckpoints(final Path directory, final CheckpointPolicy policy) {
        return fill(context(directory).checkpoints(policy), (engine, number) -> {
            if (number == 0) {
                engine.subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
            }
            if (number % POINTS_OF_CHECKPOINT == POINTS_OF_CHECKPOINT - 1) {
                fillSegment(engine, number);
                engine.checkpoint();
            }
        });
    }

    /**
     * Fills one in the same way, with checkpoints meanwhile, and series that nobody asks for, of so many points each.
     */
    static Engine fillWithCheckpoints(final Path directory, final CheckpointPolicy policy, final int fillerPoints) {
        return fill(context(directory).checkpoints(policy), (engine, number) -> {
            if (number % POINTS_OF_CHECKPOINT == POINTS_OF_CHECKPOINT - 1) {
                for (int i = 0; i < FILLERS; i++) {
                    final FlowSeries filler =
                            engine.defineFlow(SeriesDefinition.flow("damage.filler." + i, Unit.COUNT, 0));
                    offerFillers(engine, filler, number, fillerPoints);
                }
                engine.checkpoint();
            }
        });
    }

    /** Logs so much of a series that nobody asks for that the next point is in another segment. */
    private static void fillSegment(final Engine engine, final int number) {
        final FlowSeries filler = engine.defineFlow(SeriesDefinition.flow("damage.filler", Unit.COUNT, 0));
        offerFillers(engine, filler, number, POINTS_OF_SEGMENT);
    }

    private static void offerFillers(final Engine engine, final FlowSeries filler, final int number, final int points) {
        for (int i = 0; i < points; i++) {
            engine.awaitApplied(
                    engine.publisher().offer(filler, 0, 1, Publisher.NONE, (long) POINTS_OF_SEGMENT * number + i));
        }
    }

    /** Does something between the points. */
    private interface Between {
        void reached(Engine engine, int number);
    }

    private static Engine fill(final EngineContext context, final Between between) {
        final Engine engine = TollgateEngine.launch(context);
        final StepSeries step = engine.defineStep(
                SeriesDefinition.step(KEYS.get(0), Unit.PERCENT, 2).withWindows(Window.slidingNs(100)));
        final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow(KEYS.get(1), Unit.COUNT, 0));
        final Publisher publisher = engine.publisher();
        for (int i = 0; i < POINTS; i++) {
            if (i == POINTS / 2) {
                engine.defineFlow(
                        SeriesDefinition.flow(KEYS.get(2), Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM));
            }
            final long time = 10L * i - (i % 7 == 0 ? 25 : 0);
            final long stepTime = i % 5 == 4 ? time - 10 : time;
            if (i % 3 == 1) {
                final Batch batch = publisher.newBatch();
                batch.begin();
                batch.offer(step, stepTime, 100L * i);
                batch.offer(flow, time, i, Publisher.NONE, i);
                engine.awaitApplied(batch.commit());
            } else {
                engine.awaitApplied(publisher.offer(step, stepTime, 100L * i));
                engine.awaitApplied(publisher.offer(flow, time, i, Publisher.NONE, i));
            }
            if (i % 11 == 10) {
                engine.awaitApplied(publisher.withdraw(flow, time, Publisher.NONE, i));
            }
            if (i >= POINTS / 2) {
                final FlowSeries sum = (FlowSeries) engine.find(KEYS.get(2)).orElseThrow();
                engine.awaitApplied(publisher.offer(sum, time / 100 * 100, 1));
            }
            between.reached(engine, i);
        }
        return engine;
    }

    /** Counts, sums and last values of all series at many instants, by series. */
    static Map<String, List<String>> answers(final Path directory) {
        final Map<String, List<String>> answers = new TreeMap<>();
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading();
            for (final String key : KEYS) {
                final List<String> lines = new ArrayList<>();
                if (engine.find(key).isPresent()) {
                    final Series series = engine.find(key).orElseThrow();
                    for (long at = -30; at < 11L * POINTS; at += 7) {
                        for (final Window window : WINDOWS) {
                            reader.read(series, window, at, reading);
                            lines.add(at + " " + reading.value(Metric.COUNT) + " " + reading.value(Metric.SUM) + " "
                                    + reading.value(Metric.LAST) + " " + reading.value(Metric.MEAN) + " "
                                    + reading.status(Metric.MEAN));
                        }
                    }
                }
                answers.put(key, lines);
            }
            answers.put("now", List.of(Long.toString(engine.now())));
        }
        return answers;
    }

    /** What a kill would leave; what an engine with threads makes ahead of need may get its name meanwhile. */
    DamagedDirectory copyTo(final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                final Path copy = target.resolve(directory.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                    continue;
                }
                try {
                    Files.copy(path, copy);
                } catch (final NoSuchFileException e) {
                    assertTrue(path.toString().matches(".*\\.(tmp|new)"), () -> "vanished: " + path);
                }
            }
        }
        adopt(target);
        return new DamagedDirectory(target);
    }

    /** A process that was killed has left this very directory, and no copy of it. */
    private static void adopt(final Path copy) {
        if (Files.isRegularFile(new DirectoryFiles(copy).manifestFile())) {
            try {
                new DirectoryFiles(copy).adopt();
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("crc32c"), e.getMessage());
            }
        }
    }

    /** Puts a file or a directory in the place of another, of which nothing stays. */
    static void put(final Path other, final Path place) throws IOException {
        if (Files.isDirectory(other)) {
            delete(place);
            Files.createDirectories(place.getParent());
            new DamagedDirectory(other).copyTo(place);
        } else {
            Files.copy(other, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static void delete(final Path directory) throws IOException {
        FileTree.delete(new SystemFileAccess(), directory);
    }

    /** All regular files, by their paths inside the directory. */
    List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /**
     * What must hold: damage is seen or without effect; recovery leaves a sound directory, and loses nothing of
     * one that an engine opens; what it does not call lost is there; what is appended afterwards can be read.
     *
     * @param answers    of the directory before it was damaged.
     * @param history    of its log then.
     * @return whether a promise was broken.
     */
    boolean requireSurvived(
            final Map<String, List<String>> answers,
            final SurvivingPoints.History history,
            final Path scratch,
            final String what)
            throws IOException {
        final DirectoryCheck.State state = DirectoryCheck.of(directory).state();
        final Path opened = scratch.resolve("opened");
        copyTo(opened);
        boolean isOpened = false;
        try {
            assertEquals(answers, answers(opened), what + ": answers of a directory that opens");
            isOpened = true;
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains("recover"), what + ": " + e.getMessage());
            assertEquals(DirectoryCheck.State.DAMAGED, state, what + ": refused: " + e.getMessage());
        } finally {
            delete(opened);
        }
        final Path recovered = scratch.resolve("recovered");
        final RecoveryReport report = DirectoryRecovery.recover(context(directory), recovered);
        final DirectoryCheck after = DirectoryCheck.of(recovered);
        assertEquals(List.of(), after.damages(), what + ": after recovery");
        assertEquals(DirectoryCheck.State.SOUND, after.state(), what + ": after recovery");
        if (report.isPromiseBroken()) {
            assertFalse(isOpened, what + ": lost, though an engine has opened all of it: " + report.lines());
            assertEquals(DirectoryCheck.State.DAMAGED, state, what + ": lost, and not seen before: " + report.lines());
            requireAllButLosses(history.logged(), report, what);
            try (Engine engine = TollgateEngine.launch(context(recovered))) {
                history.requireRest(engine, KEYS, WINDOWS, report, what);
            }
        } else {
            assertEquals(answers, answers(recovered), what + ": " + report.lines());
        }
        requireAppends(recovered, what);
        delete(recovered);
        return report.isPromiseBroken();
    }

    /** Each operation that the report does not call lost stands in the new log as it was. */
    private static void requireAllButLosses(
            final NavigableMap<Long, String> before, final RecoveryReport report, final String what) {
        final NavigableMap<Long, String> after = new DamagedDirectory(report.target()).operations();
        final NavigableMap<Long, String> kept = new TreeMap<>(
                before.subMap(report.log().firstSequence(), true, report.log().lastSequence(), true));
        report.losses()
                .forEach(loss -> kept.subMap(loss.firstSequence(), true, loss.lastSequence(), true)
                        .clear());
        kept.forEach((sequence, operation) -> assertEquals(
                operation, after.get(sequence), () -> what + ": sequence=" + sequence + ' ' + report.lines()));
    }

    /** The operations of the log, by their sequences. */
    NavigableMap<Long, String> operations() {
        final NavigableMap<Long, String> operations = new TreeMap<>();
        final DirectoryFiles files = new DirectoryFiles(directory);
        LogReader.replay(
                files.logFiles(), files.manifest().log().firstSequence(), (buffer, offset, length, sequence) -> {
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    operations.put(sequence, HexFormat.of().formatHex(bytes));
                });
        return operations;
    }

    private static void requireAppends(final Path directory, final String what) {
        final long before;
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final FlowSeries appended = engine.defineFlow(SeriesDefinition.flow("damage.appended", Unit.COUNT, 0));
            before = PointCount.of(engine, appended);
            engine.awaitApplied(engine.publisher().offer(appended, 20L * POINTS, 1));
        }
        new DirectoryFiles(directory).markNotClosed();
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            assertEquals(before + 1, PointCount.of(engine, "damage.appended"), what + ": appended, and rebuilt");
        } catch (final UncheckedIOException e) {
            throw new AssertionError(what, e);
        }
    }
}
