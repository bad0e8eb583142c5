package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.FullLog;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.ProcessMemory;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each user of off-heap memory frees it when closed, and does not rely on garbage collection. Memory use must return to
 * its level before. One collection could hide a leak, but not each time.
 */
class DirectMemoryTest {
    private static final int RING_LENGTH = 4_096;
    private static final int WARM_UPS = 2;
    private static final int TIMES = 4;
    private static final int OPERATIONS = 300;
    private static final int REFUSALS = 20;

    /** Garbage collection frees this memory, because producers may write to it at any time. */
    private static final long RING_BYTES = RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH;

    @TempDir
    private Path temporary;

    private Path data;

    @FunctionalInterface
    private interface Use {
        void run(int number) throws IOException;
    }

    @BeforeEach
    void makeDirectory() {
        data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context())) {
            feed(engine, 0);
            engine.admin().checkpoint();
            feed(engine, OPERATIONS);
        }
    }

    private EngineContext context() {
        return Lanes.stepped(data)
                .limits(Limits.DEFAULT.withRingLength(RING_LENGTH))
                .errorHandler(error -> {});
    }

    /** Offers points and batches, and one point whose repetitions are refused. */
    private static void feed(final Engine engine, final int from) {
        final Lanes lanes = new Lanes(engine, 2);
        lanes.feed(0, from, from + OPERATIONS);
        lanes.feed(1, from, from + OPERATIONS);
        final FlowSeries once =
                engine.defineFlow(SeriesDefinition.flow("once", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
        long ticket = 0;
        for (int i = 0; i <= REFUSALS; i++) {
            ticket = KnownPoint.offer(engine.publisher(), once, from, i, Lanes.knownBefore(from + OPERATIONS), i);
            assertTrue(ticket > 0, Publisher.describe(ticket));
        }
        engine.awaitApplied(ticket);
    }

    /** Runs a use many times; each run may keep at most so many bytes. */
    private static void requireGivenBack(final long keptBytes, final Use use) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            use.run(i);
        }
        for (int i = 0; i < TIMES; i++) {
            final long before = ProcessMemory.usedDirectBytes();
            use.run(WARM_UPS + i);
            final long grown = ProcessMemory.usedDirectBytes() - before;
            assertTrue(grown <= keptBytes, "bytes=" + grown + " more than before, expected at most " + keptBytes);
        }
    }

    @Test
    void shouldGiveBackWhatAnEngineHasTaken() throws IOException {
        requireGivenBack(RING_BYTES, number -> TollgateEngine.launch(context()).close());
    }

    /** An engine that cannot log its clock fails after it has opened everything else. */
    @Test
    void shouldGiveBackWhatAnEngineHasTakenThatDoesNotStart() throws IOException {
        final EngineContext context = FullLog.make(temporary.resolve("full"));
        requireGivenBack(RING_BYTES, number -> {
            final long mapped = ProcessMemory.usedMappedBytes();
            assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context));
            assertTrue(ProcessMemory.usedMappedBytes() <= mapped, "a file is still mapped");
        });
    }

    /** The log ends with a torn tail. */
    @Test
    void shouldGiveBackWhatARebuildHasTaken() throws IOException {
        requireGivenBack(RING_BYTES, number -> {
            final TollgateEngine engine = TollgateEngine.launch(context());
            assertEquals(2 * OPERATIONS, Lanes.numberIn(engine, 1));
            engine.resources().abandon();
            tearLog(new DirectoryFiles(data));
        });
    }

    private static void tearLog(final DirectoryFiles files) throws IOException {
        final ReplayResult end = LogReader.replay(
                files.logFiles(), 1, (MutableDirectBuffer buffer, int offset, int length, long sequence) -> {});
        final Path last = files.segment((int) end.segmentIndex());
        try (FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), end.position());
        }
    }

    @Test
    void shouldGiveBackWhatAnEngineInMemoryHasTaken() throws IOException {
        requireGivenBack(
                RING_BYTES,
                number -> TollgateEngine.launch(TestContext.stepped()
                                .limits(Limits.DEFAULT
                                        .withRingLength(RING_LENGTH)
                                        .withFirstMapEntries(1_024)))
                        .close());
    }

    @Test
    void shouldGiveBackWhatPointsAndSegmentsHaveTaken() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            requireGivenBack(0, number -> feed(engine, (2 + number) * OPERATIONS));
        }
    }

    @Test
    void shouldGiveBackWhatACheckpointHasTaken() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            requireGivenBack(0, number -> {
                feed(engine, (2 + number) * OPERATIONS);
                engine.admin().checkpoint();
            });
        }
    }

    @Test
    void shouldGiveBackWhatABackupHasTaken() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            requireGivenBack(0, number -> engine.admin().backup(temporary.resolve("backup-" + number)));
        }
    }

    @Test
    void shouldGiveBackWhatAnAuditHasTaken() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            requireGivenBack(
                    0,
                    number -> assertEquals(2 * REFUSALS, engine.admin().audit().readRefusals(refusal -> {})));
        }
    }

    @Test
    void shouldGiveBackWhatAViewHasTaken() throws IOException {
        requireGivenBack(0, number -> DirectoryView.open(data).close());
    }

    @Test
    void shouldGiveBackTheMemoryOfReadsFromOutside() throws IOException {
        requireGivenBack(0, number -> {
            final DirectoryInspection inspection = DirectoryInspection.of(data);
            assertFalse(inspection.counters().isEmpty());
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        });
    }

    /** The log is damaged, so the recovery copies it. */
    @Test
    void shouldGiveBackWhatARecoveryHasTaken() throws IOException {
        final DamagedDirectory whole = new DamagedDirectory(data);
        requireGivenBack(RING_BYTES, number -> {
            final Path damaged = temporary.resolve("damaged-" + number);
            whole.copyTo(damaged);
            final Path segment = new DirectoryFiles(damaged).segment(0);
            Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
            final RecoveryReport report = InPlaceRecovery.recover(context().directory(damaged));
            assertEquals(1, report.damages().size());
        });
    }
}
