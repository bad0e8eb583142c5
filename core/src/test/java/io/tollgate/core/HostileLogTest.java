package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Retention;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStore;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records of a log whose checksums are right and whose bytes are anything: each is applied, or refused with a reason;
 * none ends the JVM, runs for ever, or asks for memory without bounds.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLogTest {
    private static final int LANES = 4;
    private static final int SHARDS = 2;
    private static final Set<Integer> NEVER_WRITTEN = Set.of(
            OperationDescriptor.BATCH_ABORT,
            OperationDescriptor.PANEL,
            OperationDescriptor.CHECKPOINT_MARK,
            OperationDescriptor.PAD);
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -1, 0, 1, 1L << 32, Integer.MAX_VALUE
    };

    @TempDir
    private Path temporary;

    private long refusedCount;
    private long appliedCount;

    @Test
    void shouldApplyOrRefuseWhatAHostileLogSays() {
        run(400);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldApplyOrRefuseWhatManyHostileLogsSay() {
        run(30_000);
    }

    @Test
    void shouldNotMakeUpSeriesWithoutBoundsBehindALoss() {
        try (ShardStore store = ShardStore.anonymous(1_024)) {
            final ShardState state =
                    ShardState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE, new EngineTime(1));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            LossOperation.put(buffer, 0, 3);
            state.applier().apply(buffer, 0, 1);
            final SeriesDefinitionOperation definition = new SeriesDefinitionOperation();
            definition.encode(buffer, 0, 3, "TONNE", "behind");
            state.applier().apply(buffer, 0, 4);
            assertEquals(4, store.seriesCount(), "three made up");
            definition.encode(buffer, 0, 1L << 40, "TONNE", "far");
            assertThrows(IllegalStateException.class, () -> state.applier().apply(buffer, 0, 5));
            assertEquals(4, store.seriesCount());
        }
    }

    /** Found by a random log: what is watched was looked at again and again at an instant that none comes behind. */
    @Test
    void shouldRefuseATimeBehindTheLastInstant() {
        try (ShardStore store = ShardStore.anonymous(1_024)) {
            final ShardState state =
                    ShardState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE, new EngineTime(1));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClockOperation.LENGTH]);
            new ClockOperation().encode(buffer, 0, Instants.MAX);
            state.applier().apply(buffer, 0, 1);
            buffer.putLong(ClockOperation.NOW_OFFSET, Long.MAX_VALUE);
            assertThrows(IllegalStateException.class, () -> state.applier().apply(buffer, 0, 2));
        }
    }

    /** A recovery makes an engine of the mode that it finds there. */
    @Test
    void shouldFollowNoClockModeThatThereIsNot() {
        final LogContents contents = new LogContents(ShardPlace.SINGLE);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClockOperation.LENGTH]);
        new ClockOperation().encode(buffer, 0, 5, ClockMode.EVENT.code());
        contents.onOperation(buffer, 0, ClockOperation.LENGTH, 1);
        new ClockOperation().encode(buffer, 0, 6, 200);
        contents.onOperation(buffer, 0, ClockOperation.LENGTH, 2);
        assertEquals(ClockMode.EVENT.code(), contents.modeCode());
    }

    @Test
    void shouldSayWhereARecordStandsThatNoEngineHasLogged() {
        try (ShardStore store = ShardStore.anonymous(1_024)) {
            final ShardState state =
                    ShardState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE, new EngineTime(1));
            final BatchReplay replay = new BatchReplay(
                    Path.of("log"),
                    ShardPlace.SINGLE,
                    state.applier(),
                    new SharedBatches(List.of(), new SystemFileAccess()));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            new SeriesDefinitionOperation().encode(buffer, 0, 0, "\t", "level");
            final int length = OperationDescriptor.length(buffer, 0);
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> replay.onOperation(buffer, 0, length, 7));
            assertTrue(refusal.getMessage().startsWith("log=log sequence=7 operationType="), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("unit="), refusal::getMessage);
        }
    }

    /** An engine gives each event one before it logs it; who looks for the only event of an instant rests on that. */
    @ParameterizedTest
    @CsvSource({"POINT, FLOW, true", "WITHDRAW, FLOW, true", "POINT, STEP, false"})
    void shouldRefuseAnEventWithoutAReference(final String type, final SeriesKind kind, final boolean isRefused) {
        try (ShardStore store = ShardStore.anonymous(1_024)) {
            final ShardState state =
                    ShardState.of(store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE, new EngineTime(1));
            final BatchReplay replay = new BatchReplay(
                    Path.of("log"),
                    ShardPlace.SINGLE,
                    state.applier(),
                    new SharedBatches(List.of(), new SystemFileAccess()));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
            new SeriesDefinitionOperation()
                    .encode(buffer, 0, 0, "TONNE", "some")
                    .kind(kind.code());
            replay.onOperation(buffer, 0, OperationDescriptor.length(buffer, 0), 1);
            PointOperation.put(
                    buffer,
                    0,
                    type.equals("POINT") ? OperationDescriptor.POINT : OperationDescriptor.WITHDRAW,
                    OperationDescriptor.NO_BATCH,
                    0,
                    5,
                    1,
                    1,
                    OperationDescriptor.MISSING);
            if (isRefused) {
                final String refusal = assertThrows(
                                IllegalStateException.class,
                                () -> replay.onOperation(buffer, 0, PointOperation.LENGTH, 2))
                        .getMessage();
                assertEquals(
                        "log=log sequence=2 operationType=" + type + ": cannot be applied: seriesNumber=0"
                                + " reference=none, expected what an engine has logged; restore the directory from a"
                                + " backup",
                        refusal);
            } else {
                replay.onOperation(buffer, 0, PointOperation.LENGTH, 2);
                assertEquals(1, state.applier().counts().appliedCount());
            }
        }
    }

    private void run(final int rounds) {
        final Random random = new Random(TestSeed.of("HostileLogTest"));
        write();
        final List<ShardFolder> folders = new ArrayList<>();
        final List<List<byte[]>> logs = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            folders.add(new ShardFolder(temporary.resolve("data/shard-" + shard), shard));
            logs.add(records(folders.get(shard).log()));
        }
        lose(logs.get(0));
        requireAllTypes(logs);
        final SharedBatches shared = new SharedBatches(folders, new SystemFileAccess());
        for (int i = 0; i < rounds; i++) {
            final int shard = random.nextInt(SHARDS);
            apply("round=" + i, logs.get(shard), new ShardPlace(shard, SHARDS), shared, random);
        }
        assertTrue(refusedCount > rounds / 10, "refused=" + refusedCount);
        assertTrue(appliedCount > rounds, "applied=" + appliedCount);
    }

    /** Has an engine log what it can: a record of each kind, and batches of two shards. */
    private void write() {
        try (Engine engine = TollgateEngine.launch(Lanes.context(SHARDS)
                .directory(temporary.resolve("data"))
                .clockMode(ClockMode.KNOWLEDGE)
                .stepped(true))) {
            final Lanes lanes = new Lanes(engine, LANES);
            lanes.feed(0, 0, 5);
            engine.register(WindowRegistration.of("lane.*")
                    .withWindows(
                            Window.last(3), Window.slidingNs(50), Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC)));
            final FlowSeries monthly = engine.defineFlow(SeriesDefinition.flow("monthly", Unit.COUNT, 0)
                    .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC)));
            engine.awaitApplied(engine.publisher().offer(monthly, 5, 1, 1, 1));
            engine.subscribe(
                    Subscription.of("all", "*")
                            .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.slidingNs(40), Metric.SUM))
                            .withWatches(Watch.above(WatchedMetric.LEVEL, 50)),
                    QueueOptions.DEFAULT);
            lanes.feed(0, 5, 20);
            lanes.feed(2, 0, 20);
            // Its batches are of both shards.
            lanes.feed(3, 0, 20);
            assertTrue(engine.retain("lane.3", Retention.versions(0)) > 0, "nothing was forgotten");
            final StepSeries level = (StepSeries) engine.find("lane.3").orElseThrow();
            engine.awaitApplied(engine.publisher().offer(level, 1, 1, 1, Publisher.NONE));
            engine.unsubscribe("all");
            lanes.feed(3, 20, 25);
            final StepSeries next = engine.defineStep(SeriesDefinition.step("next", Unit.PERCENT, 2));
            final StepSeries ended = engine.defineStep(SeriesDefinition.step("ended", Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(ended, 1, 1, 1, Publisher.NONE));
            engine.closeSeries(ended, LifeEnd.at(5).knownAt(1).followedBy(next));
            engine.awaitApplied(engine.publisher().offer(ended, 2, 1, 2, Publisher.NONE));
        }
    }

    /** Says, some way before the end of a log, that operations were lost: what rests on them is left out then. */
    private static void lose(final List<byte[]> log) {
        final byte[] loss = new byte[LossOperation.LENGTH];
        LossOperation.put(new UnsafeBuffer(loss), 0, log.size());
        log.add(log.size() * 3 / 4, loss);
    }

    private static void requireAllTypes(final List<List<byte[]>> logs) {
        final Set<Integer> missing = new TreeSet<>();
        for (int type = 0; type <= 255; type++) {
            if (OperationDescriptor.isKnown(type) && !NEVER_WRITTEN.contains(type)) {
                missing.add(type);
            }
        }
        boolean isShared = false;
        for (final List<byte[]> log : logs) {
            for (final byte[] record : log) {
                final UnsafeBuffer buffer = new UnsafeBuffer(record);
                final int type = OperationDescriptor.type(buffer, 0);
                missing.remove(type);
                isShared |=
                        type == OperationDescriptor.BATCH_COMMIT && Long.bitCount(BatchOperation.shards(buffer, 0)) > 1;
            }
        }
        assertEquals(List.of(), missing.stream().map(OperationDescriptor::name).toList());
        assertTrue(isShared, "no batch of two shards");
    }

    private static List<byte[]> records(final Path log) {
        final List<byte[]> records = new ArrayList<>();
        LogReader.replay(new SystemFileAccess(), log, 1, (buffer, offset, length, sequence) -> {
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return records;
    }

    private void apply(
            final String what,
            final List<byte[]> records,
            final ShardPlace place,
            final SharedBatches shared,
            final Random random) {
        final int changes = 1 + random.nextInt(4);
        final int first = random.nextInt(records.size());
        try (ShardStore store = ShardStore.anonymous(place, 1_024)) {
            final ShardState state = ShardState.of(
                    store, ClockMode.KNOWLEDGE, SystemEpochNanoClock.INSTANCE, new EngineTime(place.count()));
            final BatchReplay replay = new BatchReplay(Path.of("log"), place, state.applier(), shared);
            for (int i = 0; i < records.size(); i++) {
                final byte[] record = records.get(i).clone();
                if (i >= first && i < first + changes) {
                    change(record, random);
                }
                final UnsafeBuffer buffer = new UnsafeBuffer(record);
                if (OperationDescriptor.isKnown(OperationDescriptor.type(buffer, 0))) {
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

    /** Changes bytes of a record, mostly behind its header; its length stays, which the frame has checked. */
    private static void change(final byte[] record, final Random random) {
        final UnsafeBuffer buffer = new UnsafeBuffer(record);
        final int length = OperationDescriptor.length(buffer, 0);
        final int from = random.nextInt(8) == 0 ? 0 : OperationDescriptor.HEADER_LENGTH;
        switch (random.nextInt(4)) {
            case 0 -> {
                if (record.length >= from + Long.BYTES) {
                    final int places = (record.length - from) / Long.BYTES;
                    buffer.putLong(
                            from + Long.BYTES * random.nextInt(places), EXTREMES[random.nextInt(EXTREMES.length)]);
                }
            }
            case 1 -> record[from + random.nextInt(record.length - from)] = (byte) random.nextInt();
            case 2 -> record[from + random.nextInt(record.length - from)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                for (int i = from; i < record.length; i++) {
                    record[i] = (byte) random.nextInt();
                }
            }
        }
        buffer.putShort(OperationDescriptor.LENGTH_OFFSET, (short) length);
    }
}
