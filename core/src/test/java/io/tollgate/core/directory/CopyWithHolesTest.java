package io.tollgate.core.directory;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.MountedProcess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.open.FullFileSystemTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A directory copied with holes in place of zeros, as {@code cp --sparse=always} and {@code tar -S} do. Its file system
 * becomes full after the opening, or is full before it: see {@link FullFileSystemTest}.
 */
class CopyWithHolesTest {
    private static final String MOUNT = "mkdir -p \"$0\" && mount -t tmpfs -o size=64m tmpfs \"$0\"";
    private static final int BLOCK = 4_096;
    private static final int POINTS = 100;
    private static final int MOST_POINTS = 60_000;
    private static final int SERIES = 300;
    private static final long SPACE_FOR_MARKS = 64 << 10;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource("closed, COMMIT")
    void shouldRefuseOnAFullDiskAndLoseNothing(final String state, final String level) throws Exception {
        run(state, level);
    }

    @ParameterizedTest
    @Tag("ci")
    @CsvSource({"closed, NONE", "killed, NONE", "killed, COMMIT"})
    void shouldRefuseOnAFullDiskAndLoseNothingAtTheOtherLevel(final String state, final String level) throws Exception {
        run(state, level);
    }

    private void run(final String state, final String level) throws InterruptedException {
        new MountedProcess(temporary.resolve("mounted"), temporary.resolve("output"), MOUNT)
                .run(CopyWithHolesTest.class, state, level);
    }

    /** Runs with the directory on a file system of its own. */
    public static void main(final String[] arguments) throws IOException {
        final Path mounted = Path.of(arguments[0]);
        final String state = arguments[1];
        final Path directory = mounted.resolve("data");
        final AtomicLong refused = new AtomicLong();
        final EngineContext context = TestContext.stepped(ClockMode.MANUAL)
                .durability(Durability.parse(arguments[2]))
                .logSegmentLength(1 << 20)
                .limits(Limits.DEFAULT.withFirstMapEntries(1_024))
                .errorHandler(error -> {})
                .refusalHandler(refusal -> refused.incrementAndGet());
        make(context, directory, mounted.resolve("killed"));
        final Path source = state.equals("closed") ? directory : mounted.resolve("killed");
        copyWithHoles(source, mounted.resolve("first"));
        copyWithHoles(source, mounted.resolve("second"));
        openBeforeItIsFull(context.directory(mounted.resolve("first")), mounted.resolve("ballast"), refused);
        openWhenItIsFull(context.directory(mounted.resolve("second")), mounted.resolve("ballast"));
    }

    private static void make(final EngineContext context, final Path directory, final Path killed) throws IOException {
        try (Engine engine = TollgateEngine.launch(context.directory(directory))) {
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("events", Unit.COUNT, 0).withWindows(Window.slidingNs(5)));
            for (int i = 0; i < POINTS; i++) {
                offer(engine, events, i);
            }
            new DamagedDirectory(directory).copyTo(killed);
        }
    }

    private static void offer(final Engine engine, final FlowSeries series, final long time) {
        engine.awaitDurable(KnownPoint.offer(engine.publisher(), series, time, 1, Instants.NONE, time));
    }

    private static void openBeforeItIsFull(final EngineContext context, final Path ballast, final AtomicLong refused)
            throws IOException {
        long accepted = POINTS;
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries events =
                    (FlowSeries) engine.series().find("events").orElseThrow();
            fill(ballast, 0);
            define(engine);
            for (long time = POINTS; refused.get() == 0; time++) {
                require(true, time < MOST_POINTS, "refusals by " + time);
                offer(engine, events, time);
                accepted = time + 1 - refused.get();
            }
            require(accepted, PointCount.of(engine, events), "read on a full disk");
            Files.delete(ballast);
            for (long time = MOST_POINTS; PointCount.of(engine, events) == accepted; time++) {
                offer(engine, events, time);
            }
            accepted++;
        }
        require(List.of(), DirectoryCheck.of(context.directory().orElseThrow()).damages(), "damages");
        InPlaceRecovery.recover(context);
        requirePoints(context, accepted);
    }

    /** The definitions write to existing records, tables and blocks. */
    private static void define(final Engine engine) {
        for (int i = 0; i < SERIES; i++) {
            final FlowSeries next = engine.defineFlow(
                    SeriesDefinition.flow("next." + i, Unit.COUNT, 0).withWindows(Window.slidingNs(5)));
            offer(engine, next, i);
        }
    }

    private static void openWhenItIsFull(final EngineContext context, final Path ballast) throws IOException {
        fill(ballast, SPACE_FOR_MARKS);
        final DirectoryFiles folder = new DirectoryFiles(context.directory().orElseThrow());
        final boolean wasClosed = folder.isClosed();
        try (Engine engine = TollgateEngine.launch(context)) {
            throw new IllegalStateException("opened without room for its holes: now=" + engine.now());
        } catch (final UncheckedIOException e) {
            require(true, e.getMessage().contains("space"), e.toString());
        }
        require(wasClosed, folder.isClosed(), "closed, though it was not opened");
        Files.delete(ballast);
        requirePoints(context, POINTS);
    }

    private static void requirePoints(final EngineContext context, final long expected) {
        try (Engine engine = TollgateEngine.launch(context)) {
            require(
                    expected,
                    PointCount.of(engine, "events"),
                    "points in " + context.directory().orElseThrow());
        }
    }

    private static void fill(final Path ballast, final long left) throws IOException {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(ballast).getUsableSpace() > left) {
                channel.write(ByteBuffer.allocate(BLOCK));
            }
        } catch (final IOException e) {
            require(0L, Files.getFileStore(ballast).getUsableSpace(), "room, " + e);
        }
    }

    private static void copyWithHoles(final Path source, final Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (final Path file : files.toList()) {
                final Path copy = target.resolve(source.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                } else {
                    writeWithHoles(ByteBuffer.wrap(Files.readAllBytes(file)), copy);
                }
            }
        }
    }

    private static void writeWithHoles(final ByteBuffer bytes, final Path copy) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
        final int length = bytes.capacity();
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int position = 0; position < length; position += BLOCK) {
                final ByteBuffer block = bytes.slice(position, Math.min(BLOCK, length - position));
                if (!block.equals(zeros.clear().limit(block.limit()))) {
                    channel.write(block, position);
                } else if (position + block.limit() == length) {
                    // The last byte sets the length of the file.
                    channel.write(ByteBuffer.allocate(1), length - 1L);
                }
            }
        }
    }

    private static <T> void require(final T expected, final T found, final String what) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + ": found=" + found + ", expected " + expected);
        }
    }
}
