package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import org.junit.jupiter.api.Test;

/** A handle stands for the series of its number, kind and key, and for no other. */
class SeriesHandleTest {
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 2);
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    @Test
    void shouldRefuseAHandleOfAnotherKindAsAnUnknownSeries() {
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.EVENT).stepped(true))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            final StepSeries level = engine.defineStep(LEVEL);
            final StepSeries eventsAsStep = new StepSeries(events.number(), LEVEL);
            final FlowSeries levelAsFlow = new FlowSeries(level.number(), EVENTS);
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(eventsAsStep, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offerUnknown(eventsAsStep, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(levelAsFlow, 1, 1));
            engine.awaitApplied(engine.publisher().offer(events, 1, 1));
            engine.awaitApplied(engine.publisher().offerUnknown(level, 1));
            assertEquals(2, engine.statistics().appliedCount());
        }
    }

    @Test
    void shouldRefuseAHandleOfAnotherEngineWhoseNumberIsThatOfAnotherSeries() {
        try (Engine engine = TollgateEngine.launch(
                        new EngineContext().clockMode(ClockMode.EVENT).stepped(true));
                Engine other = TollgateEngine.launch(
                        new EngineContext().clockMode(ClockMode.EVENT).stepped(true))) {
            final StepSeries level = engine.defineStep(LEVEL);
            final StepSeries foreign = other.defineStep(SeriesDefinition.step("foreign", Unit.PERCENT, 2));
            assertEquals(level.number(), foreign.number());
            final MetricReader reader = engine.newReader();
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(foreign, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().withdraw(foreign, 1));
            assertThrows(IllegalArgumentException.class, () -> reader.readLevel(foreign, 1, reader.newLevelReading()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.read(foreign, Window.slidingNs(1), 1, reader.newReading()));
        }
    }

    /** As after a restart: handles are kept, and the engine is a new one. */
    @Test
    void shouldTakeAHandleOfAnotherEngineForTheSeriesOfItsKey() {
        try (Engine engine = TollgateEngine.launch(
                        new EngineContext().clockMode(ClockMode.EVENT).stepped(true));
                Engine other = TollgateEngine.launch(
                        new EngineContext().clockMode(ClockMode.EVENT).stepped(true))) {
            engine.defineStep(LEVEL);
            engine.awaitApplied(engine.publisher().offer(other.defineStep(LEVEL), 1, 1));
            assertEquals(1, engine.statistics().appliedCount());
        }
    }
}
