package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.Metric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateType;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WhenFull;
import io.tollgate.api.Window;
import io.tollgate.core.panel.ChangedSeries;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.watch.PolledUpdates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At an orderly close, what the last points of one shard bring about is followed and told by the others. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastChangeTest {
    private static final int MOST_CYCLES = 100;
    private static final int MOST_KEPT = 16;

    private final HeldShards shards =
            new HeldShards(new EngineContext().shardCount(2).clockMode(ClockMode.EVENT));
    private final StepSeries own = shards.levelOn(0);
    private final StepSeries level = (StepSeries) shards.define(
            SeriesDefinition.step(shards.keyOn(1, "level"), Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
    private final StepSeries other =
            (StepSeries) shards.define(SeriesDefinition.step(shards.keyOn(1, "other"), Unit.COUNT, 0));

    @AfterEach
    void close() {
        shards.close();
    }

    private void offer(final StepSeries series, final long at, final long value) {
        assertTrue(shards.publisher().offer(series, at, value) > 0);
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
        offer(level, 3, 1);
        shards.requestStop();
        shards.workAlone(0);
        assertFalse(shards.hasEnded(0));
        shards.workAlone(0);
        assertTrue(shards.hasEnded(1));
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of(3L), followed);
    }

    /**
     * A listener has still to take what the change before it has brought about, in the cycles before the end too, where
     * nothing waits for it any more.
     */
    @ParameterizedTest
    @CsvSource({"0, 10", "0, 1000", "1000, 1000"})
    void shouldTellTheLastChangeOnceAListenerHasMadeRoom(final int before, final int behind)
            throws ExecutionException, InterruptedException {
        offer(level, 1, 1);
        assertEquals("", shards.work());
        final PolledUpdates queue = watchLevel(Duration.ZERO, new QueueOptions(2, WhenFull.BLOCK));
        offer(level, 3, 100);
        offer(level, 4, 1);
        offer(level, 5, 100);
        work(before);
        shards.requestStop();
        work(behind);
        assertTrue(shards.hasEnded(1));
        assertFalse(shards.hasEnded(0));
        assertEquals(List.of("FIRED@3", "CLEARED@4"), poll(queue));
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of("FIRED@5"), poll(queue));
    }

    /** A point that is refused changes nothing, and time goes no further with it. */
    @Test
    void shouldFollowTimeBehindAWatchedPointThatIsRefused() throws ExecutionException, InterruptedException {
        offer(level, 1, 1);
        assertEquals("", shards.work());
        final PolledUpdates queue = watchLevel(Duration.ofNanos(40), QueueOptions.DEFAULT);
        offer(level, 10, 100);
        assertEquals("", shards.work());
        offer(level, 10, 200);
        offer(other, 1_000, 1);
        shards.requestStop();
        shards.workAlone(0);
        shards.workAlone(1);
        assertTrue(shards.hasEnded(1));
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of("FIRED@50"), poll(queue));
    }

    private void work(final int cycles) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (int shard = 0; shard < shards.shardCount(); shard++) {
                shards.workOnce(shard);
            }
        }
    }

    private PolledUpdates watchLevel(final Duration forTime, final QueueOptions options)
            throws ExecutionException, InterruptedException {
        final PanelWatcher watcher = shards.newWatcher(new OpenStores());
        final Group group = Group.of(GroupMember.of(level));
        final PanelWatches watches = PanelWatches.of(
                "level",
                Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 10).withFor(forTime));
        final FutureTask<PolledUpdates> watching = new FutureTask<>(() -> watcher.watch(watches, options, true));
        new Thread(watching).start();
        while (!watching.isDone()) {
            work(1);
        }
        return watching.get();
    }

    /** Its own last point was before that, and it has nothing left when the time goes on. */
    @Test
    void shouldTellWhatTheLastTimeOfAnotherShardBringsAbout() {
        final PolledUpdates queue = subscribeToCount(QueueOptions.DEFAULT, false);
        offer(own, 1, 1);
        assertEquals("", shards.work());
        offer(level, 100, 1);
        shards.requestStop();
        shards.workAlone(0);
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of("POINT@1", "TIME@6"), poll(queue));
    }

    @Test
    void shouldTellWhatTimeBringsAboutOnceAListenerHasMadeRoom() {
        final PolledUpdates queue = subscribeToCount(new QueueOptions(2, WhenFull.BLOCK), true);
        offer(own, 1, 1);
        offer(own, 2, 1);
        assertEquals("", shards.work());
        offer(level, 100, 1);
        shards.requestStop();
        work(10);
        assertTrue(shards.hasEnded(1));
        assertFalse(shards.hasEnded(0));
        assertEquals(List.of("POINT@1", "POINT@2"), poll(queue));
        assertTrue(shards.stop(MOST_CYCLES));
        assertEquals(List.of("TIME@6", "TIME@7"), poll(queue));
    }

    /** Of points that time takes away again. */
    private PolledUpdates subscribeToCount(final QueueOptions options, final boolean isListened) {
        final WatchedMetric count = WatchedMetric.of(Window.slidingNs(5), Metric.COUNT);
        shards.worker(0)
                .subscriptions()
                .subscribe(Subscription.of("count", own.key()).withMetrics(count));
        final PolledUpdates queue = new PolledUpdates("count", options, 2, isListened, MOST_KEPT, closed -> {});
        queue.attach(0, shards.worker(0).shard().updates());
        return queue;
    }

    private static List<String> poll(final PolledUpdates queue) {
        final List<String> told = new ArrayList<>();
        queue.poll(
                update -> told.add(
                        (update.type() == UpdateType.CHANGED ? update.cause() : update.type()) + "@" + update.atNs()),
                MOST_CYCLES);
        return told;
    }
}
