package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds, milliseconds and microseconds since the epoch are in January 1970 if read as nanoseconds. */
class TimesNearEpochTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long FEBRUARY_NS = 31 * 24 * 60 * MINUTE_NS;
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 0);
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                1_747_195_260L, // seconds
                1_747_195_260_000L, // milliseconds
                1_747_195_260_000_000L, // microseconds
                MINUTE_NS - 1,
                MINUTE_NS + 1,
                FEBRUARY_NS - 1
            })
    void shouldRefuseImplausibleTimesByName(final long time) {
        try (Engine engine = launch(false)) {
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            tickets(engine, engine.publisher(), time)
                    .forEach(ticket -> assertEquals(Publisher.IMPLAUSIBLE_TIME, ticket));
            tickets(engine, batch, time).forEach(ticket -> assertEquals(Publisher.IMPLAUSIBLE_TIME, ticket));
            assertEquals(0, batch.pointCount());
            assertEquals(Map.of(), engine.admin().statistics().refusedCounts(), "refused at the edge");
            assertEquals(0, engine.admin().statistics().appliedCount());
        }
    }

    @Test
    void shouldNameTheRefusalOfTheMillisecondsOfTheSystemToAWaitingCaller() {
        try (Engine engine = launch(false)) {
            final StepSeries level = engine.defineStep(LEVEL);
            // A time in milliseconds is a whole minute in nanoseconds only once in a thousand years.
            final long ticket = engine.publisher().offer(level, System.currentTimeMillis() | 1, 145);
            final IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> engine.awaitApplied(ticket));
            assertTrue(refusal.getMessage().startsWith("ticket=IMPLAUSIBLE_TIME"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                MINUTE_NS,
                24 * 60 * MINUTE_NS,
                FEBRUARY_NS - MINUTE_NS,
                FEBRUARY_NS,
                FEBRUARY_NS + 1,
                -1,
                -MINUTE_NS - 1,
                1_747_195_260_000_000_001L,
                Instants.MIN,
                Instants.MAX
            })
    void shouldTakeWholeMinutesOfJanuary1970AndAllOtherTimes(final long time) {
        try (Engine engine = launch(false)) {
            tickets(engine, engine.publisher(), time).forEach(ticket -> assertTrue(ticket > 0, "ticket=" + ticket));
        }
    }

    @Test
    void shouldTakeAnyTimeIfTheOptionPermitsIt() {
        try (Engine engine = launch(true)) {
            tickets(engine, engine.publisher(), 1).forEach(ticket -> assertTrue(ticket > 0, "ticket=" + ticket));
            engine.series().close(engine.defineStep(SeriesDefinition.step("short", Unit.COUNT, 0)), LifeEnd.at(7));
        }
    }

    @Test
    void shouldRefuseLivesThatBeginOrEndThere() {
        try (Engine engine = launch(false)) {
            final StepSeries level = engine.defineStep(LEVEL);
            final IllegalArgumentException ended = assertThrows(
                    IllegalArgumentException.class, () -> engine.series().close(level, LifeEnd.at(1_747_195_260L)));
            assertEquals(
                    "series=level lifeEnd=1747195260 ns is 1970-01-01T00:00:01.74719526Z, probably seconds,"
                            + " milliseconds or microseconds; expected nanoseconds: in January 1970 only whole minutes"
                            + " are accepted",
                    ended.getMessage());
            final IllegalArgumentException begun = assertThrows(
                    IllegalArgumentException.class, () -> engine.defineFlow(EVENTS.withLifeStart(1_747_195_260_000L)));
            assertTrue(
                    begun.getMessage().startsWith("series=events lifeStart=1747195260000 ns is"), begun.getMessage());
            assertTrue(engine.series().find("events").isEmpty());
            engine.series().close(level, LifeEnd.at(MINUTE_NS));
        }
    }

    @Test
    void shouldReadAtAnyInstant() {
        try (Engine engine = launch(false)) {
            final StepSeries level = engine.defineStep(LEVEL);
            engine.awaitApplied(engine.publisher().offer(level, 0, 145));
            assertEquals(0, levelAt(engine, level, 1_747_195_260L).sinceNs());
        }
    }

    @Test
    void shouldKeepAcceptedPointsIfOpenedWithoutTheOption(@TempDir final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(true).directory(directory.resolve("data")))) {
            engine.awaitApplied(engine.publisher().offer(engine.defineStep(LEVEL), 7, 145));
        }
        try (Engine engine = TollgateEngine.launch(context(false).directory(directory.resolve("data")))) {
            final StepSeries level = engine.defineStep(LEVEL);
            assertEquals(Status.OK, levelAt(engine, level, 8).status());
            assertEquals(7, levelAt(engine, level, 8).sinceNs());
            assertEquals(Publisher.IMPLAUSIBLE_TIME, engine.publisher().withdraw(level, 7));
        }
    }

    /** Returns the codes of each call that takes a valid time. */
    private static LongStream tickets(final Engine engine, final PointSink intake, final long time) {
        final StepSeries level = engine.defineStep(LEVEL);
        final FlowSeries events = engine.defineFlow(EVENTS);
        return LongStream.of(
                intake.offer(level, time, 1),
                intake.offerUnknown(level, time),
                intake.offer(events, time, 1),
                intake.withdraw(level, time),
                intake.withdraw(events, time),
                KnownPoint.offer(intake, level, time, 1, 5),
                KnownPoint.offer(intake, events, time, 1, 5, 8));
    }

    private static LevelReading levelAt(final Engine engine, final StepSeries level, final long at) {
        final TestReader reader = new TestReader(engine.newReader());
        return reader.level(level, at);
    }

    private static Engine launch(final boolean allowed) {
        return TollgateEngine.launch(context(allowed));
    }

    private static EngineContext context(final boolean allowed) {
        return new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.MANUAL)
                .timesNearEpochAllowed(allowed);
    }
}
