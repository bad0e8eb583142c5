package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A view of a defective data directory is refused, or answers for its intact parts. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedViewTest {
    private static final Window ALL = Window.slidingNs(1L << 40);
    private static final int WORD_OFFSET = 64;
    private static final int ROUNDS = 100;

    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("data");
    }

    private EngineContext context() {
        return Lanes.stepped(directory());
    }

    /** Each read of a series that was left half changed returns CONTENDED soon. All other series answer. */
    @Test
    void shouldSayContendedOfASeriesThatADeadProcessWasChanging() throws IOException {
        final TreeMap<String, String> answers = new TreeMap<>();
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 4, 0, 100);
            engine.series()
                    .find("lane.0")
                    .ifPresent(series ->
                            answers.put("lane.0", DirectoryViewTest.text(new TestReader(engine.newReader()), series)));
            engine.series()
                    .find("count.1")
                    .ifPresent(series ->
                            answers.put("count.1", DirectoryViewTest.text(new TestReader(engine.newReader()), series)));
        }
        DirectoryViewTest.leaveUnclosed(directory());
        leaveHalfChanged(directory().resolve("store"), 1);
        try (DirectoryView view = DirectoryView.open(directory())) {
            assertEquals(DirectoryState.NOT_CLOSED, view.state());
            final TestReader reader = new TestReader(view.newReader());
            final Series[] halfChanged = new Series[1];
            view.forEachSeries(series -> halfChanged[0] = series.number() == 1 ? series : halfChanged[0]);
            final WindowReading reading = reader.window(halfChanged[0], ALL, 5_000);
            assertEquals(Status.CONTENDED, reading.status(Metric.COUNT));
            assertEquals(1, view.contendedCount());
            for (final String key : answers.keySet()) {
                final Series series = view.find(key).orElseThrow();
                assertTrue(
                        series.number() == 1 || answers.get(key).equals(DirectoryViewTest.text(reader, series)), key);
            }
        }
    }

    @Test
    void shouldRefuseAStoreThatIsNotWhole() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 1, 0, 10);
        }
        final Path store = directory().resolve("store");
        final DirectoryFiles files = new DirectoryFiles(directory());
        files.change(Manifest::rebuilding, Optional.empty());
        refuse("recover");
        // The machine was restarted since.
        files.markNotClosed();
        refuse("recover");
        files.markKilled();
        DirectoryView.open(directory()).close();
        final Path map = store.resolve("series-0.map");
        try (FileChannel channel = FileChannel.open(map, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        refuse("series-0.map");
        Files.delete(map);
        refuse("series-0.map");
        assertThrows(IllegalStateException.class, () -> DirectoryView.open(temporary.resolve("none")));
        refuseDirectory(temporary, "expected a data directory");
    }

    /** The files of a copy are from several moments, so references between them may dangle. */
    @Test
    void shouldRefuseACopyOfADirectoryThatIsOpen() throws IOException {
        final Path copy = temporary.resolve("copy");
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 4, 0, 100);
            DirectoryFiles.copy(directory(), copy);
            refuseDirectory(copy, "is a copy of an open directory");
            DirectoryView.open(directory()).close();
        }
        // An engine rebuilds it completely.
        TollgateEngine.launch(context().directory(copy)).close();
        try (DirectoryView view = DirectoryView.open(copy)) {
            Lanes.requireSame(view::find, new TestReader(view.newReader()), 4, "rebuilt copy");
        }
    }

    /** Moved files count as the same files. */
    @Test
    void shouldReadADirectoryThatWasMovedAsItWasLeft() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 4, 0, 100);
        }
        DirectoryViewTest.leaveUnclosed(directory());
        final Path moved = Files.move(directory(), temporary.resolve("moved"));
        try (DirectoryView view = DirectoryView.open(moved)) {
            Lanes.requireSame(view::find, new TestReader(view.newReader()), 4, "moved");
        }
    }

    @Test
    void shouldRefuseAClosedStoreWithOtherBytesThanItWasClosedWith() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 1, 0, 10);
        }
        final Path map = directory().resolve("store/small-0.map");
        final byte[] bytes = Files.readAllBytes(map);
        final long offset = word(directory().resolve("store/small-0.numbers"), 0);
        bytes[(int) offset + 70] ^= 1;
        Files.write(map, bytes);
        refuse("small-0.map");
    }

    /** An unclosed store with random bytes gives an answer, a status or a refusal, soon, and never a crash. */
    @Test
    void shouldSurviveAnyBytes() throws IOException {
        final Random random = new Random(TestSeed.of("DamagedViewTest"));
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 4, 0, 600);
            final ReportingPeriod month = ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC);
            final FlowSeries monthly = engine.defineFlow(SeriesDefinition.flow("monthly", Unit.COUNT, 0)
                    .withPeriod(month)
                    .withWindows(Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC)));
            KnownPoint.apply(engine, monthly, 0, 1, 10_000, 0);
        }
        DirectoryViewTest.leaveUnclosed(directory());
        final List<Path> files;
        try (Stream<Path> all = Files.list(directory().resolve("store"))) {
            files = all.filter(file -> file.toString().matches(".*(map|numbers|header)"))
                    .sorted()
                    .toList();
        }
        int answered = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final Path file = files.get(random.nextInt(files.size()));
            final byte[] whole = Files.readAllBytes(file);
            final byte[] flipped = whole.clone();
            final int[] used =
                    IntStream.range(0, whole.length).filter(i -> whole[i] != 0).toArray();
            for (int i = random.nextInt(40); i >= 0; i--) {
                // The position is near used bytes.
                final int at = used[random.nextInt(used.length)] + random.nextInt(8);
                flipped[Math.min(at, flipped.length - 1)] = (byte) random.nextInt();
            }
            overwrite(file, flipped);
            try (DirectoryView view = DirectoryView.open(directory())) {
                final TestReader reader = new TestReader(view.newReader());
                view.forEachSeries(series -> DirectoryViewTest.text(reader, series));
                answered++;
            } catch (final IllegalStateException | IllegalArgumentException e) {
                refused++;
            }
            overwrite(file, whole);
        }
        assertTrue(answered > ROUNDS / 20 && refused > ROUNDS / 20, "answered=" + answered + " refused=" + refused);
        try (DirectoryView view = DirectoryView.open(directory())) {
            Lanes.requireSame(view::find, new TestReader(view.newReader()), 4, "restored");
        }
    }

    private static void overwrite(final Path file, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    private void refuse(final String expected) {
        refuseDirectory(directory(), expected);
    }

    private static void refuseDirectory(final Path directory, final String expected) {
        Refusals.require(IllegalStateException.class, () -> DirectoryView.open(directory), expected);
    }

    /** Makes the version word of a record odd, as during a change. */
    private static void leaveHalfChanged(final Path store, final int position) throws IOException {
        final long offset = word(store.resolve("series-0.numbers"), position) + SeriesRecordDescriptor.VERSION_OFFSET;
        final ByteBuffer version = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel =
                FileChannel.open(store.resolve("series-0.map"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(version, offset);
            version.putLong(0, version.getLong(0) | 1).rewind();
            channel.write(version, offset);
        }
    }

    private static long word(final Path numbers, final int index) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(numbers))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(WORD_OFFSET + Long.BYTES * index);
    }
}
