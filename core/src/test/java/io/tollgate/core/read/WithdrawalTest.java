package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points that were announced and withdrawn before they took effect. */
class WithdrawalTest {

    private final List<String> refusals = new ArrayList<>();

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL)
            .refusalHandler(refusal ->
                    refusals.add(refusal.reason() + " " + refusal.validTimeNs() + " " + refusal.reference())));

    private final Publisher publisher = engine.publisher();

    @Test
    void shouldPutTheLevelBeforeIntoForceAgain() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        publisher.offer(rate, 100, 20);
        publisher.offer(rate, 200, 50);
        publisher.offer(rate, 300, 30);
        engine.awaitApplied(publisher.withdraw(rate, 200));
        assertEquals(20, level(rate, 250).scaledValue());
        assertEquals(300, level(rate, 250).nextChangeAtNs());
        final WindowReading reading = read(rate, 300, 200);
        assertEquals(20, reading.value(Metric.MEAN));
        assertEquals(1, reading.count());
        assertEquals(1, engine.admin().statistics().withdrawnCount());
        assertEquals(4, engine.admin().statistics().appliedCount());
    }

    @Test
    void shouldEmptyASeriesWhoseLastPointIsWithdrawn() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        publisher.offer(rate, 100, 20);
        engine.awaitApplied(publisher.withdraw(rate, 100));
        assertEquals(Status.EMPTY, level(rate, 250).status());
        assertEquals(Instants.NONE, level(rate, 50).nextChangeAtNs());
        assertEquals(Status.EMPTY, read(rate, 300, 250).status(Metric.MEAN));
        engine.awaitApplied(publisher.offer(rate, 90, 7));
        assertEquals(7, level(rate, 250).scaledValue());
        assertEquals(Status.EMPTY, level(rate, 89).status());
    }

    @Test
    void shouldTakeAPointAgainThatWasWithdrawn() {
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("events." + policy, Unit.COUNT, 0).withDuplicates(policy));
            KnownPoint.offer(publisher, events, 100, 1, Instants.NONE, 7);
            publisher.point(events).validAt(100).reference(7).withdraw();
            KnownPoint.offer(publisher, events, 100, 2, Instants.NONE, 7);
            engine.awaitApplied(
                    publisher.point(events).validAt(100).reference(7).withdraw());
            engine.awaitApplied(KnownPoint.offer(publisher, events, 100, 3, Instants.NONE, 7));
            assertEquals(3, read(events, 100, 10).value(Metric.SUM));
            assertEquals(1, read(events, 100, 10).count());
        }
        assertEquals(List.of(), refusals);
        assertEquals(10, engine.admin().statistics().withdrawnCount());
    }

    @Test
    void shouldRefuseToWithdrawWhatIsNotThere() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        engine.awaitApplied(publisher.withdraw(rate, 100));
        publisher.offer(rate, 100, 1);
        publisher.withdraw(rate, 99);
        publisher.withdraw(rate, 100);
        publisher.point(rate).validAt(100).reference(5).withdraw();
        engine.awaitApplied(publisher.point(rate).validAt(101).reference(6).withdraw());
        assertEquals(
                List.of(
                        "NO_SUCH_POINT 100 " + Publisher.NO_REFERENCE,
                        "NO_SUCH_POINT 99 " + Publisher.NO_REFERENCE,
                        "NO_SUCH_POINT 100 5",
                        "NO_SUCH_POINT 101 6"),
                refusals);
        assertEquals(
                Map.of(RefusalReason.NO_SUCH_POINT, 4L),
                engine.admin().statistics().refusedCounts());
        assertEquals(1, engine.admin().statistics().withdrawnCount());
    }

    @ParameterizedTest
    @CsvSource({"7, 4, 0", "8, 5, 0", "5, 6, 1"})
    void shouldWithdrawTheEventThatTheReferenceNames(final long reference, final double sum, final int refused) {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        KnownPoint.offer(publisher, events, 100, 1, Instants.NONE, 8);
        KnownPoint.offer(publisher, events, 100, 2, Instants.NONE, 7);
        KnownPoint.offer(publisher, events, 101, 3, Instants.NONE, 8);
        engine.awaitApplied(
                publisher.point(events).validAt(100).reference(reference).withdraw());
        assertEquals(sum, read(events, 101, 10).value(Metric.SUM));
        assertEquals(refused, refusals.size());
    }

    @Test
    void shouldTakeAWithdrawalWithoutReferenceForTheOnlyEventOfTheInstant() {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        publisher.offer(events, 100, 1);
        publisher.offer(events, 200, 2);
        publisher.offer(events, 200, 3);
        KnownPoint.offer(publisher, events, 300, 4, Instants.NONE, -9);
        publisher.withdraw(events, 100);
        publisher.withdraw(events, 200);
        publisher.withdraw(events, 300);
        publisher.withdraw(events, 400);
        engine.awaitApplied(publisher.withdraw(events, 0));
        assertEquals(5, read(events, 300, 300).value(Metric.SUM));
        assertEquals(
                List.of(
                        "NO_SUCH_POINT 200 " + Publisher.NO_REFERENCE,
                        "NO_SUCH_POINT 400 " + Publisher.NO_REFERENCE,
                        "NO_SUCH_POINT 0 " + Publisher.NO_REFERENCE),
                refusals);
    }

    @Test
    void shouldLetAFlowsLifeStartAtItsFirstCurrentEvent() {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        publisher.offer(events, 100, 1);
        publisher.offer(events, 200, 2);
        engine.awaitApplied(publisher.withdraw(events, 100));
        assertEquals(Status.EMPTY, read(events, 150, 10).status(Metric.SUM));
        assertEquals(Status.OK, read(events, 250, 10).status(Metric.SUM));
        assertEquals(0.5, read(events, 250, 100).value(Metric.COVERAGE));
    }

    @Test
    void shouldRefuseAWithdrawalWhoseKnowledgeDecreases() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        KnownPoint.offer(publisher, rate, 100, 1, 50);
        publisher.point(rate).validAt(100).knownAt(49).withdraw();
        engine.awaitApplied(KnownPoint.offer(publisher, rate, 200, 2, 51));
        assertEquals(List.of("KNOWLEDGE_DECREASES 100 " + Publisher.NO_REFERENCE), refusals);
        publisher.point(rate).validAt(100).knownAt(60).withdraw();
        engine.awaitApplied(KnownPoint.offer(publisher, rate, 300, 3, 59));
        assertEquals("KNOWLEDGE_DECREASES 300 " + Publisher.NO_REFERENCE, refusals.get(1));
    }

    @Test
    void shouldRefuseAtTheEdgeWhatOffersRefuse() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        final FlowSeries stranger = new FlowSeries(rate.number(), SeriesDefinition.flow("rate", Unit.COUNT, 0));
        assertEquals(Publisher.UNKNOWN_SERIES, publisher.withdraw(stranger, 1));
        assertEquals(Publisher.TIME_OUT_OF_RANGE, publisher.withdraw(rate, Long.MAX_VALUE));
        assertEquals(
                Publisher.TIME_OUT_OF_RANGE,
                publisher.point(rate).validAt(1).knownAt(Long.MAX_VALUE).withdraw());
        engine.close();
        assertEquals(Publisher.CLOSED, publisher.withdraw(rate, 1));
    }

    @Test
    void shouldLetAPendingPointBeWithdrawnBeforeItTakesEffect() {
        final Window.Sliding window = Window.slidingNs(100);
        final StepSeries rate =
                engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0).withWindows(window));
        for (int i = 0; i < 90; i++) {
            publisher.offer(rate, 10L * i, i);
        }
        engine.advanceTo(750);
        engine.awaitApplied(publisher.withdraw(rate, 800));
        engine.advanceTo(Instants.MAX);
        assertEquals(79, level(rate, 805).scaledValue());
        assertEquals(9, read(rate, 845, 100).count());
        assertTrue(refusals.isEmpty());
    }

    /** The point after the carried-in one is withdrawn, so the level is carried in until the next point. */
    @Test
    void shouldCarryALevelInBeyondAWithdrawnOne() {
        final Window.Sliding window = Window.slidingNs(100);
        final StepSeries rate =
                engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0).withWindows(window));
        for (int i = 0; i < 20; i++) {
            publisher.offer(rate, i - 1_000, 2);
        }
        publisher.offer(rate, 0, 5);
        publisher.offer(rate, 50, 3);
        publisher.offer(rate, 90, 9);
        engine.advanceTo(120);
        publisher.offer(rate, 120, 1);
        engine.awaitApplied(publisher.withdraw(rate, 50));
        final WindowReading reading = read(rate, 160, 100);
        assertEquals(0, reading.carriedInSinceNs());
        assertEquals(5, reading.carriedInValue());
        assertEquals(2, reading.count());
        assertEquals((30 * 5 + 30 * 9 + 40 * 1) / 100.0, reading.value(Metric.MEAN));
    }

    private LevelReading level(final StepSeries series, final long at) {
        final var reader = new TestReader(engine.newReader());
        return reader.level(series, at);
    }

    private WindowReading read(final Series series, final long at, final long length) {
        final var reader = new TestReader(engine.newReader());
        return reader.window(series, Window.slidingNs(length), at);
    }
}
