package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.LifeReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Series;
import io.tollgate.api.Subscription;
import io.tollgate.api.VersionReading;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogBegin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a killed engine of the fifth format left behind two checkpoints, with the old segments of its log deleted,
 * series that had ended and were followed by others, a history that was forgotten in part, and a subscription: of one
 * shard, from before a directory had an identity, and of two, with it, the second of which has its log from the
 * beginning; and of one shard that was killed once more, whose log was repaired when it had lost where it begins.
 * {@link #main} made them.
 */
class GoldenCheckpointTest {
    private enum Golden {
        ONE_SHARD("checkpoints-5", 1),
        TWO_SHARDS("checkpoints-5-shards", 2),
        REPAIRED("checkpoints-5-repaired", 1);

        private final GoldenArchive archive;
        private final int shardCount;

        Golden(final String name, final int shardCount) {
            archive = new GoldenArchive(name);
            this.shardCount = shardCount;
        }
    }

    private static final int OPERATIONS = 640;
    private static final int OPERATIONS_OF_CHECKPOINT = 150;
    private static final List<Window> WINDOWS =
            List.of(Window.slidingNs(173), Window.slidingNs(20_000), Window.last(7), Window.since(0));
    private static final Metric[] METRICS = {Metric.COUNT, Metric.SUM, Metric.MEAN, Metric.SD, Metric.LAST, Metric.MAX};

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheAnswersOfTheDayItWasMade(final Golden golden) throws IOException {
        final Path directory = unpacked(golden);
        final LogBegin begin = LogBegin.of(new SystemFileAccess(), directory.resolve("shard-0/log"));
        assertTrue(begin.neededSequence() > 0);
        assertEquals(golden == Golden.REPAIRED, begin.isRepaired() && begin.firstSequence() == 1);
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(directory).state());
        requireAnswers(golden, directory, OpeningReport.Origin.CHECKPOINT);
        requireAnswers(golden, directory, OpeningReport.Origin.CLOSED);
    }

    private static void requireAnswers(final Golden golden, final Path directory, final OpeningReport.Origin origin)
            throws IOException {
        try (TollgateEngine engine = TollgateEngine.launch(context(directory, golden.shardCount))) {
            for (final OpeningReport opening : engine.openings()) {
                assertEquals(origin, opening.origin());
            }
            assertEquals(golden.archive.answers(), answers(engine));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromTheCheckpointBeforeTheNewest(final Golden golden) throws IOException {
        final Path directory = unpacked(golden);
        Files.write(directory.resolve("shard-0/checkpoint/header"), new byte[128]);
        final RecoveryReport report = DirectoryRecovery.recover(context(directory, golden.shardCount));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        requireAnswers(golden, directory, OpeningReport.Origin.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBeOpenedWithoutItsCheckpoints(final Golden golden) throws IOException {
        final Path directory = unpacked(golden);
        DamagedDirectory.delete(directory.resolve("shard-0/checkpoint"));
        DamagedDirectory.delete(directory.resolve("shard-0/checkpoint.old"));
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(context(directory, golden.shardCount))
                        .close());
        assertTrue(refusal.getMessage().contains("expected a checkpoint that has it"), refusal::getMessage);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromABackup(final Golden golden) throws IOException {
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(context(unpacked(golden), golden.shardCount), backup);
        try (Engine engine = TollgateEngine.launch(context(backup, golden.shardCount))) {
            assertEquals(golden.archive.answers(), answers(engine));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromAnEngineThatIsFilledToday(final Golden golden) throws IOException {
        try (Engine engine = fill(temporary.resolve("today"), golden.shardCount)) {
            assertEquals(golden.archive.answers(), answers(engine));
        }
    }

    /** What engines of earlier formats left: no later one reads their checkpoints, and the log before them is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"checkpoints-3", "checkpoints-4"})
    void shouldRefuseWhatAnEarlierFormatLeftWithoutItsOldLogAndLeaveItAsItIs(final String name) throws IOException {
        final Path directory = temporary.resolve("earlier");
        new GoldenArchive(name).unpack(directory);
        final Map<Path, Long> before = checksums(directory);
        for (final Executable call : List.<Executable>of(
                () -> TollgateEngine.launch(context(directory, 1)).close(),
                () -> DirectoryCheck.of(directory),
                () -> DirectoryRecovery.recover(context(directory, 1)))) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, call);
            assertTrue(refusal.getMessage().contains("with the version of Tollgate that made it"), refusal::getMessage);
            assertEquals(before, checksums(directory));
        }
    }

    /** Of all files but that which is locked. */
    private static Map<Path, Long> checksums(final Path directory) throws IOException {
        final Map<Path, Long> checksums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("engine.lock")) {
                    final CRC32C crc = new CRC32C();
                    crc.update(Files.readAllBytes(file));
                    checksums.put(file, crc.getValue());
                }
            }
        }
        return checksums;
    }

    /** Made the archives and the answers: into the first argument, that named in the second. */
    public static void main(final String[] args) throws IOException {
        final Golden golden = Golden.valueOf(args[1]);
        final Path made = Files.createTempDirectory("golden");
        final Path killed = made.resolve("killed");
        try (Engine engine = fill(made.resolve("data"), golden.shardCount)) {
            new DamagedDirectory(made.resolve("data")).copyTo(killed);
            golden.archive.make(
                    Path.of(args[0]), golden == Golden.REPAIRED ? repaired(killed) : killed, answers(engine));
        }
    }

    private static Path repaired(final Path killed) throws IOException {
        final Path again = killed.resolveSibling("again");
        Files.delete(LogBegin.file(new ShardFiles(killed).log()));
        DirectoryRecovery.recover(context(killed, 1));
        try (Engine engine = TollgateEngine.launch(context(killed, 1))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(killed).copyTo(again);
        }
        DamagedDirectory.delete(again.resolve("shard-0/damaged-0"));
        return again;
    }

    private Path unpacked(final Golden golden) throws IOException {
        final Path directory = temporary.resolve("data");
        golden.archive.unpack(directory);
        return directory;
    }

    private static EngineContext context(final Path directory, final int shardCount) {
        return Lanes.context(shardCount)
                .directory(directory)
                .stepped(true)
                .checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog());
    }

    private static Engine fill(final Path directory, final int shardCount) {
        final Engine engine = TollgateEngine.launch(context(directory, shardCount));
        engine.subscribe(Subscription.of("all", "life.*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        final Lanes lanes = new Lanes(engine, 2);
        final Lives lives = new Lives(engine);
        for (int number = 0; number < OPERATIONS; number++) {
            lanes.offer(0, number);
            lanes.offer(1, number);
            engine.awaitApplied(lives.offer(number));
            if (number % OPERATIONS_OF_CHECKPOINT == OPERATIONS_OF_CHECKPOINT - 1) {
                engine.checkpoint();
            }
        }
        return engine;
    }

    private static String answers(final Engine engine) {
        final StringBuilder text = new StringBuilder();
        text.append(engine.now()).append('\n');
        for (final String key : List.of("lane.0", "lane.1", "count.1")) {
            append(text, engine, key);
        }
        for (int life = 0; life <= OPERATIONS / Lives.LENGTH; life++) {
            append(text, engine, "life.events." + life);
            append(text, engine, "life.level." + life);
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final Engine engine, final String key) {
        final Series series = engine.find(key).orElseThrow();
        final MetricReader reader = engine.newReader();
        final LifeReading life = reader.newLifeReading();
        reader.readLife(series, MetricReader.ALL_KNOWN, life);
        final VersionReading versions = reader.newVersionReading(1);
        reader.readVersions(series, Window.slidingNs(1L << 40), 1L << 39, MetricReader.ALL_KNOWN, versions);
        text.append(key
                + ';'
                + life.startNs()
                + ';'
                + life.endNs()
                + ';'
                + life.endKnownAtNs()
                + ';'
                + life.predecessor()
                + ';'
                + life.successor()
                + ';'
                + versions.horizonNs()
                + ';'
                + versions.count());
        final WindowReading reading = reader.newReading(METRICS);
        for (final Window window : WINDOWS) {
            for (final long at : new long[] {777, Lanes.SPACE_NS * OPERATIONS / 2, Lanes.SPACE_NS * OPERATIONS}) {
                reader.read(series, window, at, reading);
                for (final Metric metric : METRICS) {
                    // In hexadecimal digits, which all JDKs write alike.
                    text.append(';').append(Double.toHexString(reading.value(metric)));
                    text.append(' ').append(reading.status(metric));
                }
            }
        }
        text.append('\n');
    }
}
