package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.Refusals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReopenAfterDamageTest {
    @TempDir
    private Path directory;

    private LogFixture fixture;

    @BeforeEach
    void makeLog() {
        fixture = LogFixture.ofTwoSegments(directory);
    }

    @Test
    void shouldStartANewSegmentAfterATornTailAndReplayItAgainAndAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            final ReplayResult torn = tear();
            assertEquals(LogEnd.TORN_TAIL, torn.end());
            fixture.appended.tailMap(torn.nextSequence()).clear();
            try (OperationLog log = fixture.open()) {
                assertEquals(torn.nextSequence(), fixture.append(log, 2));
                fixture.append(log, 1);
            }
            final RecordedOperations replayed = new RecordedOperations();
            final ReplayResult result = fixture.replay(replayed);

            assertEquals(LogEnd.CLEAN, result.end());
            assertEquals(i + 1, result.damages().size());
            assertTrue(result.damages().stream().noneMatch(LogDamage::isLoss), result.damages()::toString);
            assertEquals(2 + i, result.segmentIndex());
            assertEquals(fixture.appended.keySet(), replayed.bySequence.keySet());
            replayed.requireAllIn(fixture.appended, "replay");
        }
    }

    /** Flips a bit in the last frame. */
    private ReplayResult tear() throws IOException {
        final ReplayResult end = fixture.replay();
        flip(SegmentDescriptor.file(directory, end.segmentIndex()), end.position() - 1);
        return fixture.replay();
    }

    @Test
    void shouldContinueAfterANewSegmentThatWasStartedAndNotUsed() throws IOException {
        final ReplayResult torn = tear();
        fixture.open().close();
        final ReplayResult result = fixture.replay();

        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(torn.lastSequence(), result.lastSequence());
        assertEquals(2, result.segmentIndex());
        fixture.open().close();
        assertEquals(3, fixture.segments().size());
    }

    @Test
    void shouldKeepAPreparedSegmentBetweenATornTailAndTheNextOne() throws IOException {
        try (OperationLog log = fixture.open()) {
            log.prepareNext(false);
        }
        tear();
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 1);
        }

        assertEquals(4, fixture.segments().size());
        assertEquals(LogEnd.CLEAN, fixture.replay().end());
    }

    @Test
    void shouldNotContinueInASegmentWithADamagedHeader() throws IOException {
        flip(SegmentDescriptor.file(directory, 1), SegmentDescriptor.SEGMENT_LENGTH_OFFSET);
        final ReplayResult result = fixture.replay();
        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(fixture.appended.lastKey(), result.lastSequence());
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 1);
        }

        assertEquals(2, fixture.replay().segmentIndex());
    }

    @Test
    void shouldRefuseToAppendAfterAGapUntilTheLossIsAccepted() throws IOException {
        flip(SegmentDescriptor.file(directory, 0), SegmentDescriptor.HEADER_LENGTH + 40);
        final ReplayResult gap = fixture.replay();
        assertEquals(LogEnd.GAP, gap.end());
        Refusals.require(
                IllegalStateException.class,
                () -> OperationLog.open(
                        new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID),
                        LogFixture.SEGMENT_LENGTH,
                        gap),
                "sequence=" + gap.resumeSequence());

        final ReplayResult accepted = LogReader.replay(
                new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID),
                gap.resumeSequence(),
                new RecordedOperations());
        final long next = fixture.appended.lastKey() + 1;
        try (OperationLog log = OperationLog.open(
                new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), LogFixture.SEGMENT_LENGTH, accepted)) {
            assertEquals(next, fixture.append(log, 1));
        }
        final RecordedOperations replayed = new RecordedOperations();
        LogReader.replay(
                new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), gap.resumeSequence(), replayed);
        assertEquals(fixture.appended.tailMap(gap.resumeSequence()).keySet(), replayed.bySequence.keySet());
        assertEquals(LogEnd.GAP, fixture.replay().end());
    }

    @Test
    void shouldHaveNothingToResumeWithoutAGap() {
        final ReplayResult result = fixture.replay();

        assertEquals(List.of(), result.damages());
        assertThrows(IllegalStateException.class, result::resumeSequence);
    }

    private static void flip(final Path file, final long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 0x10));
            channel.write(one.flip(), position);
        }
    }
}
