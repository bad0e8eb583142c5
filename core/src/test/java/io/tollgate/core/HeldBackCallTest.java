package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.open.EngineResources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stepped engine refuses a call if the caller has to poll a full queue first. It does not execute the call later. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldBackCallTest {
    private static final QueueOptions BLOCK = new QueueOptions(8, OverflowPolicy.BLOCK);
    private static final Group ALL = Group.fitting(MemberPattern.of(new LevelPattern("*", Unit.COUNT, 0)));
    private static final long NOW_NS = 1_000;

    @TempDir
    private Path directory;

    private enum Call {
        SUBSCRIBE(life ->
                life.engine.updates().subscribe(Subscription.of("new", "*").withMetrics(WatchedMetric.LEVEL), BLOCK)),
        LISTEN(life -> life.engine
                .updates()
                .subscribe(Subscription.of("new", "*").withMetrics(WatchedMetric.LEVEL), BLOCK, update -> {})),
        UNSUBSCRIBE(life -> assertTrue(life.engine.updates().unsubscribe("other"))),
        WATCH(life -> life.engine.updates().subscribe(watches("new"), BLOCK)),
        LISTEN_TO_WATCH(life -> life.engine.updates().subscribe(watches("new"), BLOCK, update -> {})),
        UNWATCH(life -> assertTrue(life.engine.updates().unsubscribe("watched"))),
        DEFINE(life -> life.engine.defineStep(SeriesDefinition.step("new", Unit.COUNT, 0))),
        CLOSE_SERIES(life -> life.engine.series().close(life.level, LifeEnd.at(5_000))),
        REGISTER_WINDOWS(
                life -> life.engine.series().register(WindowRegistration.of("*").withWindows(Window.slidingNs(10)))),
        REGISTER_GROUP(life -> life.engine.series().register(ALL)),
        RETAIN(life -> life.engine.series().retain("*", Retention.versions(0))),
        TRACK_LATENESS(life -> life.engine.admin().audit().trackLateness("new")),
        ADVANCE(life -> life.engine.advanceTo(2 * NOW_NS));

        private final Consumer<Life> call;

        Call(final Consumer<Life> call) {
            this.call = call;
        }

        void of(final Life life) {
            call.accept(life);
        }
    }

    private static WatchSet watches(final String name) {
        return WatchSet.of(name, Watch.above(WatchedPanel.of(ALL, GroupMetric.SIMPLE), 1));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldNotExecuteARefusedCallLater(final Call call) {
        final List<String> without;
        final int followerCount;
        try (Life life = new Life(directory.resolve("without"))) {
            life.fill();
            life.pollAndWork();
            life.proceed();
            without = life.state();
            call.of(life);
            followerCount = life.followerCount();
        }
        try (Life life = new Life(directory.resolve("with"))) {
            life.fill();
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> call.of(life));
            assertTrue(refusal.getMessage().startsWith("updateQueue=full"), refusal::getMessage);
            life.pollAndWork();
            life.proceed();
            assertEquals(without, life.state());
            call.of(life);
            assertEquals(followerCount, life.followerCount());
        }
    }

    /** An engine with a BLOCK queue. */
    private static final class Life implements AutoCloseable {
        private final TollgateEngine engine;
        private final StepSeries level;
        private final UpdateQueue queue;
        private final List<Long> recorded = new ArrayList<>();
        private long time = 1;

        Life(final Path directory) {
            engine = TollgateEngine.launch(
                    TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16));
            level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            final StepSeries revised = engine.defineStep(SeriesDefinition.step("revised", Unit.COUNT, 0));
            engine.publisher().offer(revised, 1, 1);
            engine.awaitApplied(engine.publisher().offer(revised, 1, 2));
            engine.advanceTo(NOW_NS);
            engine.updates()
                    .subscribe(Subscription.of("other", "nothing").withMetrics(WatchedMetric.LEVEL), BLOCK)
                    .close();
            engine.updates()
                    .subscribe(watches("watched"), QueueOptions.DEFAULT.withCapacity(8))
                    .close();
            queue = engine.updates()
                    .subscribe(Subscription.of("level", level.key()).withMetrics(WatchedMetric.LEVEL), BLOCK);
        }

        void offer() {
            assertTrue(engine.publisher().offer(level, time, time) > 0);
            time++;
        }

        /** Offers more points than the queue can hold updates. */
        void fill() {
            for (int i = 0; i < 20; i++) {
                offer();
            }
            while (engine.step() > 0) {
                Thread.onSpinWait();
            }
        }

        void pollAndWork() {
            for (int i = 0; i < 50; i++) {
                queue.poll(update -> recorded.add(update.number()), 100);
                engine.step();
            }
        }

        /** A queue without a subscriber would soon be full. */
        void proceed() {
            for (int i = 0; i < 40; i++) {
                offer();
            }
            pollAndWork();
            pollAndWork();
        }

        List<String> state() {
            final List<String> state = new ArrayList<>();
            state.add("recorded=" + recorded);
            state.add("now=" + engine.now());
            state.add("subscriptions=" + engine.updates().list());
            final EngineResources resources = engine.resources();
            state.add("nextSequence=" + resources.log().orElseThrow().nextSequence() + " groups="
                    + resources.applier().groups().count() + " watches="
                    + resources.updates().panels().size() + " queues="
                    + resources.updates().queueCount());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.admin().audit().lateness("new"),
                    "lateness is not tracked");
            return state;
        }

        int followerCount() {
            return engine.resources().applier().groups().followerCount();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
