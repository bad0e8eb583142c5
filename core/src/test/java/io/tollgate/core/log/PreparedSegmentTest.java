package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedSegmentTest {
    private static final int RECORDS_A_SEGMENT = 56;

    @TempDir
    private Path directory;

    @Test
    void shouldContinueInThePreparedSegmentWithoutAStall() {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            assertTrue(log.needsSegment());
            log.prepareNext(false);
            assertFalse(log.needsSegment());
            assertTrue(Files.exists(SegmentDescriptor.file(directory, 1)));

            fillSegment(fixture, log);
            assertFalse(log.holdsLeftSegment());
            fixture.append(log, 1);

            assertTrue(log.needsSegment());
            assertEquals(0, log.stalls());
            assertTrue(log.holdsLeftSegment());
            log.forceLeft(true);
            assertFalse(log.holdsLeftSegment());
        }

        assertEquals(1, fixture.replay().segmentIndex());
    }

    /**
     * A file descriptor that is opened after the writes does not report their failure. Here the file is deleted, so it
     * cannot be opened again.
     */
    @Test
    void shouldForceALeftSegmentThroughItsOwnChannelIfInterrupted() throws IOException {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            log.prepareNext(true);
            fillSegment(fixture, log);
            fixture.append(log, 1);
            Files.delete(SegmentDescriptor.file(directory, 0));
            Thread.currentThread().interrupt();
            log.forceLeft(true);
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertFalse(log.holdsLeftSegment());
            assertFalse(log.isFailed());
        }
    }

    /** An interrupt closes the channel of a file during a force. The disk has not failed then. */
    @Test
    void shouldForceALeftSegmentOnAThreadThatIsInterrupted() {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            log.prepareNext(true);
            fillSegment(fixture, log);
            fixture.append(log, 1);
            Thread.currentThread().interrupt();
            log.forceLeft(true);
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertFalse(log.holdsLeftSegment());
            assertFalse(log.isFailed());
            log.force();
        }

        assertEquals(RECORDS_A_SEGMENT + 1, fixture.replay().records());
    }

    @Test
    void shouldPrepareOneSegmentInManyCalls() throws IOException {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            log.prepareNext(false);
            log.prepareNext(false);
            assertEquals(2, fixture.segments().size());
        }
    }

    @Test
    void shouldPrepareASegmentItselfAndCountItIfNoneIsReady() {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            for (int i = 0; i < 4; i++) {
                fillSegment(fixture, log);
            }
            assertEquals(3, log.stalls());
        }

        assertEquals(4 * RECORDS_A_SEGMENT, fixture.replay().records());
    }

    @Test
    void shouldDeleteWhatWasPreparedAndNotUsedWhenReopened() throws IOException {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 1);
            log.prepareNext(false);
        }
        Files.write(SegmentDescriptor.unfinishedFile(directory, 2), new byte[100]);
        assertEquals(LogEnd.CLEAN, fixture.replay().end());

        fixture.open().close();
        assertEquals(List.of(SegmentDescriptor.file(directory, 0)), fixture.segments());
    }

    @Test
    void shouldTakeSegmentsFromABackgroundThreadWhileAppending() throws Exception {
        final LogFixture fixture = new LogFixture(directory);
        final ExecutorService background = Executors.newSingleThreadExecutor();
        final AtomicBoolean isRunning = new AtomicBoolean(true);
        try (OperationLog log = fixture.open()) {
            final AtomicInteger workCount = new AtomicInteger();
            final Future<?> work = background.submit(() -> {
                while (isRunning.get()) {
                    if (log.needsSegment()) {
                        log.prepareNext(true);
                        workCount.incrementAndGet();
                    }
                    if (log.holdsLeftSegment()) {
                        log.forceLeft(true);
                        workCount.incrementAndGet();
                    }
                    Thread.onSpinWait();
                }
            });
            for (int i = 0; i < 60 || workCount.get() == 0 && !work.isDone(); i++) {
                fillSegment(fixture, log);
                if (i % 10 == 0) {
                    log.force();
                }
            }
            isRunning.set(false);
            work.get(30, TimeUnit.SECONDS);
        } finally {
            background.shutdownNow();
        }
        final RecordedOperations replayed = new RecordedOperations();
        final ReplayResult result = fixture.replay(replayed);

        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(fixture.appended.keySet(), replayed.bySequence.keySet());
        replayed.requireAllIn(fixture.appended, "replay");
    }

    private static void fillSegment(final LogFixture fixture, final OperationLog log) {
        for (int i = 0; i < RECORDS_A_SEGMENT; i++) {
            fixture.append(log, 1);
        }
    }
}
