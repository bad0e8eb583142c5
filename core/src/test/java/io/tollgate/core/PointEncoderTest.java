package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points that are offered field by field, or in the short forms with an instant and a decimal. */
class PointEncoderTest {
    private static final long KNOWN = 500;
    private static final long NOW = 1_000;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL));

    private final Publisher publisher = engine.publisher();
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
    private final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));

    @BeforeEach
    void advance() {
        engine.advanceTo(NOW);
    }

    private static LevelReading level(final Engine of, final StepSeries series, final long atNs) {
        return of.newReader().level().read(series, atNs);
    }

    private List<String> versions() {
        final VersionReading versions = engine.newReader()
                .asOf(Instants.MAX)
                .versions(Window.since(0), 9)
                .read(rate, 1_000);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < versions.heldCount(); i++) {
            texts.add(versions.validTimeNs(i) + " " + versions.scaledValue(i) + " " + versions.knowledgeTimeNs(i) + " "
                    + versions.reference(i));
        }
        return texts;
    }

    @Test
    void shouldOfferEachField() {
        final long ticket = publisher
                .point(rate)
                .validAt(10)
                .value(14_500)
                .knownAt(KNOWN)
                .reference(7)
                .offer();
        engine.awaitApplied(ticket);
        assertEquals(List.of("10 14500 500 7"), versions());
    }

    @Test
    void shouldClearAllFieldsWithTheNextPoint() {
        publisher.point(rate).validAt(10).value(1).knownAt(KNOWN).reference(7).offer();
        engine.awaitApplied(publisher.point(rate).validAt(20).value(2).offer());
        assertEquals(List.of("10 1 500 7", "20 2 1000 " + Publisher.NO_REFERENCE), versions());
        publisher.point(rate).validAt(30).value(3);
        assertThrows(
                IllegalStateException.class,
                () -> publisher.point(rate).value(3).offer());
        assertThrows(
                IllegalStateException.class,
                () -> publisher.point(rate).validAt(30).offer());
    }

    @Test
    void shouldWithdrawAndSayUnknown() {
        publisher.point(rate).validAt(10).value(1).offer();
        publisher.point(rate).validAt(20).value(2).offer();
        publisher.point(rate).validAt(20).withdraw();
        engine.awaitApplied(publisher.point(rate).validAt(30).unknown().offer());
        assertEquals(Decimals.UNKNOWN, level(engine, rate, 30).scaledValue());
        assertEquals(1, level(engine, rate, 25).scaledValue());
    }

    @Test
    void shouldTakeInstantsAndDecimalsExactly() {
        final Instant at = Instant.parse("2025-04-10T04:01:00.000000001Z");
        engine.awaitApplied(publisher.offer(rate, at, new BigDecimal("145")));
        engine.awaitApplied(publisher
                .point(rate)
                .validAt(at.plusNanos(1))
                .value(new BigDecimal("-0.25"))
                .knownAt(Instants.toInstant(NOW))
                .offer());
        engine.awaitApplied(publisher.offerUnknown(rate, at.plusNanos(2)));
        assertEquals(14_500, level(engine, rate, Instants.of(at)).scaledValue());
        assertEquals(-25, level(engine, rate, Instants.of(at) + 1).scaledValue());
        engine.awaitApplied(publisher.withdraw(rate, at.plusNanos(2)));
        assertEquals(-25, level(engine, rate, Instants.of(at) + 2).scaledValue());
    }

    @Test
    void shouldRefuseByNameWhatDoesNotFit() {
        final Instant at = Instant.parse("2025-04-10T04:01:00Z");
        assertRefused("series=rate: value=14.555 scale=2", () -> publisher.offer(rate, at, new BigDecimal("14.555")));
        assertRefused(
                "series=rate: value=14.555 scale=2", () -> publisher.point(rate).value(new BigDecimal("14.555")));
        final Instant late = Instant.parse("2300-01-01T00:00:00Z");
        assertRefused("instant=2300-01-01T00:00:00Z", () -> publisher.offer(rate, late, BigDecimal.ONE));
        assertRefused(
                "instant=2300-01-01T00:00:00Z", () -> publisher.point(rate).validAt(late));
        assertRefused(
                "instant=2300-01-01T00:00:00Z", () -> publisher.point(rate).knownAt(late));
        assertRefused("series=events kind=FLOW", () -> publisher.point(events).unknown());
    }

    private static void assertRefused(final String begin, final Runnable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.startsWith(begin), message);
    }

    @Test
    void shouldGiveTheCodesOfTheShortForms() {
        assertEquals(
                Publisher.TIME_OUT_OF_RANGE,
                publisher.point(rate).validAt(Instants.NONE).value(1).offer());
        assertEquals(
                Publisher.VALUE_RESERVED,
                publisher.point(rate).validAt(1).value(Decimals.UNKNOWN).offer());
        assertEquals(Publisher.VALUE_RESERVED, publisher.offer(rate, 1, Decimals.UNKNOWN));
    }

    @Test
    void shouldRefuseAValueOfAWithdrawal() {
        assertThrows(
                IllegalStateException.class,
                () -> publisher.point(rate).validAt(1).value(1).withdraw());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeEmptyAfterItsPointWasTaken(final boolean isBatch) {
        final PointSink intake = isBatch ? begun() : publisher;
        final PointEncoder point = intake.point(rate).validAt(10).value(1);
        assertTrue(point.offer() > 0);
        assertThrows(IllegalStateException.class, point::offer);
        assertThrows(IllegalStateException.class, point::withdraw);
        assertThrows(IllegalStateException.class, point::unknown);
    }

    private Batch begun() {
        final Batch batch = publisher.newBatch();
        batch.begin();
        return batch;
    }

    @Test
    void shouldCommitPointsOfABatch() {
        final Batch batch = begun();
        assertEquals(
                1,
                batch.point(rate)
                        .validAt(10)
                        .value(3)
                        .knownAt(KNOWN)
                        .reference(5)
                        .offer());
        assertEquals(2, batch.point(rate).validAt(20).unknown().offer());
        assertEquals(3, batch.point(rate).validAt(20).withdraw());
        engine.awaitApplied(batch.commit());
        assertEquals("10 3 500 5", versions().get(0));
        assertEquals(3, level(engine, rate, 20).scaledValue());
    }

    @Test
    void shouldKeepItsFieldsIfThereIsNoSpace() {
        try (Engine stepped =
                TollgateEngine.launch(TestContext.stepped().limits(Limits.DEFAULT.withRingLength(1 << 12)))) {
            final StepSeries level = stepped.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            int time = 0;
            while (stepped.publisher().offer(level, time, time) > 0) {
                time++;
            }
            final PointEncoder point =
                    stepped.publisher().point(level).validAt(time).value(77);
            assertEquals(Publisher.BACK_PRESSURED, point.offer());
            stepped.step();
            stepped.awaitApplied(point.offer());
            assertEquals(77, level(stepped, level, time).scaledValue());
        }
    }

    @Test
    void shouldServeEachThreadWithItsOwn() throws InterruptedException {
        final PointEncoder point = publisher.point(rate).validAt(10).value(1);
        final Thread other = new Thread(() ->
                engine.awaitApplied(publisher.point(rate).validAt(20).value(2).offer()));
        other.start();
        other.join();
        engine.awaitApplied(point.offer());
        assertEquals(1, level(engine, rate, 10).scaledValue());
        assertEquals(2, level(engine, rate, 20).scaledValue());
    }

    @Test
    void shouldServeTwoEnginesOnOneThread() {
        try (Engine other = TollgateEngine.launch(
                new EngineContext().timesNearEpochAllowed(true).clockMode(ClockMode.MANUAL))) {
            final StepSeries otherRate = other.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            final PointEncoder here = publisher.point(rate);
            final PointEncoder there = other.publisher().point(otherRate);
            here.validAt(10).value(1);
            there.validAt(10).value(2);
            engine.awaitApplied(here.offer());
            other.awaitApplied(there.offer());
            assertEquals(1, level(engine, rate, 10).scaledValue());
            assertEquals(2, level(other, otherRate, 10).scaledValue());
        }
    }

    @Test
    void shouldRepeatThatTheEngineIsClosed() {
        final PointEncoder point = publisher.point(rate).validAt(10).value(1);
        engine.close();
        assertEquals(Publisher.CLOSED, point.offer());
        assertEquals(Publisher.CLOSED, point.value(BigDecimal.ONE).offer());
        assertEquals(
                Publisher.CLOSED, publisher.point(rate).validAt(10).value(1).offer());
    }
}
