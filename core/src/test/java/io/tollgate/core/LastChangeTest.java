package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.Metric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WhenFull;
import io.tollgate.api.Window;
import io.tollgate.core.panel.ChangedSeries;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.watch.PolledUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At an orderly close, what the last points of one shard bring about is followed and told by the others. */
@Timeout(60)
class LastChangeTest {
    private static final int MOST_CYCLES = 100;

    private final HeldShards shards =
            new HeldShards(new EngineContext().shardCount(2).clockMode(ClockMode.EVENT));
    private final StepSeries level = shards.levelOn(1);

    @AfterEach
    void close() {
        shards.close();
    }

    private void offer(final long at, final long value) {
        assertTrue(shards.publisher().offer(level, at, value) > 0);
    }

    /** It ends in the midst of a cycle of the first one, behind what that does to follow. */
    @Test
    void shouldFollowAShardThatEndsBehindTheDutyOfACycle() {
        final List<Long> followed = new ArrayList<>();
        final ChangedSeries changes = new ChangedSeries(Set.of(level.key()), List.of(), true);
        final WatchTurn turn = shards.turn();
        final Runnable follower = () -> {
            if (turn.tryFollow(0, false)) {
                changes.poll((seriesNumber, fromNs, isLife) -> followed.add(fromNs));
                turn.followed(Long.MAX_VALUE);
            }
        };
        final int[] cycles = {0};
        turn.inUse(true);
        shards.worker(1).groups().follow(changes);
        shards.worker(0).agent().follower(follower);
        shards.worker(0).agent().duty(() -> {
            final int before = followed.size();
            follower.run();
            // In the first cycle it comes to its own end.
            if (cycles[0]++ == 1) {
                shards.workAlone(1);
            }
            return followed.size() - before;
        });
        turn.touched();
        follower.run();
        followed.clear();
        offer(3, 1);
        shards.requestStop();
        shards.workAlone(0);
        assertFalse(shards.hasEnded(0));
        shards.workAlone(0);
        assertTrue(shards.hasEnded(1));
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of(3L), followed);
    }

    /** A listener has still to take what the change before it has brought about. */
    @Test
    void shouldTellTheLastChangeOnceAListenerHasMadeRoom() throws ExecutionException, InterruptedException {
        offer(1, 1);
        assertEquals("", shards.work());
        final PolledUpdates queue = watchLevel(new QueueOptions(2, WhenFull.BLOCK));
        offer(3, 100);
        offer(4, 1);
        offer(5, 100);
        shards.requestStop();
        for (int cycle = 0; cycle < 10; cycle++) {
            work();
        }
        assertTrue(shards.hasEnded(1));
        assertFalse(shards.hasEnded(0));
        final List<String> told = new ArrayList<>();
        queue.poll(update -> told.add(update.type() + "@" + update.atNs()), MOST_CYCLES);
        assertEquals(List.of("FIRED@3", "CLEARED@4"), told);
        assertTrue(shards.stop(MOST_CYCLES));
        told.clear();
        queue.poll(update -> told.add(update.type() + "@" + update.atNs()), MOST_CYCLES);
        assertEquals(List.of("FIRED@5"), told);
    }

    private void work() {
        for (int shard = 0; shard < shards.shardCount(); shard++) {
            shards.workOnce(shard);
        }
    }

    private PolledUpdates watchLevel(final QueueOptions options) throws ExecutionException, InterruptedException {
        final PanelWatcher watcher = shards.newWatcher(new OpenStores());
        final Group group = Group.of(GroupMember.of(level));
        final PanelWatches watches =
                PanelWatches.of("level", Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 10));
        final FutureTask<PolledUpdates> watching = new FutureTask<>(() -> watcher.watch(watches, options, true));
        new Thread(watching).start();
        while (!watching.isDone()) {
            work();
        }
        return watching.get();
    }

    /** Its own last point was before that, and it has nothing left when the time goes on. */
    @Test
    void shouldTellWhatTheLastTimeOfAnotherShardBringsAbout() {
        final StepSeries own = shards.levelOn(0);
        final WatchedMetric count = WatchedMetric.of(Window.slidingNs(5), Metric.COUNT);
        final Subscription subscription = Subscription.of("count", own.key()).withMetrics(count);
        shards.worker(0).subscriptions().subscribe(subscription);
        final PolledUpdates queue = new PolledUpdates("count", QueueOptions.DEFAULT, 2, false, closed -> {});
        queue.attach(0, shards.worker(0).shard().updates());
        assertTrue(shards.publisher().offer(own, 1, 1) > 0);
        assertEquals("", shards.work());
        offer(100, 1);
        shards.requestStop();
        shards.workAlone(0);
        assertTrue(shards.stop(MOST_CYCLES));
        final List<String> told = new ArrayList<>();
        queue.poll(update -> told.add(update.cause() + "@" + update.atNs()), MOST_CYCLES);
        assertEquals(List.of("POINT@1", "TIME@6"), told);
    }
}
