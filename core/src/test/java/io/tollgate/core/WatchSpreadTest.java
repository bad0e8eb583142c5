package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.core.WatchStream.Act;
import io.tollgate.core.WatchStream.Change;
import io.tollgate.core.WatchStream.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream of points has one sequence of events, each cause by itself: however its points lie in duty cycles, over
 * kills, and as if all were worked out anew after each of them.
 */
final class WatchSpreadTest {
    @TempDir
    private Path directory;

    private static long seed(final String name) {
        final long seed = Long.getLong("tollgate.test.seed", System.nanoTime());
        System.out.println(name + ": -Dtollgate.test.seed=" + seed);
        return seed;
    }

    private static EngineContext context(final ClockMode mode) {
        return new EngineContext().clockMode(mode).stepped(true);
    }

    private static List<StepSeries> define(final Engine engine) {
        final List<StepSeries> series = new ArrayList<>();
        for (int i = 0; i < WatchStream.SERIES; i++) {
            series.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.PERCENT, 0)));
        }
        return series;
    }

    private static List<List<Told>> expected(final List<Act> acts, final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(context(ClockMode.MANUAL))) {
            return WatchStream.expected(acts, mode, WatchStream.watches(define(engine)), 0);
        }
    }

    /** Begins at 0. */
    private static void begin(final Engine engine, final ClockMode mode) {
        if (mode == ClockMode.MANUAL) {
            engine.advanceTo(0);
            return;
        }
        final StepSeries clock = engine.defineStep(SeriesDefinition.step("clock", Unit.PERCENT, 0));
        engine.awaitApplied(engine.publisher().offer(clock, 0, 0, 0, Publisher.NONE));
    }

    private static UpdateQueue watch(final Engine engine, final PanelWatches watches) {
        final UpdateQueue queue = engine.watch(watches, QueueOptions.DEFAULT.withCapacity(1 << 14));
        PanelWatchFixture.work(engine);
        return queue;
    }

    /** Does it; returns the ticket of a point, 0 of all else. */
    private static long act(final Engine engine, final List<StepSeries> series, final Act act) {
        final Publisher publisher = engine.publisher();
        if (act.isBatch()) {
            final Batch batch = publisher.newBatch();
            batch.begin();
            for (final Change change : act.changes()) {
                final StepSeries of = series.get(change.series());
                if (change.isWithdrawal()) {
                    batch.withdraw(of, change.at(), change.knownNs(), Publisher.NONE);
                } else {
                    batch.offer(of, change.at(), change.value(), change.knownNs(), Publisher.NONE);
                }
            }
            assertTrue(batch.commit() > 0);
            return 0;
        }
        if (act.changes().isEmpty()) {
            engine.advanceTo(act.advanceNs());
            return 0;
        }
        final Change change = act.changes().get(0);
        final StepSeries of = series.get(change.series());
        final long ticket = change.isWithdrawal()
                ? publisher.withdraw(of, change.at(), change.knownNs(), Publisher.NONE)
                : publisher.offer(of, change.at(), change.value(), change.knownNs(), Publisher.NONE);
        assertTrue(ticket > 0);
        return ticket;
    }

    private static List<Told> ofWatch(final List<UpdateRecorder.Told> told, final int watch) {
        return told.stream()
                .filter(update -> update.watchIndex() == watch)
                .map(Told::of)
                .toList();
    }

    /** Lets an engine live through it, with so many acts in each duty cycle. */
    private static List<UpdateRecorder.Told> told(final List<Act> acts, final ClockMode mode, final Random spread) {
        try (Engine engine = TollgateEngine.launch(context(mode))) {
            final List<StepSeries> series = define(engine);
            begin(engine, mode);
            final UpdateQueue queue = watch(engine, WatchStream.watches(series));
            for (final Act act : acts) {
                if (spread.nextInt(4) == 0) {
                    PanelWatchFixture.work(engine);
                }
                act(engine, series, act);
            }
            PanelWatchFixture.work(engine);
            return new UpdateRecorder().drain(queue).told();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "KNOWLEDGE"})
    void shouldTellTheSameHoweverPointsLieInDutyCycles(final ClockMode mode) {
        final long seed = seed("watches spread");
        for (int run = 0; run < 5; run++) {
            final Random random = new Random(seed + run);
            final List<Act> acts = WatchStream.stream(random, mode);
            final List<List<Told>> expected = expected(acts, mode);
            for (int spread = 0; spread < 3; spread++) {
                final List<UpdateRecorder.Told> told = told(acts, mode, random);
                for (int watch = 0; watch < expected.size(); watch++) {
                    assertEquals(
                            expected.get(watch),
                            ofWatch(told, watch),
                            "seed=" + seed + " run=" + run + " spread=" + spread + " watch=" + watch);
                }
            }
        }
    }

    /**
     * The process is killed between any two duty cycles. Watches that are made again before further points tell what is
     * missing, and nothing twice.
     */
    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "KNOWLEDGE"})
    void shouldTellTheSameOverKills(final ClockMode mode) throws IOException {
        final long seed = seed("watches over kills");
        final Random random = new Random(seed);
        final List<Act> acts = WatchStream.stream(random, mode);
        final List<List<Told>> expected = expected(acts, mode);
        final List<UpdateRecorder.Told> told = toldOverKills(acts, mode, random);
        for (int i = 0; i < told.size(); i++) {
            assertEquals(i + 1, told.get(i).number(), "seed=" + seed);
        }
        for (int watch = 0; watch < expected.size(); watch++) {
            // What was not followed before a kill is told with all else that is new to the watches made again.
            assertEquals(
                    expected.get(watch).stream().map(Told::withoutCause).toList(),
                    ofWatch(told, watch).stream().map(Told::withoutCause).toList(),
                    "seed=" + seed + " watch=" + watch);
        }
    }

    private Engine launch(final Path data, final ClockMode mode) {
        return TollgateEngine.launch(context(mode).directory(data).logSegmentLength(1 << 18));
    }

    private List<UpdateRecorder.Told> toldOverKills(final List<Act> acts, final ClockMode mode, final Random random)
            throws IOException {
        Path data = directory.resolve("life.0");
        Engine engine = launch(data, mode);
        final UpdateRecorder recorder = new UpdateRecorder();
        try {
            final List<StepSeries> series = define(engine);
            begin(engine, mode);
            final PanelWatches watches = WatchStream.watches(series);
            UpdateQueue queue = watch(engine, watches);
            for (int i = 0; i < acts.size(); i++) {
                final Act act = acts.get(i);
                final long ticket = act(engine, series, act);
                if (ticket == 0 || random.nextInt(20) > 0) {
                    PanelWatchFixture.work(engine);
                    continue;
                }
                engine.step();
                final boolean isApplied = engine.isApplied(ticket);
                recorder.drain(queue);
                final Path next = directory.resolve("life." + (i + 1));
                PanelWatchFixture.copy(data, next);
                engine.close();
                data = next;
                engine = launch(data, mode);
                queue = watch(engine, watches);
                if (!isApplied) {
                    act(engine, series, act);
                }
                PanelWatchFixture.work(engine);
            }
            return recorder.drain(queue).told();
        } finally {
            engine.close();
        }
    }
}
