package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WatchedPanel;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.store.ShardPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other shards are in the midst of when the first watch over many series begins is followed all the same. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FirstWatchTest {
    private static final int SHARDS = 3;
    private static final int MOST_CYCLES = 1_000;

    private Runnable onRefusal = () -> {};
    private final HeldShards shards = new HeldShards(new EngineContext()
            .clockMode(ClockMode.EVENT)
            .shardCount(SHARDS)
            .refusalHandler((reason, series, validTime, value, knowledgeTime, reference) -> onRefusal.run()));
    private final PanelWatcher watcher = shards.newWatcher(new OpenStores());
    private final List<StepSeries> levels = new ArrayList<>();
    private final StepSeries timely = on(0, "timely", DuplicatePolicy.REVISE);
    private final StepSeries refusing = on(1, "refusing", DuplicatePolicy.REJECT);
    private FutureTask<UpdateQueue> watching;

    FirstWatchTest() {
        for (int shard = 0; shard < SHARDS; shard++) {
            levels.add(shards.levelOn(shard));
            offer(levels.get(shard), 1, 1);
        }
        offer(refusing, 1, 1);
        assertEquals("", shards.work());
    }

    @AfterEach
    void close() {
        shards.close();
    }

    private StepSeries on(final int shard, final String name, final DuplicatePolicy duplicates) {
        String key = name;
        while (ShardPlace.indexOf(key, SHARDS) != shard) {
            key += "x";
        }
        return (StepSeries)
                shards.define(SeriesDefinition.step(key, Unit.COUNT, 0).withDuplicates(duplicates));
    }

    private void offer(final StepSeries series, final long at, final long value) {
        assertTrue(shards.publisher().offer(series, at, value) > 0);
    }

    /** Lets all shards tell a watch what changes; it begins when the first one is worked next. */
    private void letFollow() {
        final Group group = Group.of(levels.stream().map(GroupMember::of).toArray(GroupMember[]::new));
        final PanelWatches watches =
                PanelWatches.of("level", Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 10));
        watching = new FutureTask<>(() -> watcher.watch(watches, QueueOptions.DEFAULT, false));
        new Thread(watching).start();
        for (int shard = 0; shard < SHARDS; shard++) {
            while (shards.worker(shard).groups().followerCount() == 0) {
                assertFalse(watching.isDone());
                shards.workAlone(shard);
                Thread.onSpinWait();
            }
        }
    }

    private void begin() {
        while (!watching.isDone()) {
            shards.workAlone(0);
        }
        // Time has come to its beginning then.
        offer(timely, 20, 1);
        shards.workAlone(0);
    }

    private void assertTold() throws ExecutionException, InterruptedException {
        assertEquals("", shards.work());
        final List<Long> told = new ArrayList<>();
        watching.get().poll(update -> told.add(update.atNs()), MOST_CYCLES);
        assertEquals(List.of(30L), told);
    }

    /** The watched point is admitted already when a refusal is told, or comes next. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFollowTheFrameInWhoseMidstItBegins(final boolean isRefusedFirst)
            throws ExecutionException, InterruptedException {
        letFollow();
        if (isRefusedFirst) {
            offer(refusing, 1, 2);
        }
        offer(levels.get(1), 30, 100);
        offer(refusing, 1, 2);
        onRefusal = () -> {
            onRefusal = () -> {};
            begin();
        };
        shards.worker(1).agent().doWork();
        if (!watching.isDone()) {
            // The point has come to its turn, which the first shard has still to give.
            begin();
        }
        assertTold();
    }

    /** Two other shards have agreed on it already. */
    @Test
    void shouldFollowTheBatchInWhoseMidstItBegins() throws ExecutionException, InterruptedException {
        letFollow();
        final Batch batch = shards.publisher().newBatch();
        batch.begin();
        batch.offer(levels.get(1), 30, 50);
        batch.offer(levels.get(2), 30, 50);
        assertTrue(batch.commit() > 0);
        for (int i = 0; i < 2; i++) {
            shards.workAlone(1);
            shards.workAlone(2);
        }
        begin();
        assertTold();
    }

    /** The first shard gives the others the turn to their end, whether it begins before that or is refused. */
    @Test
    void shouldEndWhileItBegins() throws InterruptedException {
        letFollow();
        for (int i = 0; i < 3; i++) {
            offer(levels.get(1), 30 + i, 100);
        }
        assertTrue(shards.stop(MOST_CYCLES));
        try {
            watching.get();
        } catch (final ExecutionException e) {
            assertTrue(e.getCause() instanceof IllegalStateException, e::toString);
        }
    }

    /** No point waits for a turn because of it. */
    @Test
    void shouldLeaveNothingInUseWhereItCannotBegin() {
        letFollow();
        shards.worker(0)
                .subscriptions()
                .subscribe(Subscription.of("level", "nothing").withMetrics(WatchedMetric.LEVEL));
        while (!watching.isDone()) {
            for (int shard = 0; shard < SHARDS; shard++) {
                shards.workAlone(shard);
            }
        }
        assertThrows(ExecutionException.class, watching::get);
        assertFalse(shards.turn().isInUse());
    }
}
