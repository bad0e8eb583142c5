package io.tollgate.core.open;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.MountedProcess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small file system in memory that really becomes full, in a private mount. If mounting is not permitted, only {@link
 * DiskFullTest} covers a full disk.
 */
public class FullFileSystemTest {
    private static final String MOUNT = "mkdir -p \"$0\" && mount -t tmpfs -o size=64m tmpfs \"$0\"";
    private static final int MAP_ENTRIES = 1_024;
    private static final int BATCH = 20_000;

    @TempDir
    private Path temporary;

    @Test
    void shouldRefuseAndReadOnAndContinueByItselfAndLoseNothing() throws Exception {
        run("NONE", 600_000);
    }

    @ParameterizedTest
    @Tag("ci")
    @CsvSource({"INTERVAL:5, 600000", "COMMIT, 0"})
    void shouldRefuseAndReadOnAndContinueByItselfAndLoseNothingAtEachLevel(final String level, final long spaceLeft)
            throws Exception {
        run(level, spaceLeft);
    }

    private void run(final String level, final long spaceLeft) throws InterruptedException {
        new MountedProcess(temporary.resolve("mounted"), temporary.resolve("output"), MOUNT)
                .run(FullFileSystemTest.class, level, Long.toString(spaceLeft));
    }

    /** Runs with the directory on a file system of its own. */
    public static void main(final String[] arguments) throws IOException {
        final Path directory = Path.of(arguments[0]);
        final Path ballast = directory.resolve("ballast");
        final long spaceLeft = Long.parseLong(arguments[2]);
        final AtomicLong refused = new AtomicLong();
        final AtomicLong others = new AtomicLong();
        final EngineContext context = TestContext.of(ClockMode.EVENT)
                .directory(directory.resolve("data"))
                .limits(Limits.DEFAULT.withFirstMapEntries(MAP_ENTRIES))
                .logSegmentLength(1 << 16)
                .durability(Durability.parse(arguments[1]))
                .errorHandler(error -> {})
                .refusalHandler(refusal -> {
                    (refusal.reason() == RefusalReason.DISK_FULL ? refused : others).incrementAndGet();
                });
        final long accepted;
        final long series;
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitApplied(offer(engine, events, 0));
            fill(ballast, spaceLeft);
            requireNothingLeftOfACheckpoint(engine, ballast);
            requireNoPartOfABatchTaken(engine, events);
            require(BATCH, refused.getAndSet(0), "points of a batch on a full disk");
            final long defined = defineUntilRefused(engine);
            long time = 1;
            while (refused.get() < 100) {
                engine.awaitApplied(offer(engine, events, time));
                time++;
            }
            require(time - refused.get(), PointCount.of(engine, events), "read on a full disk");
            Files.delete(ballast);
            final long before = PointCount.of(engine, events);
            while (PointCount.of(engine, events) < before + 2_000) {
                engine.awaitApplied(offer(engine, events, time));
                time++;
            }
            require(defined, engine.admin().statistics().seriesCount(), "series on a full disk");
            defineNext(engine);
            engine.admin().checkpoint();
            engine.awaitDurable(offer(engine, events, time));
            accepted = time + 1 - refused.get();
            require(accepted, PointCount.of(engine, events), "after there was room");
            require(0, others.get(), "refusals for another reason than a full disk");
            series = engine.admin().statistics().seriesCount();
            new DamagedDirectory(directory.resolve("data")).copyTo(directory.resolve("killed"));
        }
        require(0, DirectoryCheck.of(directory.resolve("data")).damages().size(), "damages");
        try (Engine engine = TollgateEngine.launch(context)) {
            require(accepted, PointCount.of(engine, "events"), "opened again");
            require(series, engine.admin().statistics().seriesCount(), "series opened again");
        }
        fill(ballast, spaceLeft);
        requireOpenings(context, directory, ballast, accepted);
    }

    private static long offer(final Engine engine, final FlowSeries events, final long time) {
        return KnownPoint.offer(engine.publisher(), events, time, 1, Instants.NONE, time);
    }

    /** Opens closed and killed directories on a full disk, and again once there is space. */
    private static void requireOpenings(
            final EngineContext context, final Path directory, final Path ballast, final long accepted)
            throws IOException {
        requireOpenedOrRefused(context, accepted);
        requireOpenedOrRefused(context.directory(directory.resolve("killed")), accepted);
        Files.delete(ballast);
        for (final String name : new String[] {"data", "killed"}) {
            try (Engine engine = TollgateEngine.launch(context.directory(directory.resolve(name)))) {
                require(accepted, PointCount.of(engine, "events"), name + " opened again when there was room");
            }
        }
    }

    /** An opening that needs space on a full disk reports it. */
    private static void requireOpenedOrRefused(final EngineContext context, final long accepted) {
        try (Engine engine = TollgateEngine.launch(context)) {
            require(accepted, PointCount.of(engine, "events"), "opened on a full disk");
        } catch (final UncheckedIOException e) {
            require(1, e.getMessage().contains("disk") || e.getMessage().contains("room") ? 1 : 0, e.toString());
        }
    }

    private static void requireNothingLeftOfACheckpoint(final Engine engine, final Path ballast) throws IOException {
        final long before = Files.getFileStore(ballast).getUsableSpace();
        try {
            engine.admin().checkpoint();
            throw new IllegalStateException("a checkpoint was made on a full disk");
        } catch (final UncheckedIOException e) {
            require(before, Files.getFileStore(ballast).getUsableSpace(), "room after a checkpoint that failed");
        }
    }

    /** The log has no space for the batch. */
    private static void requireNoPartOfABatchTaken(final Engine engine, final FlowSeries events) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < BATCH; i++) {
            KnownPoint.offer(batch, events, 0, 1, Instants.NONE, i + 1);
        }
        engine.awaitApplied(batch.commit());
        require(1, PointCount.of(engine, events), "read after a batch on a full disk");
    }

    /** Defines series until the store is full and the disk has no space for its next part. Returns their number. */
    private static long defineUntilRefused(final Engine engine) {
        final long most = 2L * MAP_ENTRIES;
        while (engine.admin().statistics().seriesCount() < most) {
            try {
                defineNext(engine);
            } catch (final IllegalStateException e) {
                require(1, e.getMessage().contains("make room") ? 1 : 0, "make room, in " + e.getMessage());
                return engine.admin().statistics().seriesCount();
            }
        }
        throw new IllegalStateException("series=" + most + " on a full disk, expected a refusal");
    }

    private static void defineNext(final Engine engine) {
        final String key = "next." + engine.admin().statistics().seriesCount();
        final FlowSeries next = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
        require(next.number(), engine.series().find(key).orElseThrow().number(), key);
    }

    private static void fill(final Path ballast, final long spaceLeft) throws IOException {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(ballast).getUsableSpace() > spaceLeft) {
                channel.write(ByteBuffer.allocate(4_096));
            }
        }
    }

    private static void require(final long expected, final long found, final String what) {
        if (expected != found) {
            throw new IllegalStateException(what + ": found=" + found + ", expected " + expected);
        }
    }
}
