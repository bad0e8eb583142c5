package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import io.tollgate.api.Metric;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WhenFull;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that the log of one shard has no room for is carried out on none, and leaves no queue behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullLogCallTest {
    private static final int SHARDS = 2;
    private static final int OTHERS = 8;
    private static final QueueOptions BLOCK = new QueueOptions(8, WhenFull.BLOCK);

    @TempDir
    private Path directory;

    /** What a program asks of all shards. */
    private enum Call {
        SUBSCRIBE {
            @Override
            void of(final TollgateEngine engine, final int number) {
                engine.subscribe(subscription("new" + number), BLOCK).close();
            }
        },
        LISTEN {
            @Override
            void of(final TollgateEngine engine, final int number) {
                engine.subscribe(subscription("new" + number), BLOCK, update -> {})
                        .close();
            }
        },
        UNSUBSCRIBE {
            @Override
            void of(final TollgateEngine engine, final int number) {
                assertTrue(engine.unsubscribe("other" + number));
            }
        },
        REGISTER_WINDOWS {
            @Override
            void of(final TollgateEngine engine, final int number) {
                engine.register(WindowRegistration.of("new" + number).withWindows(Window.slidingNs(10)));
            }
        },
        ADVANCE {
            @Override
            void of(final TollgateEngine engine, final int number) {
                engine.advanceTo(1_000 + number);
            }
        };

        abstract void of(TollgateEngine engine, int number);
    }

    private static Subscription subscription(final String name) {
        return Subscription.of(name, "*").withMetrics(WatchedMetric.LEVEL);
    }

    /** A disk that is full for the log of one shard. */
    private static final class FullShard extends HookedFiles {
        private final String shard;
        private boolean isFull;

        FullShard(final int shard) {
            this.shard = "shard-" + shard;
        }

        @Override
        void before(final Call call, final Path file) throws IOException {
            if (isFull
                    && call == Call.CREATE
                    && file.getFileName().toString().startsWith("log-")
                    && file.getParent().getParent().endsWith(shard)) {
                throw new IOException(FullDisk.MESSAGE);
            }
        }
    }

    /** The disk is looked at again some time after there is room. */
    @Test
    void shouldMoveTheClockWhenThereIsRoomAgain() {
        final FullDisk disk = new FullDisk(1);
        try (TollgateEngine engine = TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.MANUAL)
                .logSegmentLength(1 << 16)
                .stepped(true)
                .fileAccess(disk)
                .errorHandler(told -> {}))) {
            long now = 0;
            while (hasAdvanced(engine, now + 1)) {
                now++;
            }
            assertFalse(hasAdvanced(engine, Instants.MAX));
            assertEquals(now, engine.now());
            disk.makeRoom();
            while (!hasAdvanced(engine, now + 1)) {
                assertEquals(now, engine.now());
            }
            assertEquals(now + 1, engine.now());
        }
    }

    private static boolean hasAdvanced(final TollgateEngine engine, final long instantNs) {
        try {
            engine.advanceTo(instantNs);
            return true;
        } catch (final IllegalStateException e) {
            assertTrue(e.getMessage().contains(" disk=full, expected room"), e::toString);
            return false;
        }
    }

    /** What is kept for a call that waits for another shard takes no segment of its own. */
    @Test
    void shouldTakePointsIntoTheLastSegmentWhileACallWaits() {
        final FullShard disk = new FullShard(0);
        final AtomicLong refused = new AtomicLong();
        try (HeldShards shards = new HeldShards(new EngineContext()
                .directory(directory)
                .shardCount(SHARDS)
                .clockMode(ClockMode.MANUAL)
                .logSegmentLength(1 << 20)
                .stepped(true)
                .fileAccess(disk)
                .errorHandler(told -> {})
                .refusalHandler((reason, series, time, value, known, reference) -> refused.incrementAndGet()))) {
            final ShardWorker worker = shards.worker(0);
            final StepSeries level =
                    (StepSeries) shards.define(SeriesDefinition.step(keyOn(0, "level"), Unit.COUNT, 0));
            final OperationLog log = worker.shard().log().orElseThrow();
            log.prepareNext(false);
            disk.isFull = true;
            final JointPreparation joint = new JointPreparation(SHARDS);
            worker.agent().submit(new EngineCommand<>(joint.start(), joint.with(worker::hasRoomToAdvance), () -> 1));
            long time = 0;
            while (!log.needsSegment()) {
                for (int i = 0; i < 50; i++) {
                    shards.publisher().offer(level, ++time, time);
                }
                worker.agent().doWork();
                assertEquals(0, refused.get(), "a segment is left");
            }
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of(Call.values())
                .flatMap(call -> IntStream.range(0, SHARDS).mapToObj(shard -> Arguments.of(call, shard)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldBeCarriedOutOnAllShardsOrOnNone(final Call call, final int fullShard) {
        final FullShard disk = new FullShard(fullShard);
        final List<String> behind;
        try (TollgateEngine engine = launch(disk)) {
            disk.isFull = true;
            final List<StepSeries> levels = IntStream.range(0, SHARDS)
                    .mapToObj(shard -> define(engine, shard, "level"))
                    .toList();
            engine.advanceTo(1_000);
            for (int i = 0; i < OTHERS; i++) {
                engine.subscribe(subscription("other" + i), BLOCK).close();
            }
            fill(engine, fullShard);
            int number = 0;
            List<String> before = state(engine);
            RuntimeException refusal = null;
            while (refusal == null) {
                before = state(engine);
                refusal = refusalOf(call, engine, number);
                number += refusal == null ? 1 : 0;
            }
            assertEquals(before, state(engine), refusal::toString);

            disk.isFull = false;
            // A disk that was full is tried again after a while.
            for (int time = 1; time <= 30; time++) {
                offer(engine, levels, time);
            }
            while (refusalOf(call, engine, number) != null) {
                Thread.onSpinWait();
            }
            behind = subscriptions(engine);
        }
        try (TollgateEngine engine = launch(disk)) {
            assertEquals(behind, subscriptions(engine));
        }
    }

    private static RuntimeException refusalOf(final Call call, final TollgateEngine engine, final int number) {
        try {
            call.of(engine, number);
            return null;
        } catch (final RuntimeException e) {
            assertTrue(e.getMessage().contains("disk"), e::getMessage);
            return e;
        }
    }

    /** Offers a point to each shard until it is applied; a disk that was full refuses some. */
    private static void offer(final TollgateEngine engine, final List<StepSeries> levels, final long time) {
        for (final StepSeries level : levels) {
            final long before = engine.statistics().appliedCount();
            while (engine.statistics().appliedCount() == before) {
                engine.awaitApplied(engine.publisher().offer(level, time, time));
            }
        }
    }

    private static void fill(final TollgateEngine engine, final int shard) {
        assertThrows(RuntimeException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                define(engine, shard, "fill" + i + "-" + "y".repeat(80));
            }
        });
    }

    private static StepSeries define(final TollgateEngine engine, final int shard, final String name) {
        return engine.defineStep(SeriesDefinition.step(keyOn(shard, name), Unit.COUNT, 0));
    }

    private static String keyOn(final int shard, final String name) {
        String key = name;
        while (ShardPlace.indexOf(key, SHARDS) != shard) {
            key += "x";
        }
        return key;
    }

    private static List<String> state(final TollgateEngine engine) {
        final List<String> state = subscriptions(engine);
        state.add("now=" + engine.now());
        for (final EngineShard shard : engine.shards().list()) {
            state.add("nextSequence=" + shard.log().orElseThrow().nextSequence() + " now="
                    + shard.clock().now() + " queues=" + shard.updates().queueCount() + " patterns="
                    + shard.store().registrations().patternCount());
        }
        return state;
    }

    private static List<String> subscriptions(final TollgateEngine engine) {
        final List<String> subscriptions = new ArrayList<>();
        for (final EngineShard shard : engine.shards().list()) {
            subscriptions.add(shard.updates().subscriptions().toString());
        }
        return subscriptions;
    }

    private TollgateEngine launch(final FullShard disk) {
        return TollgateEngine.launch(context().fileAccess(disk).refusalHandler((r, s, t, v, k, f) -> {}));
    }

    private EngineContext context() {
        return new EngineContext()
                .directory(directory)
                .logSegmentLength(1 << 16)
                .clockMode(ClockMode.MANUAL)
                .shardCount(SHARDS)
                .errorHandler(error -> {})
                .stepped(true);
    }

    /** A kill comes between the logs of the shards: an opening begins the subscription where it is missing. */
    @ParameterizedTest
    @MethodSource("shards")
    void shouldBeginAtAnOpeningWhatOnlyOneShardHas(final int shard) {
        try (HeldShards killed = new HeldShards(context())) {
            killed.worker(shard).subscriptions().subscribe(subscription("half"));
        }
        for (int i = 0; i < 2; i++) {
            try (TollgateEngine engine = TollgateEngine.launch(context())) {
                final String half = List.of(subscription("half")).toString();
                assertEquals(List.of(half, half), subscriptions(engine));
            }
        }
    }

    /** Points go on while a command waits for another shard, and leave it the room that it was promised. */
    @Test
    void shouldKeepTheRoomOfWhatWaitsForAnotherShard() {
        final FullShard disk = new FullShard(0);
        final AtomicLong refused = new AtomicLong();
        final Limits onePointAFrame = new Limits(100, 1, 100, 1, 1, 10, 10, 1, 1, 1, 1, 0, 16);
        final EngineContext context = context()
                .limits(onePointAFrame)
                .fileAccess(disk)
                .refusalHandler((reason, s, t, v, k, f) -> {
                    assertEquals(RefusalReason.DISK_FULL, reason);
                    refused.incrementAndGet();
                });
        try (HeldShards held = new HeldShards(context)) {
            disk.isFull = true;
            final Series level = held.define(SeriesDefinition.step(keyOn(0, "level"), Unit.COUNT, 0));
            final Subscription added = Subscription.of("new", "*").withMetrics(countsOf(60));
            final JointPreparation joint = new JointPreparation(SHARDS);
            final List<EngineCommand<Boolean>> commands = IntStream.range(0, SHARDS)
                    .mapToObj(shard -> subscribing(joint, held.worker(shard), added))
                    .toList();
            held.worker(0).agent().submit(commands.get(0));
            for (long time = 1; refused.get() == 0; time++) {
                held.publisher().offer((StepSeries) level, time, time);
                held.worker(0).agent().doWork();
            }
            held.worker(1).agent().submit(commands.get(1));
            held.work();
            commands.forEach(command -> assertTrue(command.await()));
        }
    }

    /** More than the log has room for where it refuses a point. */
    private static WatchedMetric[] countsOf(final int windowCount) {
        return IntStream.rangeClosed(1, windowCount)
                .mapToObj(length -> WatchedMetric.of(Window.slidingNs(length), Metric.COUNT))
                .toArray(WatchedMetric[]::new);
    }

    private static EngineCommand<Boolean> subscribing(
            final JointPreparation joint, final ShardWorker worker, final Subscription added) {
        return new EngineCommand<>(
                joint.start(),
                joint.with(() -> {
                    worker.subscriptions().requirePossible(added);
                    return true;
                }),
                () -> {
                    worker.subscriptions().subscribe(added);
                    return worker.shard().updates().find(added.name()).isPresent();
                });
    }

    static IntStream shards() {
        return IntStream.range(0, SHARDS);
    }
}
