package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Answer;
import io.tollgate.api.Engine;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a series, as known, changes where its end and the series around it become known. */
final class LifeWatchTest {
    @TempDir
    private Path directory;

    private Engine launch() {
        return PanelWatchFixture.launch(directory.resolve("life"), 1);
    }

    private static StepSeries define(final Engine engine, final String key) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
        engine.awaitApplied(engine.publisher().offer(series, 0, 20));
        return series;
    }

    /** The series that ends. */
    private static StepSeries rate(final Engine engine) {
        return define(engine, "rate");
    }

    /** The series that follows. */
    private static StepSeries next(final Engine engine) {
        return define(engine, "next");
    }

    /** Fires where something is there that was not. */
    private static Watch watch(final Series series, final String text, final ToLongFunction<LifeReading> of) {
        final WatchedValue there = WatchedReadings.life(
                series,
                Answer.of(
                        text,
                        reading -> reading.status(),
                        reading -> of.applyAsLong(reading) == Publisher.NONE ? 0 : 1));
        return Watch.above(there, 0.5);
    }

    private static UpdateQueue follow(final Engine engine, final Watch... watches) {
        final UpdateQueue queue = engine.watch(PanelWatches.of("life", watches), QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static List<String> told(final Engine engine, final UpdateQueue queue) {
        PanelWatchFixture.work(engine);
        return new UpdateRecorder()
                .drain(queue).told().stream()
                        .map(told -> told.watchIndex() + " " + told.type() + " " + told.atNs() + " by " + told.cause())
                        .toList();
    }

    /** Announced at 30: for 50, or back in time for 20. */
    @ParameterizedTest
    @CsvSource({"50", "20"})
    void shouldTellOfAnEndWhenItBecomesKnown(final long endNs) {
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            engine.advanceTo(10);
            final UpdateQueue queue = follow(engine, watch(rate, "end", LifeReading::endNs));
            engine.advanceTo(30);
            engine.closeSeries(rate, LifeEnd.at(endNs));
            assertEquals(List.of("0 FIRED 30 by CLOSING"), told(engine, queue));
            engine.advanceTo(100);
            assertEquals(List.of(), told(engine, queue));
        }
    }

    @Test
    void shouldTellOfASuccessorThatIsNamedLater() {
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            final StepSeries next = next(engine);
            engine.advanceTo(10);
            final UpdateQueue queue = follow(
                    engine,
                    watch(rate, "successor", LifeReading::successor),
                    watch(next, "predecessor", LifeReading::predecessor));
            engine.advanceTo(30);
            engine.closeSeries(rate, LifeEnd.at(50));
            assertEquals(List.of(), told(engine, queue));
            engine.advanceTo(40);
            engine.closeSeries(rate, LifeEnd.at(50).followedBy(next));
            assertEquals(List.of("0 FIRED 40 by CLOSING", "1 FIRED 40 by CLOSING"), told(engine, queue));
            engine.advanceTo(100);
            assertEquals(List.of(), told(engine, queue));
        }
    }

    /** Made again, watches find what they have told already. */
    @Test
    void shouldTellNothingTwice() {
        final List<Watch> watches;
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            final StepSeries next = next(engine);
            engine.advanceTo(10);
            watches = List.of(
                    watch(rate, "end", LifeReading::endNs),
                    watch(rate, "successor", LifeReading::successor),
                    watch(next, "predecessor", LifeReading::predecessor));
            final UpdateQueue queue = follow(engine, watches.toArray(Watch[]::new));
            engine.advanceTo(30);
            engine.closeSeries(rate, LifeEnd.at(50).followedBy(next));
            assertEquals(
                    List.of("0 FIRED 30 by CLOSING", "1 FIRED 30 by CLOSING", "2 FIRED 30 by CLOSING"),
                    told(engine, queue));
        }
        try (Engine engine = launch()) {
            final UpdateQueue queue = follow(engine, watches.toArray(Watch[]::new));
            engine.advanceTo(100);
            assertEquals(List.of(), told(engine, queue));
        }
    }

    /** That it follows another one is known since 20, and what was known of itself last since 25. */
    @Test
    void shouldTellOfAPredecessorThatWasKnownBeforeTheLastPoint() {
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            final StepSeries next = next(engine);
            engine.advanceTo(10);
            final UpdateQueue queue = follow(engine, watch(next, "predecessor", LifeReading::predecessor));
            engine.advanceTo(25);
            engine.awaitApplied(engine.publisher().offer(next, 5, 30));
            engine.advanceTo(30);
            assertEquals(List.of(), told(engine, queue));
            engine.closeSeries(rate, LifeEnd.at(50).knownAt(20).followedBy(next));
            assertEquals(List.of("0 FIRED 20 by CLOSING"), told(engine, queue));
        }
    }

    private static Watch unknown(final StepSeries series) {
        final WatchedValue unknown = WatchedReadings.level(
                        series,
                        Answer.of(
                                "unknown",
                                reading -> Status.OK,
                                reading -> reading.status().hasValue() ? 0 : 1))
                .asKnown();
        return Watch.above(unknown, 0.5);
    }

    /** A level that is closed back in time is unknown from when that is known. */
    @Test
    void shouldTellThatALevelIsKnownNoMore() {
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            engine.advanceTo(10);
            final UpdateQueue queue = follow(engine, unknown(rate));
            engine.advanceTo(30);
            engine.closeSeries(rate, LifeEnd.at(20));
            assertEquals(List.of("0 FIRED 30 by CLOSING"), told(engine, queue));
        }
    }

    /** It ended at 50 as known then; that its only point is withdrawn at 60 undoes nothing. */
    @Test
    void shouldLookWhereALevelEndedThatIsWithdrawn() {
        try (Engine engine = launch()) {
            final StepSeries rate = rate(engine);
            engine.advanceTo(10);
            final UpdateQueue queue = follow(engine, unknown(rate));
            engine.advanceTo(30);
            engine.closeSeries(rate, LifeEnd.at(50));
            engine.advanceTo(60);
            assertEquals(List.of("0 FIRED 50 by TIME"), told(engine, queue));
            engine.awaitApplied(engine.publisher().withdraw(rate, 0, Publisher.NONE, Publisher.NONE));
            assertEquals(List.of(), told(engine, queue));
        }
    }
}
