package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationLogTest {
    @TempDir
    private Path directory;

    private LogFixture fixture;
    private final RecordedOperations replayed = new RecordedOperations();

    @BeforeEach
    void makeFixture() {
        fixture = new LogFixture(directory);
    }

    @Test
    void shouldReplayNothingFromAnEmptyDirectory() {
        final ReplayResult result = fixture.replay(replayed);

        assertEquals(new ReplayResult(LogEnd.CLEAN, 1, 0, 0, 0, -1, 0, List.of()), result);
        assertEquals(1, result.nextSequence());
    }

    @Test
    void shouldReplayNothingFromALogThatWasOpenedAndNotUsed() {
        fixture.open().close();
        final ReplayResult result = fixture.replay(replayed);

        assertEquals(new ReplayResult(LogEnd.CLEAN, 1, 0, 0, 0, 0, 64, List.of()), result);
    }

    @Test
    void shouldReplayWhatWasAppendedInOrder() {
        try (OperationLog log = fixture.open()) {
            assertEquals(1, fixture.append(log, 2));
            assertEquals(3, fixture.append(log, 1));
            assertEquals(4, log.nextSequence());
        }
        final ReplayResult result = fixture.replay(replayed);

        requireAll();
        assertEquals(new ReplayResult(LogEnd.CLEAN, 1, 3, 2, 3, 0, 64 + 2 * 24 + 3 * 48, List.of()), result);
    }

    @Test
    void shouldReplayManyFramesOverManySegments() throws IOException {
        try (OperationLog log = fixture.open()) {
            for (int i = 0; i < 400; i++) {
                fixture.append(log, 1 + i % 70);
            }
        }
        final ReplayResult result = fixture.replay(replayed);

        requireAll();
        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(400, result.frames());
        assertEquals(List.of(), result.damages());
        assertEquals(fixture.segments().size() - 1, result.segmentIndex());
        assertTrue(
                fixture.segments().size() > 100,
                "segments=" + fixture.segments().size());
    }

    @Test
    void shouldFillASegmentToItsLastByte() {
        try (OperationLog log = fixture.open()) {
            final int length = log.maxAppendLength();
            assertEquals(LogFixture.SEGMENT_LENGTH - 64 - 24, length);
            final UnsafeBuffer records = new UnsafeBuffer(new byte[length]);
            OperationDescriptor.putHeader(records, 0, OperationDescriptor.PAD, length, 0);
            assertEquals(1, log.append(records, 0, length, 1));
            assertEquals(2, log.append(records, 0, length, 1));
        }
        final ReplayResult result = fixture.replay(replayed);

        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(2, result.records());
        assertEquals(LogFixture.SEGMENT_LENGTH, result.position());
        try (OperationLog log = fixture.open()) {
            assertEquals(3, fixture.append(log, 1));
        }
        assertEquals(3, fixture.replay().lastSequence());
    }

    @Test
    void shouldTakeTheRecordsFromTheirPlaceInTheBuffer() {
        final UnsafeBuffer records = new UnsafeBuffer(new byte[128]);
        new ClockOperation().encode(records, 72, 5);
        try (OperationLog log = fixture.open()) {
            log.append(records, 72, ClockOperation.LENGTH, 1);
        }
        fixture.replay((buffer, offset, length, sequence) ->
                assertEquals(5, new ClockOperation().wrap(buffer, offset).now()));

        assertEquals(1, fixture.replay().records());
    }

    @Test
    void shouldContinueInTheLastSegmentAfterACleanEnd() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (OperationLog log = fixture.open()) {
                fixture.append(log, 3);
            }
        }
        final ReplayResult result = fixture.replay(replayed);

        requireAll();
        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(List.of(SegmentDescriptor.file(directory, 0)), fixture.segments());
    }

    @Test
    void shouldReplayFromASequenceInTheMiddleOfAFrame() {
        try (OperationLog log = fixture.open()) {
            for (int i = 0; i < 100; i++) {
                fixture.append(log, 10);
            }
        }
        for (final long from : new long[] {1, 2, 75, 76, 77, 994, 1_000, 1_001}) {
            final RecordedOperations operations = new RecordedOperations();
            final ReplayResult result =
                    LogReader.replay(new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), from, operations);

            assertEquals(fixture.appended.tailMap(from).keySet(), operations.bySequence.keySet());
            operations.requireAllIn(fixture.appended, "from=" + from);
            assertEquals(LogEnd.CLEAN, result.end());
            assertEquals(1_001, result.nextSequence());
        }
    }

    @Test
    void shouldNotAssignASequenceTwiceIfTheLogEndsBeforeTheCallersState() {
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 3);
        }
        final ReplayResult shortLog =
                LogReader.replay(new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), 10, replayed);
        assertEquals(3, shortLog.lastSequence());
        try (OperationLog log = OperationLog.open(
                new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), LogFixture.SEGMENT_LENGTH, shortLog)) {
            assertEquals(10, fixture.append(log, 1));
        }

        assertEquals(
                10,
                LogReader.replay(new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), 10, replayed)
                        .lastSequence());
        final ReplayResult whole = fixture.replay();
        assertEquals(LogEnd.GAP, whole.end());
        assertEquals(4, whole.damages().get(0).firstMissing());
        assertEquals(9, whole.damages().get(0).lastMissing());
    }

    @Test
    void shouldRefuseToReplayFromBelowTheFirstSequence() {
        assertThrows(
                IllegalArgumentException.class,
                () -> LogReader.replay(new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), 0, replayed));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2048, 4097, 6144, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseASegmentLengthThatIsNone(final int segmentLength) {
        final ReplayResult end = fixture.replay();
        Refusals.require(
                IllegalArgumentException.class,
                () -> OperationLog.open(
                        new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), segmentLength, end),
                "segmentLength=" + segmentLength);
    }

    @Test
    void shouldRefuseAnEndThatIsNoLongerTheEnd() {
        final ReplayResult before;
        try (OperationLog log = fixture.open()) {
            before = fixture.replay();
            fixture.append(log, 1);
        }

        assertThrows(
                IllegalStateException.class,
                () -> OperationLog.open(
                        new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID),
                        LogFixture.SEGMENT_LENGTH,
                        before));
    }

    @Test
    void shouldRefuseRecordsThatAReplayCouldNotDeliverAndContinue() {
        final UnsafeBuffer records = new UnsafeBuffer(new byte[8192]);
        new ClockOperation().encode(records, 0, 1);
        new ClockOperation().encode(records, 16, 2);
        try (OperationLog log = fixture.open()) {
            requireRefused(log, records, 32, 1);
            requireRefused(log, records, 32, 3);
            requireRefused(log, records, 24, 2);
            requireRefused(log, records, 40, 2);
            requireRefused(log, records, 0, 0);
            requireRefused(log, records, -16, 1);
            OperationDescriptor.putHeader(records, 0, 200, 16, 0);
            requireRefused(log, records, 32, 2);
            OperationDescriptor.putHeader(records, 0, OperationDescriptor.PAD, 8192, 0);
            requireRefused(log, records, 8192, 1);
            assertEquals(1, fixture.append(log, 1));
        }

        assertEquals(1, fixture.replay().records());
    }

    private static void requireRefused(
            final OperationLog log, final UnsafeBuffer records, final int length, final int count) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> log.append(records, 0, length, count));
        assertTrue(refusal.getMessage().startsWith("count=" + count + " length=" + length), refusal.getMessage());
    }

    @Test
    void shouldRefuseToAppendAndForceOnceClosed() {
        final OperationLog log = fixture.open();
        log.close();
        log.close();

        assertThrows(IllegalStateException.class, () -> fixture.append(log, 1));
        assertThrows(IllegalStateException.class, log::force);
        assertFalse(log.needsSegment());
        log.prepareNext(false);
        assertFalse(Files.exists(SegmentDescriptor.file(directory, 1)));
    }

    @Test
    void shouldReportTheLastSequenceThatIsOnDisk() {
        try (OperationLog log = fixture.open()) {
            assertEquals(0, log.force());
            fixture.append(log, 5);
            assertEquals(5, log.force());
        }
    }

    private void requireAll() {
        assertEquals(fixture.appended.keySet(), replayed.bySequence.keySet());
        replayed.requireAllIn(fixture.appended, "replay");
    }
}
