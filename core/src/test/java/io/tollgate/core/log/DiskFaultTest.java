package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.operation.PointOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFaultTest {
    private static final int RECORDS_A_SEGMENT = 56;
    private static final int RECORD_FRAME_LENGTH = OperationLog.FRAME_OVERHEAD + PointOperation.LENGTH;

    @TempDir
    private Path directory;

    private final FaultyFiles files = new FaultyFiles();
    private LogFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new LogFixture(directory, files);
    }

    @Test
    void shouldFailForGoodAndVisiblyOnceAForceHasFailed() {
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 1);
            files.isForceFailing = true;
            final Throwable cause =
                    assertThrows(UncheckedIOException.class, log::force).getCause();
            assertEquals("Input/output error", cause.getMessage());
            files.isForceFailing = false;

            assertTrue(log.isFailed());
            assertFalse(log.needsSegment());
            assertSame(cause, requireFailed(() -> fixture.append(log, 1)));
            assertSame(cause, requireFailed(log::force));
            assertSame(cause, requireFailed(() -> log.forceLeft(true)));
            assertEquals(2, log.nextSequence());
        }

        assertEquals(1, fixture.replay().lastSequence());
    }

    private static Throwable requireFailed(final Runnable call) {
        return assertThrows(IllegalStateException.class, call::run).getCause();
    }

    @Test
    void shouldFailForGoodIfTheSegmentThatWasLeftCannotBeForced() {
        try (OperationLog log = fixture.open()) {
            fill(log);
            fixture.append(log, 1);
            files.isForceFailing = true;
            assertThrows(UncheckedIOException.class, () -> log.forceLeft(true));
            files.isForceFailing = false;

            assertTrue(log.isFailed());
            assertFalse(log.holdsLeftSegment());
            requireFailed(() -> fixture.append(log, 1));
        }
    }

    @Test
    void shouldForceTheSegmentThatWasLeftBeforeTheCurrentOne() {
        try (OperationLog log = fixture.open()) {
            fill(log);
            fixture.append(log, 1);
            files.calls.clear();
            assertEquals(RECORDS_A_SEGMENT + 1, log.force());

            assertEquals(List.of("force " + name(0), "force " + name(1)), files.calls);
        }
    }

    @Test
    void shouldForceTheSegmentThatWasLeftBeforeLeavingTheNextOne() {
        try (OperationLog log = fixture.open()) {
            fill(log);
            log.prepareNext(false);
            fill(log);
            log.prepareNext(false);
            files.calls.clear();
            fixture.append(log, 1);

            assertEquals(List.of("force " + name(0)), files.calls);
        }
    }

    @Test
    void shouldHaveASegmentAndItsNameOnDiskBeforeItIsMapped() {
        fixture.open().close();
        final String unfinished =
                SegmentDescriptor.unfinishedFile(directory, 0).getFileName().toString();

        assertEquals(
                List.of(
                        "create " + unfinished,
                        "force " + unfinished,
                        "rename " + name(0),
                        "forceDirectory",
                        "map " + name(0)),
                files.calls);
    }

    @Test
    void shouldContinueInTheCurrentSegmentIfTheDiskIsFull() throws IOException {
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 1);
            files.freeLength = 1_000;
            final UncheckedIOException full = assertThrows(UncheckedIOException.class, () -> log.prepareNext(false));
            assertEquals("No space left on device", full.getCause().getMessage());
            assertEquals(1, fixture.segments().size(), "a failed segment leaves no file");

            for (int i = 1; i < RECORDS_A_SEGMENT; i++) {
                fixture.append(log, 1);
            }
            assertThrows(UncheckedIOException.class, () -> fixture.append(log, 1));
            assertFalse(log.isFailed());
            assertEquals(RECORDS_A_SEGMENT, log.force());

            files.freeLength = Long.MAX_VALUE;
            assertEquals(RECORDS_A_SEGMENT + 1, fixture.append(log, 1));
        }

        requireAll();
    }

    /** A frame that the log has space for can be forced, for each distribution of frames over segments. */
    @Test
    void shouldHaveSpaceForAsManyLongFramesAsItSays() throws IOException {
        for (int round = 0; round < 24; round++) {
            final Path log = Files.createDirectory(directory.resolve("log-of-" + round));
            final LogFixture ofRound = new LogFixture(log, files);
            files.freeLength = Long.MAX_VALUE;
            try (OperationLog appended = ofRound.open()) {
                final int first = 7 * round % RECORDS_A_SEGMENT;
                for (int i = 0; i < first; i++) {
                    ofRound.append(appended, 1);
                }
                final int shortCount = round % 7;
                final int longCount = 1 + round % 5;
                files.freeLength = (long) LogFixture.SEGMENT_LENGTH * (round % 8);
                final boolean hasSpace = appended.hasSpace(shortCount * RECORD_FRAME_LENGTH, longCount);
                final int most = longCount + (shortCount > 0 ? 1 : 0);
                assertTrue(hasSpace || files.freeLength < LogFixture.SEGMENT_LENGTH, "round=" + round);
                assertTrue(ofRound.segments().size() <= 1 + most, "round=" + round);
                files.freeLength = 0;
                for (int i = 0; hasSpace && i < shortCount; i++) {
                    ofRound.append(appended, 1);
                }
                for (int i = 0; hasSpace && i < longCount; i++) {
                    ofRound.append(appended, (appended.maxAppendLength() - i) / PointOperation.LENGTH);
                }
            }
            assertEquals(ofRound.appended.size(), ofRound.replay().records(), "round=" + round);
        }
    }

    @Test
    void shouldDiscardASegmentThatCannotBeForcedWhileItIsStillEmpty() throws IOException {
        try (OperationLog log = fixture.open()) {
            files.isDirectoryForceFailing = true;
            assertThrows(UncheckedIOException.class, () -> log.prepareNext(false));
            files.isDirectoryForceFailing = false;
            files.isForceFailing = true;
            assertThrows(UncheckedIOException.class, () -> log.prepareNext(false));
            files.isForceFailing = false;

            assertEquals(1, fixture.segments().size());
            log.prepareNext(false);
            assertEquals(2, fixture.segments().size());
            fixture.append(log, 1);
        }

        requireAll();
    }

    @Test
    void shouldPrepareASegmentThatThereWasNoMemoryForWhenItIsAskedAgain() throws IOException {
        try (OperationLog log = fixture.open()) {
            files.isMemoryShort = true;
            assertThrows(OutOfMemoryError.class, () -> log.prepareNext(false));
            files.isMemoryShort = false;

            assertEquals(fixture.segments(), files.list(directory));
            log.prepareNext(false);
            assertEquals(2, fixture.segments().size());
        }
    }

    @Test
    void shouldFillAndReadSegmentsInPartsIfTheDiskTransfersLess() {
        files.maxTransferLength = 77;
        try (OperationLog log = fixture.open()) {
            fill(log);
            fixture.append(log, 3);
        }

        requireAll();
    }

    @Test
    void shouldStopOnADiskThatTakesNothing() {
        final ReplayResult end = fixture.replay();
        files.isWriteStuck = true;
        final UncheckedIOException stuck = assertThrows(
                UncheckedIOException.class,
                () -> OperationLog.open(
                        new LogFiles(files, directory, LogFixture.DIRECTORY_ID), LogFixture.SEGMENT_LENGTH, end));

        assertTrue(stuck.getCause().getMessage().startsWith("written=0"), stuck.getCause()::getMessage);
    }

    @Test
    void shouldReportThatTheLogCannotBeRead() {
        fixture.open().close();
        files.isReadFailing = true;
        final UncheckedIOException failure = assertThrows(UncheckedIOException.class, fixture::replay);

        assertTrue(failure.getMessage().startsWith("log=" + directory), failure.getMessage());
    }

    private void fill(final OperationLog log) {
        for (int i = 0; i < RECORDS_A_SEGMENT; i++) {
            fixture.append(log, 1);
        }
    }

    private String name(final long index) {
        return SegmentDescriptor.file(directory, index).getFileName().toString();
    }

    private void requireAll() {
        final RecordedOperations replayed = new RecordedOperations();
        assertEquals(LogEnd.CLEAN, fixture.replay(replayed).end());
        assertEquals(fixture.appended.keySet(), replayed.bySequence.keySet());
        replayed.requireAllIn(fixture.appended, "replay");
    }
}
