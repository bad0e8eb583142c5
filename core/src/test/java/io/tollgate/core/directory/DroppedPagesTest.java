package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The force of a segment fails once. Linux drops the unwritten pages, reports that once, and keeps the pages in memory
 * as clean. The next engine reads them there. If the power fails then, its durable operations must be on disk.
 */
class DroppedPagesTest {
    private static final int SEGMENT_LENGTH = 1 << 16;
    private static final int TORN_LENGTH = 400 << 10;
    private static final int BATCH_POINTS = 70_000;

    @TempDir
    private Path temporary;

    /** Tracks the disk's contents of the log segments. Dropped pages reach the disk only if they are written again. */
    private static final class DroppingDisk extends HookedFiles {
        private static final int PAGE_LENGTH = 4096;
        private static final int NEVER = Integer.MAX_VALUE;

        private final Map<Path, byte[]> forced = new TreeMap<>();
        private final Map<Path, byte[]> dropped = new TreeMap<>();
        private final BitSet writtenAgain = new BitSet();

        /** The number of forces of segments until one fails. */
        private int untilFailure = NEVER;

        private static boolean isSegment(final Path file) {
            return file.toString().endsWith(".seg");
        }

        @Override
        public synchronized void before(final Call call, final Path file) throws IOException {
            if (call == Call.FORCE && isSegment(file) && untilFailure-- == 0) {
                dropped.put(file, Files.readAllBytes(file));
                throw new IOException("Input/output error");
            }
        }

        @Override
        public synchronized void written(final Path file, final long position, final int length) {
            if (dropped.containsKey(file)) {
                writtenAgain.set((int) position / PAGE_LENGTH, (int) (position + length - 1) / PAGE_LENGTH + 1);
            }
        }

        @Override
        public synchronized void after(final Call call, final Path file, final Path target) throws IOException {
            if (call == Call.RENAME && isSegment(target)) {
                forced.put(target, Files.readAllBytes(target));
            } else if (call == Call.FORCE && isSegment(file)) {
                force(file);
            }
        }

        private void force(final Path file) throws IOException {
            final byte[] now = Files.readAllBytes(file);
            final byte[] disk = forced.get(file);
            final byte[] gone = dropped.get(file);
            for (int from = 0; from < now.length; from += PAGE_LENGTH) {
                final int to = from + PAGE_LENGTH;
                if (gone == null
                        || writtenAgain.get(from / PAGE_LENGTH)
                        || !Arrays.equals(gone, from, to, now, from, to)) {
                    System.arraycopy(now, from, disk, from, PAGE_LENGTH);
                }
            }
        }

        /** Leaves the contents of the disk, as after a restart of the machine. */
        synchronized void fail(final Path data, final Path lost) throws IOException {
            new DamagedDirectory(data).copyTo(lost);
            for (final Map.Entry<Path, byte[]> segment : forced.entrySet()) {
                final Path copy = lost.resolve(data.relativize(segment.getKey()).toString());
                if (segment.getKey().startsWith(data) && Files.exists(copy)) {
                    Files.write(copy, segment.getValue());
                }
            }
            final DirectoryFiles files = new DirectoryFiles(lost);
            if (!files.isClosed()) {
                files.change(manifest -> manifest.opened("another boot", manifest.clockModeCode()), Optional.empty());
            }
        }
    }

