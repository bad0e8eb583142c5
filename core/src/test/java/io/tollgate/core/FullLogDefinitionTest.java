package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine refuses a definition for which the log has no space, as it refuses a point. The state stays unchanged, and
 * the engine does not ask the disk each time. The definition succeeds once there is space.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullLogDefinitionTest {
    private static final int WATCHES = 8;
    private static final int CALLS = 50;
    private static final int FILLERS = 1_000;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    private Path directory;

    private enum Call {
        DEFINE((engine, number) -> define(engine, "new" + number)),
        DEFINE_WINDOWS(
                (engine, number) -> engine.defineStep(definition("x").withWindows(Window.slidingNs(1 + number)))),
        WATCH((engine, number) -> watch(engine, "new" + number)),
        UNWATCH((engine, number) -> assertTrue(engine.updates().unsubscribe("watch" + number)));

        private final ObjIntConsumer<TollgateEngine> call;

        Call(final ObjIntConsumer<TollgateEngine> call) {
            this.call = call;
        }

        void of(final TollgateEngine engine, final int number) {
            call.accept(engine, number);
        }
    }

    /** A disk without space for another segment, which counts the attempts. */
    private static final class CountingDisk extends HookedFiles {
        private boolean isFull;
        private int attempts;

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (call == Call.CREATE && file.getFileName().toString().startsWith("log-")) {
                attempts++;
                if (isFull) {
                    throw new IOException(FullDisk.MESSAGE);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeRefusedAndChangeNothing(final Call call) {
        final CountingDisk disk = new CountingDisk();
        final List<String> after;
        try (TollgateEngine engine = launch(disk)) {
            final StepSeries level = define(engine, "x");
            define(engine, "y");
            for (int i = 0; i < WATCHES; i++) {
                watch(engine, "watch" + i);
            }
            disk.isFull = true;
            fill(engine, level);
            int number = 0;
            List<String> before = state(engine);
            while (isCarriedOut(call, engine, number)) {
                number++;
                before = state(engine);
            }
            final long sinceNs = System.nanoTime();
            disk.attempts = 0;
            for (int i = 0; i < CALLS; i++) {
                isCarriedOut(call, engine, number);
            }
            final long elapsedNs = System.nanoTime() - sinceNs;
            // Maintenance also asks now and then, because it preallocates segments.
            assertTrue(
                    disk.attempts <= CALLS / 5 + elapsedNs / RETRY_NS,
                    () -> "attempts=" + disk.attempts + " elapsedNs=" + elapsedNs);
            assertEquals(before, state(engine));
            disk.isFull = false;
            while (!isCarriedOut(call, engine, number)) {
                assertEquals(before, state(engine));
            }
            after = state(engine);
        }
        try (TollgateEngine engine = launch(disk)) {
            assertEquals(after.subList(1, after.size()), state(engine).subList(1, after.size()));
        }
    }

    private static boolean isCarriedOut(final Call call, final TollgateEngine engine, final int number) {
        try {
            call.of(engine, number);
            return true;
        } catch (final RuntimeException e) {
            assertInstanceOf(IllegalStateException.class, e);
            assertTrue(e.getMessage().contains(" disk=full, expected room in the log; "), e::getMessage);
            return false;
        }
    }

    /** Fills with points, and with definitions once points find no space. */
    private static void fill(final TollgateEngine engine, final StepSeries level) {
        for (long time = 1; engine.admin().statistics().refusedCounts().isEmpty(); time++) {
            engine.awaitApplied(engine.publisher().offer(level, time, time));
        }
        for (int i = 0; isCarriedOut(Call.DEFINE, engine, FILLERS + i); i++) {
            Thread.onSpinWait();
        }
    }

    /** Returns the next sequence, and the defined and begun series. */
    private static List<String> state(final TollgateEngine engine) {
        final EngineResources resources = engine.resources();
        final List<String> state = new ArrayList<>();
        state.add("nextSequence=" + resources.log().orElseThrow().nextSequence());
        state.add("seriesCount=" + engine.admin().statistics().seriesCount());
        state.add("x=" + engine.series().find("x").orElseThrow().definition());
        for (int i = 0; i < WATCHES; i++) {
            state.add(resources.updates().panels().text("watch" + i).toString());
            state.add(resources.updates().panels().text("new" + i).toString());
        }
        return state;
    }

    private static SeriesDefinition definition(final String key) {
        return SeriesDefinition.step(key, Unit.COUNT, 0);
    }

    private static StepSeries define(final TollgateEngine engine, final String key) {
        return engine.defineStep(definition(key));
    }

    private static void watch(final TollgateEngine engine, final String name) {
        final Pair pair = Pair.asOf(define(engine, "x"), define(engine, "y"));
        final WatchedPanel panel = WatchedPanel.of(Window.slidingNs(10), pair, PairMetric.CORRELATION);
        engine.updates()
                .subscribe(WatchSet.of(name, Watch.below(panel, 0.9)), QueueOptions.DEFAULT)
                .close();
    }

    private TollgateEngine launch(final CountingDisk disk) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {})
                .refusalHandler(refusal -> {})
                .fileAccess(disk));
    }
}
