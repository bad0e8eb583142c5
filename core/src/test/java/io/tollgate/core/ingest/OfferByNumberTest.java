package io.tollgate.core.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number identifies a series of this engine and no other one. */
class OfferByNumberTest {
    private final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.EVENT)
            .threadingMode(ThreadingMode.STEPPED));
    private final Publisher publisher = engine.publisher();
    private final StepSeries first = engine.defineStep(SeriesDefinition.step("first", Unit.COUNT, 0));
    private final StepSeries second = engine.defineStep(SeriesDefinition.step("second", Unit.COUNT, 0));

    @AfterEach
    void close() {
        engine.close();
    }

    private long level(final StepSeries series) {
        return engine.newReader().level().read(series, engine.now()).scaledValue();
    }

    @Test
    void shouldOfferToTheSeriesOfANumber() {
        publisher.offer(first.number(), 1, 10);
        engine.awaitApplied(publisher.offer(second.number(), 1, 20));
        assertEquals(10, level(first));
        assertEquals(20, level(second));
        assertEquals(Outcome.UNCHANGED, publisher.apply(second.number(), 1, 20));
        assertEquals(Outcome.APPLIED, publisher.apply(second.number(), 2, 30));
        assertEquals(30, level(second));
    }

    @Test
    void shouldTakeNumbersIntoABatch() {
        final Batch batch = publisher.newBatch();
        batch.begin();
        assertEquals(Publisher.UNKNOWN_SERIES, batch.offer(2, 1, 10));
        assertEquals(1, batch.offer(first.number(), 1, 10));
        assertEquals(2, batch.offer(second.number(), 1, 20));
        engine.awaitApplied(batch.commit());
        assertEquals(10, level(first));
        assertEquals(20, level(second));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, -1, 1L << 32, Long.MAX_VALUE, Series.NO_NUMBER})
    void shouldRefuseANumberThatNoSeriesHas(final long number) {
        assertEquals(Publisher.UNKNOWN_SERIES, publisher.offer(number, 1, 10));
        final String refusal = assertThrows(IllegalArgumentException.class, () -> publisher.apply(number, 1, 10))
                .getMessage();
        assertTrue(refusal.startsWith("seriesNumber=" + number + " ") && refusal.contains("UNKNOWN_SERIES"), refusal);
    }

    @Test
    void shouldTakeANumberAsSoonAsItsSeriesIsDefined() {
        assertEquals(Publisher.UNKNOWN_SERIES, publisher.offer(2, 1, 10));
        final StepSeries third = engine.defineStep(SeriesDefinition.step("third", Unit.COUNT, 0));
        engine.awaitApplied(publisher.offer(2, 1, 10));
        assertEquals(10, level(third));
    }

    @Test
    void shouldRefuseValuesAndTimesAsOfAHandle() {
        final long number = first.number();
        assertEquals(Publisher.VALUE_RESERVED, publisher.offer(number, 1, Decimals.UNKNOWN));
        assertEquals(Publisher.TIME_OUT_OF_RANGE, publisher.offer(number, Instants.MIN - 1, 1));
        assertThrows(IllegalArgumentException.class, () -> publisher.apply(number, 1, Decimals.UNKNOWN));
        assertThrows(IllegalArgumentException.class, () -> publisher.apply(number, Instants.MIN - 1, 1));
    }

    @Test
    void shouldSayThatTheEngineIsClosed() {
        engine.close();
        assertEquals(Publisher.CLOSED, publisher.offer(first.number(), 1, 10));
        assertEquals(Publisher.CLOSED, publisher.offer(2, 1, 10));
        assertThrows(IllegalStateException.class, () -> publisher.apply(first.number(), 1, 10));
    }
}
