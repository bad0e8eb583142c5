package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A subscription begins after a checkpoint, while the clock has an instant that the log already contains. After a kill
 * it continues as without the checkpoint: with its numbers, and without earlier updates.
 */
class SubscribedAfterCheckpointTest {
    private static final Subscription LEVELS = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);
    private static final Subscription OTHERS = Subscription.of("others", "*").withMetrics(WatchedMetric.LEVEL);
    private static final List<String> RECORDED =
            List.of("1 POINT at=100 OK 2.0 -> OK 3.0", "2 POINT at=100 OK 3.0 -> OK 4.0");

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private static Engine launch(final Path directory, final ClockMode mode) {
        return TollgateEngine.launch(TestContext.stepped(mode, directory));
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static void offer(final Engine engine, final long time, final long value) {
        KnownPoint.apply(engine, define(engine, "rate"), time, value, 100);
    }

    private static List<String> recorded(final UpdateQueue queue) {
        return new UpdateRecorder()
                .drain(queue).recorded().stream()
                        .map(update -> update.number() + " " + update.change())
                        .toList();
    }

    private static void begin(final Engine engine, final ClockMode mode) {
        offer(engine, 10, 1);
        offer(engine, 20, 2);
        if (mode == ClockMode.MANUAL) {
            engine.advanceTo(100);
        } else if (mode == ClockMode.EVENT) {
            engine.awaitApplied(engine.publisher().offer(define(engine, "clock"), 100, 0));
        }
        assertEquals(100, engine.now());
    }

    /** Subscribes, copies the directory as a kill leaves it, and continues. */
    private void subscribe(final Engine engine) throws IOException {
        final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
        offer(engine, 50, 3);
        new DamagedDirectory(data).copyTo(killed);
        offer(engine, 60, 4);
        assertEquals(RECORDED, recorded(queue));
    }

    private static void requireProceeds(final Path directory, final ClockMode mode) {
        try (Engine engine = launch(directory, mode)) {
            final UpdateQueue queue = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
            offer(engine, 60, 4);
            assertEquals(RECORDED.subList(1, 2), recorded(queue));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldContinueAfterAKill(final boolean isCheckpointed) throws IOException {
        try (Engine engine = launch(data, ClockMode.MANUAL)) {
            begin(engine, ClockMode.MANUAL);
            if (isCheckpointed) {
                engine.admin().checkpoint();
            }
            subscribe(engine);
        }
        requireProceeds(killed, ClockMode.MANUAL);
    }

    /** The clock was logged for a subscription that had ended before the checkpoint. */
    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "EVENT", "KNOWLEDGE"})
    void shouldContinueAfterOneThatHadEnded(final ClockMode mode) throws IOException {
        try (Engine engine = launch(data, mode)) {
            begin(engine, mode);
            engine.updates().subscribe(OTHERS, QueueOptions.DEFAULT).close();
            assertTrue(engine.updates().unsubscribe(OTHERS.name()));
            engine.admin().checkpoint();
            subscribe(engine);
        }
        requireProceeds(killed, mode);
    }

    /** The engine was closed without a checkpoint, so the store knows a later clock than the log. */
    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "EVENT", "KNOWLEDGE"})
    void shouldContinueAfterAClose(final ClockMode mode) throws IOException {
        try (Engine engine = launch(data, mode)) {
            begin(engine, mode);
        }
        try (Engine engine = launch(data, mode)) {
            subscribe(engine);
        }
        requireProceeds(killed, mode);
    }

    /** A backup also consists of the checkpoint and the log after it. */
    @Test
    void shouldContinueInABackup() throws IOException {
        try (Engine engine = launch(data, ClockMode.MANUAL)) {
            begin(engine, ClockMode.MANUAL);
            engine.admin().checkpoint();
            subscribe(engine);
        }
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(TestContext.plain().directory(killed), backup);
        requireProceeds(backup, ClockMode.MANUAL);
    }
}
