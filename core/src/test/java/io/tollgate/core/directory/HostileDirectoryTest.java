package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.HostileRecords;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.report.RecoveryReport;
import io.tollgate.core.report.SeriesSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Directories with random logs under valid checksums. The opening refuses the directory by name, or all queries are
 * answered. The queries come from the engine, another process, inspect, verify, backup and recover.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDirectoryTest {
    private static final int MIN_SEGMENT_BITS = 12;
    private static final int SEGMENT_SIZES = 5;
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -1, 0, 1, 2, 3, 1L << 32, 1L << 62
    };

    @TempDir
    private Path temporary;

    private final SystemFileAccess files = new SystemFileAccess();
    private Random random;
    private int refusedCount;
    private int openedCount;

    @Test
    void shouldRefuseOrAnswerForAnyLog() throws IOException {
        forge(6, this::each, this::changeAny);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrAnswerForManyLogs() throws IOException {
        forge(4_000, this::each, this::changeAny);
    }

    @Test
    void shouldRefuseOrAnswerForAnyLogOfLives() throws IOException {
        forge(6, this::lives, this::changeLife);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrAnswerForManyLogsOfLives() throws IOException {
        forge(2_000, this::lives, this::changeLife);
    }

    /** A reader of such a text would read after the record, or allocate any amount of memory. */
    @ParameterizedTest
    @CsvSource({"DEFINE_SERIES, 72, 65535", "PANEL, 14, 65535", "PANEL, 14, 32767", "REGISTER_WINDOWS, 12, 65535"})
    void shouldReportARecordWhoseTextExtendsBeyondIt(final String type, final int offset, final int value)
            throws IOException {
        random = new Random(TestSeed.of("HostileDirectoryTest"));
        final List<byte[]> forged = records(this::each);
        final byte[] record =
                last(forged, one -> OperationDescriptor.name(type(one)).equals(type));
        new UnsafeBuffer(record).putShort(offset, (short) value);
        final Path directory = temporary.resolve("data");
        write(directory, forged);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        final String refusal = assertThrows(
                        IllegalStateException.class, () -> TollgateEngine.launch(context(directory)))
                .getMessage();
        assertTrue(refusal.contains("whose records do not fill it"), refusal);
        final RecoveryReport report = InPlaceRecovery.recover(context(directory));
        assertEquals(1, report.losses().size(), () -> "report=" + report.lines());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        open(directory);
        assertEquals(1, openedCount);
    }

    @Test
    void shouldRefuseToContinueWithWatchesThatAreNotAsManyAsTheLogSays() throws IOException {
        random = new Random(TestSeed.of("HostileDirectoryTest"));
        final List<byte[]> forged = records(this::each);
        last(
                forged,
                one -> type(one) == OperationDescriptor.PANEL
                        && one[PanelOperation.ACTION_OFFSET] == PanelOperation.BEGIN)[PanelOperation.WATCH_OFFSET] = 1;
        final Path directory = temporary.resolve("data");
        write(directory, forged);
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final String refusal = assertThrows(IllegalStateException.class, () -> HostileRecords.watch(engine))
                    .getMessage();
            assertTrue(refusal.startsWith("subscription=kept watchCount=1, expected 2"), refusal);
        }
    }

    private static int type(final byte[] record) {
        return OperationDescriptor.type(new UnsafeBuffer(record), 0);
    }

    private static byte[] last(final List<byte[]> records, final Predicate<byte[]> which) {
        return records.stream().filter(which).reduce((one, next) -> next).orElseThrow();
    }

    private void forge(final int rounds, final Consumer<Engine> making, final Consumer<List<byte[]>> changing)
            throws IOException {
        random = new Random(TestSeed.of("HostileDirectoryTest"));
        final List<byte[]> records = records(making);
        for (int i = 0; i < rounds; i++) {
            final List<byte[]> forged = new ArrayList<>(records);
            // The first round changes nothing and requires a valid directory.
            for (int changes = i == 0 ? 0 : 1 + random.nextInt(3); changes > 0; changes--) {
                changing.accept(forged);
            }
            final Path directory = temporary.resolve("data-" + i);
            try {
                write(directory, forged);
                backUp(directory);
                open(directory);
                assertNotNull(DirectoryCheck.of(directory).state());
                inspect(directory);
            } catch (final RuntimeException | AssertionError e) {
                // A later version may have any contents.
                if (!(e instanceof IllegalStateException) || !e.getMessage().contains("the version that wrote it")) {
                    throw new AssertionError("round=" + i, e);
                }
            }
            FileTree.delete(files, directory);
            assertEquals(i == 0 ? 0 : refusedCount, refusedCount, "an unforged directory was refused");
        }
        assertTrue(openedCount > 0, "refused=" + refusedCount);
    }

    private void each(final Engine engine) {
        HostileRecords.make(engine);
    }

    private void lives(final Engine engine) {
        final Lives lives = new Lives(engine);
        for (int i = 0; i < 4 * Lives.LENGTH; i++) {
            engine.awaitApplied(lives.offer(i));
        }
    }

    private List<byte[]> records(final Consumer<Engine> making) {
        final Path directory = temporary.resolve("made");
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            making.accept(engine);
        }
        return HostileRecords.of(new DirectoryFiles(directory).logFiles());
    }

    /** Changes bytes of a random record. */
    private void changeAny(final List<byte[]> records) {
        final int chosen = random.nextInt(records.size());
        final byte[] record = records.get(chosen).clone();
        HostileRecords.change(record, random);
        // The type after the last one is not logged; UnknownFormatTest covers it.
        if (OperationDescriptor.isKnown(type(record))) {
            records.set(chosen, record);
        }
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory).errorHandler(error -> {});
    }

    /** Changes a field of a record that ends a life or links two lives, in place or in a duplicate at another place. */
    private void changeLife(final List<byte[]> records) {
        final int[] lives = new int[records.size()];
        int count = 0;
        for (int i = 0; i < records.size(); i++) {
            final int type = type(records.get(i));
            if (type == OperationDescriptor.END_SERIES || type == OperationDescriptor.FOLLOW_SERIES) {
                lives[count++] = i;
            }
        }
        final int chosen = lives[random.nextInt(count)];
        final byte[] record = records.get(chosen).clone();
        final int fields = (record.length - OperationDescriptor.HEADER_LENGTH) / Long.BYTES;
        final int offset = OperationDescriptor.HEADER_LENGTH + Long.BYTES * random.nextInt(fields);
        final long value = random.nextInt(4) == 0 ? random.nextLong() : EXTREMES[random.nextInt(EXTREMES.length)];
        new UnsafeBuffer(record).putLong(offset, value);
        if (random.nextBoolean()) {
            records.set(chosen, record);
        } else {
            records.add(chosen + random.nextInt(records.size() + 1 - chosen), record);
        }
    }

    /** Writes the files of a killed engine. */
    private void write(final Path directory, final List<byte[]> records) throws IOException {
        final DataDirectory made = new DataDirectory(Files.createDirectories(directory));
        final Manifest begun = Manifest.begin(1, Manifest.State.OPEN);
        try (ManifestFile manifest = ManifestFile.create(files, directory, begun)) {
            made.makeDirectories(files);
            final LogFiles log = new DirectoryFiles(directory).logFiles();
            try (OperationLog target = OperationLog.open(
                    log,
                    1 << MIN_SEGMENT_BITS + random.nextInt(SEGMENT_SIZES),
                    LogReader.replay(log, 1, (buffer, offset, length, sequence) -> {}))) {
                for (final byte[] record : records) {
                    target.append(new UnsafeBuffer(record), 0, record.length, 1);
                }
            }
            manifest.begin(records.size());
        }
    }

    private void open(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            openedCount++;
            ask(engine, new TestReader(engine.newReader()));
            watchAgain(engine);
            inspect(directory);
            try (DirectoryView view = DirectoryView.open(directory)) {
                for (long number = 0; number < view.seriesCount(); number++) {
                    view.find(number).ifPresent(series -> ask(new TestReader(view.newReader()), series));
                }
            }
        } catch (final IllegalStateException e) {
            refusedCount++;
            assertTrue(e.getMessage().contains("expected"), e::getMessage);
            // Recovery succeeds or gives the reason for a refusal.
            try {
                InPlaceRecovery.recover(context(directory));
            } catch (final IllegalStateException again) {
                assertTrue(again.getMessage().contains("expected"), again::getMessage);
            }
        }
    }

    private void backUp(final Path directory) throws IOException {
        final Path target = directory.resolveSibling("backup");
        try {
            DirectoryBackup.make(context(directory), target);
            FileTree.delete(files, target);
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains("expected"), e::getMessage);
        }
    }

    /** Continues with watches after the log. */
    private static void watchAgain(final Engine engine) {
        try {
            HostileRecords.watch(engine);
        } catch (final IllegalArgumentException | IllegalStateException e) {
            assertTrue(e.getMessage().contains("expected"), e::getMessage);
        }
    }

    private void ask(final Engine engine, final TestReader reader) {
        final long count = engine.admin().statistics().seriesCount();
        for (long number = 0; number < count; number++) {
            final Series series = engine.series().find(number).orElseThrow();
            ask(reader, series);
            final LifeReading life = reader.life(series, Instants.ALL_KNOWN);
            engine.series().find(life.successor());
            engine.series().find(life.predecessor());
        }
    }

    private static void ask(final TestReader reader, final Series series) {
        final AnswerText text = new AnswerText(reader);
        final LifeReading life = reader.newLifeReading();
        for (final long at : new long[] {Instants.MIN, 0, 305, 900, 1_205, Instants.MAX}) {
            reader.readLife(series, at, life);
            assertNotNull(life.status());
            assertNotNull(text.of(series, Window.slidingNs(400), at, Instants.ALL_KNOWN));
        }
    }

    private static void inspect(final Path directory) {
        assertNotNull(DirectoryInspection.of(directory).state());
        final List<SeriesSummary> series = new ArrayList<>();
        try (DirectoryView view = DirectoryView.open(directory)) {
            view.forEachSummary(series::add);
            for (final SeriesSummary one : series) {
                if (one.successor() != Series.NO_NUMBER) {
                    assertNotNull(view.find(one.successor()));
                }
            }
        } catch (final IllegalStateException e) {
            assertTrue(
                    e.getMessage().contains("has to be rebuilt")
                            || e.getMessage().contains("was not closed")
                            || e.getMessage().contains("has a damaged record"),
                    e::getMessage);
        }
    }
}
