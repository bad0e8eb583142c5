package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.open.EngineResources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call for which the log has no space changes nothing and creates no queue. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullLogCallTest {
    private static final int OTHERS = 8;
    private static final QueueOptions BLOCK = new QueueOptions(8, OverflowPolicy.BLOCK);

    @TempDir
    private Path directory;

    private enum Call {
        SUBSCRIBE((engine, number) ->
                engine.updates().subscribe(subscription("new" + number), BLOCK).close()),
        LISTEN((engine, number) -> engine.updates()
                .subscribe(subscription("new" + number), BLOCK, update -> {})
                .close()),
        UNSUBSCRIBE((engine, number) -> assertTrue(engine.updates().unsubscribe("other" + number))),
        REGISTER_WINDOWS((engine, number) ->
                engine.series().register(WindowRegistration.of("new" + number).withWindows(Window.slidingNs(10)))),
        ADVANCE((engine, number) -> engine.advanceTo(1_000 + number));

        private final ObjIntConsumer<TollgateEngine> call;

        Call(final ObjIntConsumer<TollgateEngine> call) {
            this.call = call;
        }

        void of(final TollgateEngine engine, final int number) {
            call.accept(engine, number);
        }
    }

    private static Subscription subscription(final String name) {
        return Subscription.of(name, "*").withMetrics(WatchedMetric.LEVEL);
    }

    /** A disk that is full for the log while a flag is set. */
    private static final class FullForLog extends HookedFiles {
        private boolean isFull;

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (isFull && call == Call.CREATE && file.getFileName().toString().startsWith("log-")) {
                throw new IOException(FullDisk.MESSAGE);
            }
        }
    }

    /** The engine retries the disk some time after there is space. */
    @Test
    void shouldMoveTheClockWhenThereIsSpaceAgain() {
        final FullDisk disk = new FullDisk(1);
        try (TollgateEngine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory)
                .logSegmentLength(1 << 16)
                .fileAccess(disk)
                .errorHandler(error -> {}))) {
            long now = 0;
            while (hasAdvanced(engine, now + 1)) {
                now++;
            }
            assertFalse(hasAdvanced(engine, Instants.MAX));
            assertEquals(now, engine.now());
            disk.makeSpace();
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

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldBeCarriedOutOrChangeNothing(final Call call) {
        final FullForLog disk = new FullForLog();
        final String after;
        try (TollgateEngine engine = launch(disk)) {
            disk.isFull = true;
            final StepSeries level = define(engine, "level");
            engine.advanceTo(1_000);
            for (int i = 0; i < OTHERS; i++) {
                engine.updates().subscribe(subscription("other" + i), BLOCK).close();
            }
            fill(engine);
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
            // The engine retries a full disk after a while.
            for (int time = 1; time <= 30; time++) {
                offer(engine, level, time);
            }
            while (refusalOf(call, engine, number) != null) {
                Thread.onSpinWait();
            }
            after = subscriptions(engine);
        }
        try (TollgateEngine engine = launch(disk)) {
            assertEquals(after, subscriptions(engine));
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

    /** Offers a point until it is applied, because a disk that was full refuses some. */
    private static void offer(final TollgateEngine engine, final StepSeries level, final long time) {
        final long before = engine.admin().statistics().appliedCount();
        while (engine.admin().statistics().appliedCount() == before) {
            engine.awaitApplied(engine.publisher().offer(level, time, time));
        }
    }

    private static void fill(final TollgateEngine engine) {
        assertThrows(RuntimeException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                define(engine, "fill" + i + "-" + "y".repeat(80));
            }
        });
    }

    private static StepSeries define(final TollgateEngine engine, final String name) {
        return engine.defineStep(SeriesDefinition.step(name, Unit.COUNT, 0));
    }

    private static List<String> state(final TollgateEngine engine) {
        final List<String> state = new ArrayList<>();
        state.add(subscriptions(engine));
        state.add("now=" + engine.now());
        final EngineResources resources = engine.resources();
        state.add("nextSequence=" + resources.log().orElseThrow().nextSequence() + " now="
                + resources.clock().now() + " queues=" + resources.updates().queueCount() + " patterns="
                + resources.store().registrations().patternCount());
        return state;
    }

    private static String subscriptions(final TollgateEngine engine) {
        return engine.resources().updates().subscriptions().toString();
    }

    private TollgateEngine launch(final FullForLog disk) {
        return TollgateEngine.launch(context().fileAccess(disk).refusalHandler(refusal -> {}));
    }

    private EngineContext context() {
        return TestContext.stepped(ClockMode.MANUAL, directory)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {});
    }
}
