package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.UpdateType;
import io.tollgate.api.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Lives of an engine whose panels are watched: it is fed, closed, killed and opened again. */
abstract class PanelWatchFixture {
    static final String NAME = "panels";

    /** The clock when the watches are made; they begin just behind that. */
    static final long BEFORE_NS = 5;

    /** How much is to happen in a life at least, and how many times longer than wanted it may last until it has. */
    private static final int LEAST_EVENTS = 6;

    private static final int MOST_TIMES = 20;

    /** One event of a watch. */
    record Event(int watch, long instantNs, boolean isFire) {}

    /** What an engine is fed with, and what its watches should say of it. */
    interface Model {
        /** Changes a series. */
        void change();

        /** Goes on with the engine that has the same series. */
        void reopened(Engine reopened);

        /** The events of the whole course up to an instant. */
        Set<Event> events(PanelWatches watches, long nowNs);
    }

    @TempDir
    Path directory;

    private final Set<Event> told = new LinkedHashSet<>();
    private int retractedCount;

    static Engine launch(final Path data) {
        return TollgateEngine.launch(new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(data)
                .clockMode(ClockMode.MANUAL)
                .logSegmentLength(1 << 17)
                .stepped(true));
    }

    static void work(final Engine engine) {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * Lives of so many changes and steps of time, and of more where little has happened; what was told and not
     * retracted is right after each.
     */
    <M extends Model> void live(
            final Random random,
            final int changeCount,
            final LongSupplier stepNs,
            final Function<Engine, M> newModel,
            final Function<M, PanelWatches> newWatches,
            final String seed)
            throws IOException {
        Path data = directory.resolve("life.0");
        Engine engine = launch(data);
        try {
            final M model = newModel.apply(engine);
            for (int i = 0; i < 40; i++) {
                model.change();
            }
            engine.advanceTo(BEFORE_NS);
            final PanelWatches watches = newWatches.apply(model);
            UpdateQueue queue = engine.watch(watches, QueueOptions.DEFAULT.withCapacity(1 << 12));
            int life = 0;
            for (int i = 0; i < changeCount || isTooQuiet(i, changeCount); i++) {
                if (random.nextInt(6) == 0) {
                    engine.advanceTo(engine.now() + stepNs.getAsLong());
                } else {
                    model.change();
                }
                if (random.nextInt(20) == 0) {
                    final Path next = directory.resolve("life." + ++life);
                    final boolean isKilled = random.nextBoolean();
                    if (isKilled) {
                        work(engine);
                        take(queue);
                        copy(data, next);
                    }
                    engine.close();
                    if (!isKilled) {
                        take(queue);
                    }
                    data = isKilled ? next : data;
                    engine = launch(data);
                    model.reopened(engine);
                    queue = engine.watch(watches, QueueOptions.DEFAULT.withCapacity(1 << 12));
                }
                work(engine);
                take(queue);
                final String context = seed + " step=" + i + " now=" + engine.now() + " " + watches.text();
                assertEquals(model.events(watches, engine.now()), told, context);
            }
            assertFalse(isTooQuiet(0, changeCount), () -> seed + " told=" + told + " retracted=" + retractedCount);
        } finally {
            engine.close();
        }
    }

    private boolean isTooQuiet(final int changes, final int changeCount) {
        return told.size() + retractedCount < LEAST_EVENTS && changes < MOST_TIMES * changeCount;
    }

    /** Takes what was told: an event only where it is not told already, a retraction only of one that was told. */
    void take(final UpdateQueue queue) {
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        assertTrue(recorder.gaps().isEmpty(), () -> "gaps=" + recorder.gaps());
        for (final UpdateRecorder.Told update : recorder.told()) {
            final boolean isFire = update.type() == UpdateType.FIRED || update.type() == UpdateType.FIRE_RETRACTED;
            final Event event = new Event(update.watchIndex(), update.atNs(), isFire);
            if (update.type() == UpdateType.FIRED || update.type() == UpdateType.CLEARED) {
                assertTrue(told.add(event), () -> "told twice: " + update);
            } else {
                assertTrue(told.remove(event), () -> "not told: " + update);
                retractedCount++;
            }
        }
    }

    /** The events told and not retracted. */
    Set<Event> told() {
        return told;
    }

    static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Adds the events of a watch that looks at a course from instant to instant, and where its time is over. */
    static void addEvents(
            final int index,
            final Watch watch,
            final long nowNs,
            final LongToDoubleFunction course,
            final LongUnaryOperator next,
            final Set<Event> events) {
        boolean isFired = false;
        long beyond = -1;
        long at = BEFORE_NS + 1;
        while (at <= nowNs) {
            final double value = course.applyAsDouble(at);
            if (isFired ? watch.isClearing(value) : watch.isBeyond(value)) {
                beyond = beyond < 0 ? at : beyond;
                if (isFired || at - beyond >= watch.forNs()) {
                    events.add(new Event(index, at, !isFired));
                    isFired = !isFired;
                    beyond = -1;
                }
            } else {
                beyond = -1;
            }
            final long due = beyond < 0 || isFired ? Long.MAX_VALUE : beyond + watch.forNs();
            at = Math.min(next.applyAsLong(at), due > at ? due : Long.MAX_VALUE);
        }
    }
}
