package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.apply.AppliedState;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.HostileRecords;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.OperationLengths;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.SeriesStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.LangUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Log records with valid checksums and random bytes. The engine applies each one or refuses it with a reason. No record
 * ends the JVM, runs for ever, or allocates memory without a limit.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLogTest {
    @TempDir
    private Path temporary;

    private long refusedCount;
    private long appliedCount;

    @Test
    void shouldApplyOrRefuseTheRecordsOfAHostileLog() {
        run(400);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldApplyOrRefuseTheRecordsOfManyHostileLogs() {
        run(30_000);
    }

    @Test
    void shouldNotMakeUpSeriesWithoutBoundsAfterALoss() {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final AppliedState state = state(store);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            LossOperation.put(buffer, 0, 3);
            state.applier().apply(buffer, 0, 1);
            final SeriesDefinitionOperation definition = new SeriesDefinitionOperation();
            definition.encode(buffer, 0, 3, "TONNE", "behind");
            state.applier().apply(buffer, 0, 4);
            assertEquals(4, store.seriesCount(), "three made up");
            definition.encode(buffer, 0, 1L << 40, "TONNE", "far");
            assertThrows(IllegalStateException.class, () -> state.applier().apply(buffer, 0, 5));
            // The loss record permits so many lost operations, though no engine loses as many.
            LossOperation.put(buffer, 0, 1L << 50);
            state.applier().apply(buffer, 0, 5);
            definition.encode(buffer, 0, 1L << 40, "TONNE", "far");
            assertThrows(IllegalStateException.class, () -> state.applier().apply(buffer, 0, (1L << 50) + 1));
            assertEquals(4, store.seriesCount());
        }
    }

    /** A random log found this: the engine read a watched value again and again at the last instant. */
    @Test
    void shouldRefuseATimeAfterTheLastInstant() {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final AppliedState state = state(store);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClockOperation.LENGTH]);
            new ClockOperation().encode(buffer, 0, Instants.MAX);
            state.applier().apply(buffer, 0, 1);
            buffer.putLong(ClockOperation.NOW_OFFSET, Long.MAX_VALUE);
            assertThrows(IllegalStateException.class, () -> state.applier().apply(buffer, 0, 2));
        }
    }

    @Test
    void shouldNameThePlaceOfARecordThatNoEngineLogs() {
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final AppliedState state = state(store);
            final BatchReplay replay = replay(state);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            new SeriesDefinitionOperation().encode(buffer, 0, 0, "\t", "level");
            final int length = OperationDescriptor.length(buffer, 0);
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> replay.onOperation(buffer, 0, length, 7));
            assertTrue(refusal.getMessage().startsWith("log=log sequence=7 operationType="), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("unit="), refusal::getMessage);
        }
    }

    private static AppliedState state(final SeriesStore store) {
        return AppliedState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE);
    }

    private static BatchReplay replay(final AppliedState state) {
        return new BatchReplay(Path.of("log"), state.applier());
    }

    private void run(final int rounds) {
        final Random random = new Random(TestSeed.of("HostileLogTest"));
        try (Engine engine =
                TollgateEngine.launch(Lanes.stepped(temporary.resolve("data")).clockMode(ClockMode.KNOWLEDGE))) {
            HostileRecords.make(engine);
        }
        final List<byte[]> log = HostileRecords.of(new DirectoryFiles(temporary.resolve("data")).logFiles());
        lose(log);
        HostileRecords.requireEach(log);
        for (int i = 0; i < rounds; i++) {
            apply("round=" + i, log, random);
        }
        assertTrue(refusedCount > rounds / 10, "refused=" + refusedCount);
        assertTrue(appliedCount > rounds, "applied=" + appliedCount);
    }

    /** Inserts a loss record before the end of a log, so that a replay skips operations that depend on lost ones. */
    private static void lose(final List<byte[]> log) {
        final byte[] loss = new byte[LossOperation.LENGTH];
        LossOperation.put(new UnsafeBuffer(loss), 0, log.size());
        log.add(log.size() * 3 / 4, loss);
    }

    private void apply(final String what, final List<byte[]> records, final Random random) {
        final int changes = 1 + random.nextInt(4);
        final int first = random.nextInt(records.size());
        try (SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked)) {
            final AppliedState state = state(store);
            final BatchReplay replay = replay(state);
            for (int i = 0; i < records.size(); i++) {
                final byte[] record = records.get(i).clone();
                if (i >= first && i < first + changes) {
                    HostileRecords.change(record, random);
                }
                final UnsafeBuffer buffer = new UnsafeBuffer(record);
                // The log delivers only known types.
                if (OperationDescriptor.isKnown(OperationDescriptor.type(buffer, 0))
                        && OperationLengths.isIntact(buffer, 0)) {
                    replay.onOperation(buffer, 0, record.length, i + 1);
                    appliedCount++;
                }
            }
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
            refusedCount++;
        } catch (final RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }
}
