package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.LevelReading;
import io.tollgate.api.Listening;
import io.tollgate.api.MetricReader;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WhenFull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a thread whose stack has no room for all that they call: nothing waits for them for ever. */
class DeepStackTest {
    private static final int HEIGHTS = 120;
    private static final int ROUNDS = 12;
    private static final long STACK_BYTES = 200_000;
    private static final long MAX_WAIT_MS = 20_000;
    private static final int QUEUE_CAPACITY = 16;

    /** With a queue for each height, and one more. */
    private static final Limits LIMITS = new Limits(
            1 << 10, 64, 10_000, 16, 16, 16, HEIGHTS + 1, 1 << 10, 16, TimeUnit.MINUTES.toNanos(1), 16, 16, 16);

    private static final Subscription SUBSCRIPTION =
            Subscription.of("levels", "level").withMetrics(WatchedMetric.LEVEL);

    @TempDir
    private Path temporary;

    /** Calls something at each height of a stack: where that has room for no more of them, and upwards from there. */
    private static final class Descent {
        private final IntConsumer call;
        private int height;
        private int overflowCount;

        private Descent(final IntConsumer call) {
            this.call = call;
        }

        private void descend() {
            try {
                descend();
            } catch (final VirtualMachineError e) {
                // In another one where it was in the middle of linking something.
                overflowCount++;
            }
            if (height < HEIGHTS) {
                call.accept(height++);
            }
        }

        /** Gives how often there was no room. */
        private static int on(final IntConsumer call) throws InterruptedException {
            final Descent descent = new Descent(call);
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Thread thread = new Thread(null, descent::descend, "deep", STACK_BYTES);
            thread.setUncaughtExceptionHandler((ended, e) -> failure.set(e));
            thread.start();
            thread.join();
            assertEquals(null, failure.get());
            assertEquals(HEIGHTS, descent.height);
            return descent.overflowCount;
        }
    }

    private static void requireCloses(final AutoCloseable open) throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread closing = new Thread(() -> {
            try {
                open.close();
            } catch (final Exception | Error e) {
                failure.set(e);
            }
        });
        closing.setDaemon(true);
        closing.start();
        closing.join(MAX_WAIT_MS);
        assertTrue(!closing.isAlive(), () -> "waits at " + List.of(closing.getStackTrace()));
        assertEquals(null, failure.get());
    }

    private static TollgateEngine engine(final EngineContext context) {
        return TollgateEngine.launch(context.stepped(true).firstMapEntries(1 << 10));
    }

    private static StepSeries level(final TollgateEngine engine) {
        final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(level, 1, 5));
        return level;
    }

    /** Reads at each height, with a reader of its own: the next read of one that has stayed inside would hide that. */
    private static void readAtEachHeight(final StepSeries level, final Supplier<MetricReader> source, final int warmth)
            throws InterruptedException {
        final List<MetricReader> readers = new ArrayList<>();
        final List<LevelReading> readings = new ArrayList<>();
        for (int i = 0; i < HEIGHTS; i++) {
            readers.add(source.get());
            readings.add(readers.get(i).newLevelReading());
            for (int j = 0; j < warmth; j++) {
                readers.get(i).readLevel(level, 9, readings.get(i));
            }
        }
        final int overflowCount = Descent.on(i -> readers.get(i).readLevel(level, 9, readings.get(i)));
        assertTrue(overflowCount > 1, "no read has overflowed");
        assertEquals(Status.OK, readings.get(HEIGHTS - 1).status());
    }

    @Test
    void shouldCloseAViewThatWasReadWhereTheStackHadNoRoom() throws InterruptedException {
        final Path directory = temporary.resolve("data");
        try (TollgateEngine engine = engine(new EngineContext().directory(directory))) {
            final StepSeries level = level(engine);
            for (int round = 0; round < ROUNDS; round++) {
                final DirectoryView view = DirectoryView.open(directory);
                readAtEachHeight(level, view::newReader, 1 + round);
                requireCloses(view);
            }
        }
    }

    @Test
    void shouldCloseAnEngineThatWasReadWhereTheStackHadNoRoom() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            final TollgateEngine engine = engine(new EngineContext());
            readAtEachHeight(level(engine), engine::newReader, 1 + round);
            requireCloses(engine);
        }
    }

    /** A queue that must not lose anything, and that nobody takes from, would hold up all points, and so a close. */
    @Test
    void shouldApplyAndCloseWhereListenersWereTakenAwayAndTheStackHadNoRoom() throws InterruptedException {
        final TollgateEngine engine = TollgateEngine.launch(
                new EngineContext().firstMapEntries(1 << 10).limits(LIMITS));
        final StepSeries level = level(engine);
        final QueueOptions options = new QueueOptions(QUEUE_CAPACITY, WhenFull.BLOCK);
        final List<Listening> listenings = new ArrayList<>();
        for (int i = 0; i < HEIGHTS; i++) {
            listenings.add(engine.subscribe(SUBSCRIPTION, options, update -> {}));
        }
        // Links what there is no room to link.
        engine.subscribe(SUBSCRIPTION, options, update -> {}).close();
        final int overflowCount = Descent.on(i -> listenings.get(i).close());
        assertTrue(overflowCount > 1, "no call has overflowed");
        requireCloses(() -> {
            for (int i = 0; i < 4 * QUEUE_CAPACITY; i++) {
                engine.awaitApplied(engine.publisher().offer(level, 2 + i, i));
            }
            engine.close();
        });
    }
}
