package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendAllocationTest {
    private static final int APPENDS = 20_000;

    /** Some rounds include allocations of the JIT compiler. An allocation of an append would be in all rounds. */
    private static final int ROUNDS = 10;

    @TempDir
    private Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[16 * PointOperation.LENGTH]);
    private final PointOperation point = new PointOperation();
    private PointOperation escaped;

    @Test
    void shouldAllocateNothingToEncodeAndAppend() {
        final FileAccess files = new SystemFileAccess();
        final ReplayResult end = LogReader.replay(
                new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, (buffer, offset, length, sequence) -> {});
        try (OperationLog log =
                OperationLog.open(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1 << 26, end)) {
            long leastAllocated = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                leastAllocated = Math.min(leastAllocated, allocatedBy(log));
            }
            assertEquals(0, leastAllocated, "bytes allocated in " + APPENDS + " appends");
            assertEquals(2L * ROUNDS * APPENDS + 1, log.nextSequence());
        }
        assertTrue(allocatedByControl() >= 16L * APPENDS, "the control allocates, and is seen to");
    }

    private long allocatedBy(final OperationLog log) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < APPENDS; i++) {
            point.encode(records, 0, OperationDescriptor.POINT, 0, i, i, i, i, i);
            point.encode(records, PointOperation.LENGTH, OperationDescriptor.UNKNOWN, 0, i, i, i, i, i);
            log.append(records, 0, 2 * PointOperation.LENGTH, 2);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private long allocatedByControl() {
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < APPENDS; i++) {
            escaped = new PointOperation().encode(records, 0, OperationDescriptor.POINT, 0, i, i, i, i, i);
        }
        assertEquals(APPENDS - 1, escaped.seriesNumber());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
