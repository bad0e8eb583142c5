package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.StepSeries;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loss takes the end of a batch and the beginning of the next one: the first is of two shards, and counts if the log
 * of the other one has its end; the second by itself.
 */
class LostBoundsTest {
    private static final long FIRST = 4;
    private static final long NEXT = 5;
    private static final long BOTH = 0b11;
    private static final long SINGLE = 0b01;

    /** Operations that are lost with the end of the one and the beginning of the other. */
    private static final int LOST = 7;

    @TempDir
    private Path directory;

    private Path killed;
    private long a;
    private long b;

    private final FileAccess files = new SystemFileAccess();
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[512]);
    private int length;
    private int count;

    @BeforeEach
    void defineSeries() throws IOException {
        final Path data = directory.resolve("data");
        killed = directory.resolve("killed");
        try (Engine engine = LostBatchTest.launch(data)) {
            a = LostBatchTest.onShard(0, "a", key -> engine.defineStep(LostBatchTest.step(key)))
                    .number();
            b = LostBatchTest.onShard(1, "b", key -> engine.defineStep(LostBatchTest.step(key)))
                    .number();
            BatchKillTest.copy(data, killed);
        }
    }

    private OperationLog open(final int shard) {
        final Path log = killed.resolve("shard-" + shard + "/log");
        final ReplayResult end = LogReader.replay(files, log, 1, (buffer, offset, recordLength, sequence) -> {});
        return OperationLog.open(files, log, 1 << 16, DirectoryIdentity.ofNewest(files, log), end);
    }

    private void bound(final int type, final long number, final long shards) {
        BatchOperation.put(records, length, type, number, shards, 2);
        length += BatchOperation.LENGTH;
        count++;
    }

    private void point(final long number, final long series, final long at) {
        PointOperation.put(
                records,
                length,
                OperationDescriptor.POINT,
                BatchOperation.batchId(number),
                series,
                at,
                at,
                0,
                OperationDescriptor.MISSING);
        length += PointOperation.LENGTH;
        count++;
    }

    private void append(final OperationLog log) {
        log.append(records, 0, length, count);
        length = 0;
        count = 0;
    }

    private static void lose(final OperationLog log) {
        log.appendLoss(log.nextSequence() + LOST - 1);
    }

    private void requireCounts(final long ofA, final long ofB) {
        for (int i = 0; i < 2; i++) {
            try (Engine engine = LostBatchTest.launch(killed)) {
                assertEquals(List.of(ofA, ofB), List.of(count(engine, a), count(engine, b)), "opening=" + i);
            }
            BatchKillTest.removeCleanMarks(killed, 2);
        }
    }

    private static long count(final Engine engine, final long number) {
        return LostPartTest.count(engine, (StepSeries) engine.find(number).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountOfEachWhatIsOfIt(final boolean isFirstEnded) {
        try (OperationLog log = open(0)) {
            bound(OperationDescriptor.BATCH_BEGIN, FIRST, BOTH);
            point(FIRST, a, 100);
            append(log);
            lose(log);
            point(NEXT, a, 200);
            point(NEXT, a, 201);
            bound(OperationDescriptor.BATCH_COMMIT, NEXT, SINGLE);
            append(log);
        }
        if (isFirstEnded) {
            endFirst();
        }
        requireCounts(isFirstEnded ? 3 : 2, isFirstEnded ? 1 : 0);
    }

    /** The other log has its end: this one is to have lost it. */
    private void endFirst() {
        try (OperationLog log = open(1)) {
            bound(OperationDescriptor.BATCH_BEGIN, FIRST, BOTH);
            point(FIRST, b, 100);
            bound(OperationDescriptor.BATCH_COMMIT, FIRST, BOTH);
            append(log);
        }
    }

    /** Another loss in its middle: what comes before the last one is of the first batch. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPartThemAtTheLastLoss(final boolean isFirstEnded) {
        try (OperationLog log = open(0)) {
            bound(OperationDescriptor.BATCH_BEGIN, FIRST, BOTH);
            point(FIRST, a, 100);
            append(log);
            lose(log);
            point(FIRST, a, 101);
            append(log);
            lose(log);
            bound(OperationDescriptor.BATCH_COMMIT, NEXT, SINGLE);
            append(log);
        }
        if (isFirstEnded) {
            endFirst();
        }
        requireCounts(isFirstEnded ? 2 : 0, isFirstEnded ? 1 : 0);
    }

    @Test
    void shouldHaveAnotherIdThanTheOneBefore() {
        for (long number = -3; number < 3; number++) {
            assertNotEquals(BatchOperation.batchId(number), BatchOperation.batchId(number + 1));
            assertNotEquals(OperationDescriptor.NO_BATCH, BatchOperation.batchId(number));
        }
    }
}
