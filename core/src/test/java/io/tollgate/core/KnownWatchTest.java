package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Answer;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Dependence;
import io.tollgate.api.Engine;
import io.tollgate.api.LevelReading;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Retention;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches on what was known keep what they told, whatever is forgotten, and go on from there when made again. */
final class KnownWatchTest {
    @TempDir
    private Path directory;

    private Engine launch(final ClockMode mode) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(mode)
                .logSegmentLength(1 << 17)
                .stepped(true));
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static StepSeries find(final Engine engine, final String key) {
        return (StepSeries) engine.find(key).orElseThrow();
    }

    private static void offer(
            final Engine engine, final StepSeries series, final long at, final long value, final long knownAt) {
        engine.awaitApplied(engine.publisher().offer(series, at, value, knownAt, Publisher.NONE));
        PanelWatchFixture.work(engine);
    }

    private static UpdateQueue watch(final Engine engine, final PanelWatches watches) {
        final UpdateQueue queue = engine.watch(watches, QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static void advance(final Engine engine, final long to) {
        engine.advanceTo(to);
        PanelWatchFixture.work(engine);
    }

    private static List<String> told(final UpdateQueue queue) {
        return new UpdateRecorder()
                .drain(queue).told().stream()
                        .map(told -> told.type() + " " + told.atNs())
                        .toList();
    }

    private static PanelWatches level(final Engine engine, final long forNs) {
        final WatchedValue level = WatchedReadings.level(
                        find(engine, "rate"), Answer.of("level", read -> read.status(), read -> read.value()))
                .asKnown();
        return PanelWatches.of("rate", Watch.above(level, 10).withFor(Duration.ofNanos(forNs)));
    }

    /** How far one level is above another, 0 for one that is not known. */
    private static PanelWatches gap(final Engine engine) {
        final StepSeries a = find(engine, "rate");
        final StepSeries b = find(engine, "other");
        final WatchedValue gap = WatchedValue.of("gap", (reader, panels) -> new WatchedValue.Look() {
                    private final LevelReading first = reader.newLevelReading();
                    private final LevelReading second = reader.newLevelReading();

                    @Override
                    public void read(final long atNs, final long knownAtNs) {
                        reader.readLevel(a, atNs, knownAtNs, first);
                        reader.readLevel(b, atNs, knownAtNs, second);
                    }

                    @Override
                    public Status status() {
                        return Status.OK;
                    }

                    @Override
                    public double value() {
                        return orZero(first) - orZero(second);
                    }
                })
                .on(Window.since(0), a)
                .on(Window.since(0), b)
                .asKnown();
        return PanelWatches.of("gap", Watch.above(gap, 10));
    }

    private static double orZero(final LevelReading reading) {
        return reading.status().hasValue() ? reading.value() : 0;
    }

    /** A value that rests on nothing but what lies ahead is told of it. */
    @Test
    void shouldTellOfWhatLiesAheadAlone() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final StepSeries rate = define(engine, "rate");
            final WatchedValue ahead = WatchedValue.of("ahead", (reader, panels) -> new WatchedValue.Look() {
                        private final LevelReading reading = reader.newLevelReading();
                        private boolean isNear;

                        @Override
                        public void read(final long atNs, final long knownAtNs) {
                            reader.readLevel(rate, atNs, knownAtNs, reading);
                            final long changesAtNs = reading.nextChangeAtNs();
                            isNear = changesAtNs != Publisher.NONE && changesAtNs - atNs <= 50;
                        }

                        @Override
                        public Status status() {
                            return Status.OK;
                        }

                        @Override
                        public double value() {
                            return isNear ? 1 : 0;
                        }
                    })
                    .on(new Dependence.OnAhead(rate, 50))
                    .asKnown();
            advance(engine, 5);
            final UpdateQueue queue = watch(engine, PanelWatches.of("ahead", Watch.above(ahead, 0.5)));
            advance(engine, 10);
            engine.awaitApplied(engine.publisher().offer(rate, 100, 30));
            advance(engine, 200);
            assertEquals(List.of("FIRED 50", "CLEARED 100"), told(queue));
        }
    }

    /** A day's corrections have one knowledge time: also that of the last event is looked at when it is made again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeBackAtTheInstantOfTheLastEvent(final boolean isReopened) {
        Engine engine = launch(ClockMode.KNOWLEDGE);
        try {
            offer(engine, define(engine, "rate"), 0, 1, 1);
            UpdateQueue queue = watch(engine, level(engine, 0));
            offer(engine, find(engine, "rate"), 2, 20, 40);
            assertEquals(List.of("FIRED 40"), told(queue));
            if (isReopened) {
                engine.close();
                engine = launch(ClockMode.KNOWLEDGE);
            }
            offer(engine, find(engine, "rate"), 2, 5, 40);
            queue = isReopened ? watch(engine, level(engine, 0)) : queue;
            assertEquals(List.of("FIRE_RETRACTED 40"), told(queue));
        } finally {
            engine.close();
        }
    }

    /** Knowledge times of two series need no order: an earlier one changes what was told later. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFollowWhatBecameKnownOfAnotherSeriesBeforeTheLastEvent(final boolean isReopened) {
        Engine engine = launch(ClockMode.KNOWLEDGE);
        try {
            offer(engine, define(engine, "rate"), 0, 1, 1);
            offer(engine, define(engine, "other"), 0, 1, 1);
            UpdateQueue queue = watch(engine, gap(engine));
            offer(engine, find(engine, "rate"), 2, 20, 40);
            assertEquals(List.of("FIRED 40"), told(queue));
            if (isReopened) {
                engine.close();
                engine = launch(ClockMode.KNOWLEDGE);
            }
            offer(engine, find(engine, "other"), 2, -30, 10);
            queue = isReopened ? watch(engine, gap(engine)) : queue;
            assertEquals(List.of("FIRED 10", "FIRE_RETRACTED 40"), told(queue));
        } finally {
            engine.close();
        }
    }

    private static void reviseTwice(final Engine engine) {
        final StepSeries rate = find(engine, "rate");
        engine.awaitApplied(engine.publisher().offer(rate, 0, 20));
        advance(engine, 20);
        engine.awaitApplied(engine.publisher().offer(rate, 1, 25));
        advance(engine, 30);
        engine.awaitApplied(engine.publisher().offer(rate, 1, 26));
        PanelWatchFixture.work(engine);
    }

    /** Beyond since 6, fired at 46: what is forgotten up to 30 undoes nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhatItToldOfAForgottenPast(final boolean isReopened) {
        Engine engine = launch(ClockMode.MANUAL);
        try {
            define(engine, "rate");
            advance(engine, 5);
            UpdateQueue queue = watch(engine, level(engine, 40));
            reviseTwice(engine);
            advance(engine, 50);
            assertEquals(List.of("FIRED 46"), told(queue));
            assertEquals(1, engine.retain("rate", Retention.versions(0)));
            if (isReopened) {
                engine.close();
                engine = launch(ClockMode.MANUAL);
                queue = watch(engine, level(engine, 40));
            }
            engine.awaitApplied(engine.publisher().offer(find(engine, "rate"), 2, 27));
            advance(engine, 200);
            assertEquals(List.of(), told(queue));
        } finally {
            engine.close();
        }
    }

    /** What it waits for is not forgotten with the past in which that began. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitOnForATimeThatBeganInAForgottenPast(final boolean isReopened) {
        Engine engine = launch(ClockMode.MANUAL);
        try {
            define(engine, "rate");
            advance(engine, 5);
            UpdateQueue queue = watch(engine, level(engine, 40));
            reviseTwice(engine);
            advance(engine, 35);
            assertEquals(1, engine.retain("rate", Retention.versions(0)));
            if (isReopened) {
                engine.close();
                engine = launch(ClockMode.MANUAL);
                queue = watch(engine, level(engine, 40));
            }
            engine.awaitApplied(engine.publisher().offer(find(engine, "rate"), 2, 27));
            advance(engine, 200);
            assertEquals(List.of("FIRED 46"), told(queue));
        } finally {
            engine.close();
        }
    }
}
