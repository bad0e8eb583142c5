package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.TicketOutcomes;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.open.EngineResources;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The space that the journal reports on a disk with space for one more log segment after the current one. */
class OperationJournalTest {
    private static final int RING_OPERATIONS = 400;

    /** One frame of almost a segment. */
    private static final int BATCH = 800;

    /** More than half a segment, and less than a segment. */
    private static final int COMMAND_LENGTH = 40_000;

    /** Almost fills the first segment. Neither a full duty cycle nor the batch nor the command fits. */
    private static final int FIRST_SPACE = 30_000;

    @TempDir
    private Path directory;

    @AutoClose
    private HeldEngine held;

    private OperationLog log;
    private OperationJournal journal;

    @BeforeEach
    void openWithOneSegmentLeft() {
        final FullDisk disk = new FullDisk(2);
        held = new HeldEngine(TestContext.stepped(ClockMode.MANUAL, directory)
                .logSegmentLength(1 << 16)
                .fileAccess(disk));
        final StepSeries level = held.level();
        final EngineResources worked = held.worker().resources();
        log = worked.log().orElseThrow();
        log.prepareNext(false);
        journal = new OperationJournal(worked, new TicketOutcomes(), RING_OPERATIONS, BATCH);
        for (long time = 1; log.hasSpace(FIRST_SPACE, 1); time++) {
            held.publisher().offer(level, time, time);
            held.work();
        }
        assertFalse(log.needsSegment(), "the second segment is begun");
        assertFalse(log.hasSpace(0, 2), "there is a third segment");
    }

    @Test
    void shouldCountWhatIsKeptForACommandAsAFrame() {
        assertTrue(journal.reserveForCommand(COMMAND_LENGTH));
        assertTrue(journal.hasSpace(1));
        assertFalse(journal.hasSpaceForBatch(BATCH));
        assertFalse(journal.hasSpace(RING_OPERATIONS), "beside operations that take the second segment");
        journal.reserveForCommand(0);
        assertTrue(journal.hasSpaceForBatch(BATCH));
        assertTrue(journal.hasSpace(RING_OPERATIONS));
    }
}
