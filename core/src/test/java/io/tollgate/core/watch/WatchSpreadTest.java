package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.WatchStream;
import io.tollgate.core.oracle.WatchStream.Act;
import io.tollgate.core.oracle.WatchStream.Change;
import io.tollgate.core.oracle.WatchStream.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Once in each duty cycle, watches report the changes since the last one, as if all events were computed anew. The same
 * holds over kills.
 */
final class WatchSpreadTest {
    @TempDir
    private Path directory;

    /** Called during a duty cycle. */
    private Runnable onRefusal = () -> {};

    private static long seed(final String name) {
        final long seed = Long.getLong("tollgate.test.seed", System.nanoTime());
        System.out.println(name + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }

    private static EngineContext context(final ClockMode mode) {
        return TestContext.stepped(mode);
    }

    private static List<StepSeries> define(final Engine engine) {
        final List<StepSeries> series = new ArrayList<>();
        for (int i = 0; i < WatchStream.SERIES; i++) {
            series.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.PERCENT, 0)));
        }
        return series;
    }

    private static List<List<Recorded>> expected(final List<List<Act>> cycles, final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(context(ClockMode.MANUAL))) {
            return WatchStream.expected(cycles, mode, WatchStream.watches(define(engine)), 0);
        }
    }

    /** Moves the clock to 0. */
    private static void begin(final Engine engine, final ClockMode mode) {
        if (mode == ClockMode.MANUAL) {
            engine.advanceTo(0);
            return;
        }
        final StepSeries clock = engine.defineStep(SeriesDefinition.step("clock", Unit.PERCENT, 0));
        KnownPoint.apply(engine, clock, 0, 0, 0);
    }

    private static UpdateQueue watch(final Engine engine, final WatchSet watches) {
        final UpdateQueue queue = engine.updates().subscribe(watches, QueueOptions.DEFAULT.withCapacity(1 << 14));
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static void act(final Engine engine, final List<StepSeries> series, final Act act) {
        final Publisher publisher = engine.publisher();
        if (act.isBatch()) {
            final Batch batch = publisher.newBatch();
            batch.begin();
            for (final Change change : act.changes()) {
                final StepSeries of = series.get(change.series());
                if (change.isWithdrawal()) {
                    batch.point(of)
                            .validAt(change.at())
                            .knownAt(change.knownNs())
                            .withdraw();
                } else {
                    KnownPoint.offer(batch, of, change.at(), change.value(), change.knownNs());
                }
            }
            assertTrue(batch.commit() > 0);
            return;
        }
        if (act.changes().isEmpty()) {
            engine.advanceTo(act.advanceNs());
            return;
        }
        final Change change = act.changes().get(0);
        final StepSeries of = series.get(change.series());
        final long ticket = change.isWithdrawal()
                ? publisher
                        .point(of)
                        .validAt(change.at())
                        .knownAt(change.knownNs())
                        .withdraw()
                : KnownPoint.offer(publisher, of, change.at(), change.value(), change.knownNs());
        assertTrue(ticket > 0);
    }

    private static List<Recorded> ofWatch(final List<UpdateRecorder.Recorded> recorded, final int watch) {
        return recorded.stream()
                .filter(update -> update.watchIndex() == watch)
                .map(Recorded::of)
                .toList();
    }

    private static void live(final Engine engine, final List<StepSeries> series, final List<Act> cycle) {
        cycle.forEach(act -> act(engine, series, act));
        if (cycle.stream().noneMatch(act -> act.changes().isEmpty())) {
            engine.step();
        }
    }

    private static List<UpdateRecorder.Recorded> recorded(final List<List<Act>> cycles, final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(context(mode))) {
            final List<StepSeries> series = define(engine);
            begin(engine, mode);
            final UpdateQueue queue = watch(engine, WatchStream.watches(series));
            cycles.forEach(cycle -> live(engine, series, cycle));
            return new UpdateRecorder().drain(queue).recorded();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "KNOWLEDGE"})
    void shouldReportWhatEachDutyCycleHasChanged(final ClockMode mode) {
        final long seed = seed("watches spread");
        for (int run = 0; run < 15; run++) {
            final Random random = new Random(seed + run);
            final List<List<Act>> cycles = WatchStream.cycles(WatchStream.stream(random, mode), random);
            final List<List<Recorded>> expected = expected(cycles, mode);
            final List<UpdateRecorder.Recorded> recorded = recorded(cycles, mode);
            for (int watch = 0; watch < expected.size(); watch++) {
                assertEquals(
                        expected.get(watch),
                        ofWatch(recorded, watch),
                        "seed=" + seed + " run=" + run + " watch=" + watch);
            }
        }
    }

    /**
     * The process is killed during duty cycles, after changes are applied and before they are sent. Watches that are
     * created again report the missing events, and none twice.
     */
    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "KNOWLEDGE"})
    void shouldReportTheSameOverKills(final ClockMode mode) throws IOException {
        final long seed = seed("watches over kills");
        final Random random = new Random(seed);
        final List<List<Act>> cycles = WatchStream.cycles(WatchStream.stream(random, mode), random);
        final List<List<Recorded>> expected = expected(cycles, mode);
        final List<UpdateRecorder.Recorded> recorded = reportedOverKills(cycles, mode, random);
        for (int i = 0; i < recorded.size(); i++) {
            assertEquals(i + 1, recorded.get(i).number(), "seed=" + seed);
        }
        for (int watch = 0; watch < expected.size(); watch++) {
            // All series are new to watches that are created again.
            assertEquals(
                    expected.get(watch).stream().map(Recorded::withoutCause).toList(),
                    ofWatch(recorded, watch).stream()
                            .map(Recorded::withoutCause)
                            .toList(),
                    "seed=" + seed + " watch=" + watch);
        }
    }

    private Engine launch(final Path data, final ClockMode mode) {
        return TollgateEngine.launch(
                context(mode).directory(data).logSegmentLength(1 << 18).refusalHandler(refusal -> onRefusal.run()));
    }

    /** Offers a batch, after which all earlier operations are applied, and a point that is refused. */
    private static void offerRefused(final Engine engine, final StepSeries other) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        KnownPoint.offer(batch, other, 0, 0, 0);
        assertTrue(batch.commit() > 0);
        // The knowledge time is before that of earlier points.
        assertTrue(KnownPoint.offer(engine.publisher(), other, 1, 1, -1) > 0);
    }

    private List<UpdateRecorder.Recorded> reportedOverKills(
            final List<List<Act>> cycles, final ClockMode mode, final Random random) throws IOException {
        Path data = directory.resolve("life.0");
        Engine engine = launch(data, mode);
        final UpdateRecorder recorder = new UpdateRecorder();
        try {
            final List<StepSeries> series = define(engine);
            begin(engine, mode);
            final WatchSet watches = WatchStream.watches(series);
            UpdateQueue queue = watch(engine, watches);
            int killCount = 0;
            for (int i = 0; i < cycles.size(); i++) {
                final boolean isManual =
                        cycles.get(i).stream().anyMatch(act -> act.changes().isEmpty());
                if (isManual || killCount > 0 && random.nextInt(6) > 0) {
                    live(engine, series, cycles.get(i));
                    continue;
                }
                recorder.drain(queue);
                final Path from = data;
                final Path next = directory.resolve("life." + (i + 1));
                onRefusal = () -> copy(from, next);
                final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
                for (final Act act : cycles.get(i)) {
                    act(engine, series, act);
                }
                offerRefused(engine, other);
                engine.step();
                onRefusal = () -> {};
                engine.close();
                data = next;
                engine = launch(data, mode);
                queue = watch(engine, watches);
                killCount++;
            }
            assertTrue(killCount > 0, "kills");
            return recorder.drain(queue).recorded();
        } finally {
            engine.close();
        }
    }

    private static void copy(final Path from, final Path to) {
        try {
            PanelWatchFixture.copy(from, to);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