    private static EngineContext context(final Path data, final Durability level) {
        return TestContext.stepped(ClockMode.MANUAL, data)
                .durability(level)
                .logSegmentLength(SEGMENT_LENGTH)
                .errorHandler(error -> {});
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    /** The force of the only segment, or of a second segment with points, fails. */
    @ParameterizedTest
    @CsvSource({
        "NONE, 300, 1, false",
        "COMMIT, 300, 1, false",
        "COMMIT, 300, 1, true",
        "NONE, 2000, 2, false",
        "COMMIT, 2000, 2, false",
        "COMMIT, 2000, 2, true"
    })
    void shouldHaveOnDiskWhatTheNextEngineCallsDurable(
            final String level, final int pointCount, final int segmentCount, final boolean isRecovered)
            throws IOException {
        final Path failed = temporary.resolve("failed");
        final Path lost = temporary.resolve("lost");
        final DroppingDisk disk = new DroppingDisk();
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(failed, Durability.NONE), disk))) {
            engine.awaitDurable(engine.publisher().offer(define(engine, "early"), 1, 1));
            final StepSeries late = define(engine, "late");
            disk.untilFailure = 0;
            assertThrows(IllegalStateException.class, () -> {
                long last = 0;
                for (int i = 1; i <= pointCount; i++) {
                    last = engine.publisher().offer(late, i, i);
                    engine.awaitApplied(last);
                }
                engine.awaitDurable(last);
            });
            assertFalse(disk.dropped.isEmpty(), "no force of a segment");
        }
        assertEquals(segmentCount, usedSegments(failed));
        final Path data = isRecovered ? temporary.resolve("recovered") : failed;
        if (isRecovered) {
            DirectoryRecovery.recover(InjectedFiles.inject(context(failed, Durability.NONE), disk), data);
        }
        final long found;
        try (Engine engine =
                TollgateEngine.launch(InjectedFiles.inject(context(data, Durability.parse(level)), disk))) {
            found = PointCount.of(engine, "late");
            final StepSeries late = (StepSeries) engine.series().find("late").orElseThrow();
            engine.awaitDurable(engine.publisher().offer(late, pointCount + 1, 1));
            disk.fail(data, lost);
        }
        try (Engine engine = TollgateEngine.launch(context(lost, Durability.NONE))) {
            assertEquals(found + 1, PointCount.of(engine, "late"));
        }
    }

    /**
     * The log has a torn frame longer than one write, or on disk without its first bytes. The opening zeroes the frame
     * again after a failed force.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "0, 4096", "1, 4096", "2, 4096"})
    void shouldCutOffATornFrameUntilThatIsOnDisk(final int forcesBefore, final int missing) throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(
                context(temporary.resolve("live"), Durability.NONE).logSegmentLength(1 << 20))) {
            engine.awaitDurable(engine.publisher().offer(define(engine, "early"), 1, 1));
            new DamagedDirectory(temporary.resolve("live")).copyTo(data);
        }
        tear(new DirectoryFiles(data).logFiles(), missing);
        requireOpenedOperationsOnDisk(data, forcesBefore);
    }

    /** The same holds for the frames of an incomplete batch. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldCutOffHalfABatchUntilThatIsOnDisk(final int forcesBefore) throws IOException {
        final Path data = temporary.resolve("data");
        final long firstOfBatch;
        try (Engine engine = TollgateEngine.launch(context(temporary.resolve("live"), Durability.NONE)
                .logSegmentLength(1 << 23)
                .limits(Limits.DEFAULT.withMaxBatchPointCount(1 << 17).withMaxOpenBatchCount(4)))) {
            final StepSeries early = define(engine, "early");
            engine.awaitDurable(engine.publisher().offer(early, 1, 1));
            firstOfBatch = endOf(new DirectoryFiles(temporary.resolve("live")).logFiles(), Long.MAX_VALUE)
                            .lastSequence()
                    + 1;
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < BATCH_POINTS; i++) {
                batch.offer(early, 10_000 + i, i);
            }
            engine.awaitApplied(batch.commit());
            new DamagedDirectory(temporary.resolve("live")).copyTo(data);
        }
        final DirectoryFiles files = new DirectoryFiles(data);
        final LogFiles log = files.logFiles();
        final ReplayResult half = endOf(log, firstOfBatch + BATCH_POINTS / 2);
        zeroAfter(log, half);
        assertEquals(half.lastSequence(), endOf(log, Long.MAX_VALUE).lastSequence());
        assertTrue(endOf(log, firstOfBatch).position() < half.position(), "one frame");
        files.markNotClosed();
        requireOpenedOperationsOnDisk(data, forcesBefore);
    }

    /** A force fails during the opening, the next opening succeeds, and the power fails after its close. */
    private void requireOpenedOperationsOnDisk(final Path data, final int forcesBefore) throws IOException {
        final DroppingDisk disk = new DroppingDisk();
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(new DirectoryFiles(data).log(), "*.seg")) {
            for (final Path segment : segments) {
                disk.forced.put(segment, Files.readAllBytes(segment));
            }
        }
        disk.untilFailure = forcesBefore;
        final EngineContext context = InjectedFiles.inject(context(data, Durability.NONE), disk);
        assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context));
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data, Durability.NONE), disk))) {
            final StepSeries early = (StepSeries) engine.series().find("early").orElseThrow();
            engine.awaitDurable(engine.publisher().offer(early, 2, 1));
        }
        final Path lost = temporary.resolve("lost");
        disk.fail(data, lost);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(lost).state());
        try (Engine engine = TollgateEngine.launch(context(lost, Durability.NONE))) {
            assertEquals(2, PointCount.of(engine, "early"));
        }
    }

    private static ReplayResult endOf(final LogFiles log, final long toSequence) {
        return LogReader.replay(log, 1, toSequence, (buffer, offset, length, at) -> {});
    }

    private static void tear(final LogFiles log, final int missing) throws IOException {
        final byte[] frame = new byte[TORN_LENGTH];
        Arrays.fill(frame, missing, frame.length, (byte) 1);
        write(log, endOf(log, Long.MAX_VALUE), frame);
    }

    private static void write(final LogFiles log, final ReplayResult end, final byte[] bytes) throws IOException {
        final Path last = log.directory().resolve(String.format("log-%016x.seg", end.segmentIndex()));
        try (FileChannel segment = FileChannel.open(last, StandardOpenOption.WRITE)) {
            segment.write(ByteBuffer.wrap(bytes), end.position());
        }
    }

    private static void zeroAfter(final LogFiles log, final ReplayResult end) throws IOException {
        for (final Path segment : log.files().list(log.directory())) {
            final long index = Long.parseLong(segment.getFileName().toString().substring(4, 20), 16);
            final byte[] bytes = Files.readAllBytes(segment);
            if (index >= end.segmentIndex()) {
                Arrays.fill(bytes, index == end.segmentIndex() ? (int) end.position() : 0, bytes.length, (byte) 0);
                Files.write(segment, bytes);
            }
        }
    }

    private static long usedSegments(final Path data) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(new DirectoryFiles(data).log(), "*.seg")) {
            for (final Path segment : segments) {
                count += Files.readAllBytes(segment)[0] != 0 ? 1 : 0;
            }
        }
        return count;
    }
}
