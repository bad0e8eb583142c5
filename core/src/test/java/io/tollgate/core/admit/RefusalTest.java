package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The publisher refuses with a code. The engine refuses later and reports to the handler and the statistics. */
class RefusalTest {
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 0);
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    private record Refusal(RefusalReason reason, long series, long time, long value, long knowledge, long reference) {}

    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();

    @Test
    void shouldRefuseAPointWhoseKnowledgeDecreases() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final StepSeries level = engine.defineStep(LEVEL);
            final FlowSeries events = engine.defineFlow(EVENTS);
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, level, 10, 1, 100, 7);
            KnownPoint.offer(publisher, level, 11, 2, 99, 8);
            publisher
                    .point(level)
                    .validAt(12)
                    .unknown()
                    .knownAt(99)
                    .reference(9)
                    .offer();
            KnownPoint.offer(publisher, events, 13, 3, 50, 10);
            engine.awaitApplied(KnownPoint.offer(publisher, level, 14, 4, 100, 11));
            final RefusalReason reason = RefusalReason.KNOWLEDGE_DECREASES;
            assertEquals(
                    List.of(
                            new Refusal(reason, level.number(), 11, 2, 99, 8),
                            new Refusal(reason, level.number(), 12, Decimals.UNKNOWN, 99, 9)),
                    refusals);
            assertEquals(Map.of(reason, 2L), engine.admin().statistics().refusedCounts());
            assertEquals(3, engine.admin().statistics().appliedCount());
            assertEquals(10, levelAt(engine, level, 13).sinceNs());
            assertEquals(14, levelAt(engine, level, 14).sinceNs());
        }
    }

    @Test
    void shouldRefuseAPointWithoutKnowledgeTimeIfTheClockIsKnowledge() {
        try (Engine engine = launch(ClockMode.KNOWLEDGE)) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            final Publisher publisher = engine.publisher();
            assertEquals(Instants.MIN, engine.now());
            publisher.offer(events, 10, 1);
            engine.awaitApplied(KnownPoint.offer(publisher, events, 10, 1, 100));
            final RefusalReason reason = RefusalReason.KNOWLEDGE_MISSING;
            assertEquals(
                    List.of(new Refusal(reason, events.number(), 10, 1, Instants.NONE, Publisher.NO_REFERENCE)),
                    refusals);
            assertEquals(Map.of(reason, 1L), engine.admin().statistics().refusedCounts());
            assertEquals(1, engine.admin().statistics().appliedCount());
            assertEquals(100, engine.now());
        }
    }

    @Test
    void shouldRefuseAStampedKnowledgeTimeAfterAnExplicitOne() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final StepSeries level = engine.defineStep(LEVEL);
            engine.advanceTo(50);
            KnownPoint.offer(engine.publisher(), level, 10, 1, 100);
            engine.awaitApplied(engine.publisher().offer(level, 11, 2));
            assertEquals(RefusalReason.KNOWLEDGE_DECREASES, refusals.get(0).reason());
            engine.advanceTo(100);
            engine.awaitApplied(engine.publisher().offer(level, 12, 3));
            assertEquals(1, refusals.size());
            assertEquals(100, levelAt(engine, level, 12).knowledgeTimeNs());
            assertEquals(10, levelAt(engine, level, 11).sinceNs());
        }
    }

    @Test
    void shouldLetARefusedPointMoveNothing() {
        try (Engine engine = launch(ClockMode.EVENT)) {
            final StepSeries level = engine.defineStep(LEVEL);
            KnownPoint.offer(engine.publisher(), level, 10, 1, 1_000);
            KnownPoint.offer(engine.publisher(), level, 20, 2, 999);
            engine.awaitApplied(engine.publisher().offer(level, 30, 3));
            assertEquals(2, refusals.size());
            assertEquals(10, engine.now());
            assertEquals(Instants.NONE, levelAt(engine, level, 10).nextChangeAtNs());
        }
    }

    @Test
    void shouldSayBackPressuredIfTheRingIsFullAndLoseNothing() {
        try (Engine engine = TollgateEngine.launch(
                TestContext.stepped(ClockMode.MANUAL).limits(Limits.DEFAULT.withRingLength(1 << 12)))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            long claimed = 0;
            long last = 0;
            for (int round = 0; round < 50; round++) {
                long ticket = engine.publisher().offer(events, claimed, 1);
                while (ticket > 0) {
                    assertTrue(ticket > last, "ticket=" + ticket + " after " + last);
                    last = ticket;
                    claimed++;
                    ticket = engine.publisher().offer(events, claimed, 1);
                }
                assertEquals(Publisher.BACK_PRESSURED, ticket);
                engine.awaitApplied(last);
                assertEquals(claimed, engine.admin().statistics().appliedCount());
                assertTrue(engine.isApplied(last));
            }
            assertEquals(50, engine.admin().statistics().backPressureCount());
            assertTrue(claimed > 50 * 40, "claimed=" + claimed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, -9223372036854775808, TIME_OUT_OF_RANGE",
        "9223372036854775807, -9223372036854775808, TIME_OUT_OF_RANGE",
        "0, 9223372036854775807, TIME_OUT_OF_RANGE",
        "-9223372036854775807, 9223372036854775806, 1",
        "9223372036854775806, -9223372036854775807, 1",
    })
    void shouldRefuseATimeOutOfRangeAtTheEdge(final long time, final long knowledge, final String outcome) {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final Publisher publisher = engine.publisher();
            final StepSeries level = engine.defineStep(LEVEL);
            final FlowSeries events = engine.defineFlow(EVENTS);
            for (final long ticket : new long[] {
                KnownPoint.offer(publisher, level, time, 1, knowledge),
                publisher
                        .point(level)
                        .validAt(time)
                        .unknown()
                        .knownAt(knowledge)
                        .offer(),
                KnownPoint.offer(publisher, events, time, 1, knowledge)
            }) {
                assertEquals(outcome, ticket > 0 ? "1" : Publisher.describe(ticket));
            }
        }
    }

    @Test
    void shouldRefuseTheReservedValueAtTheEdge() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final StepSeries level = engine.defineStep(LEVEL);
            final FlowSeries events = engine.defineFlow(EVENTS);
            assertEquals(Publisher.VALUE_RESERVED, engine.publisher().offer(level, 1, Long.MIN_VALUE));
            assertEquals(Publisher.VALUE_RESERVED, engine.publisher().offer(events, 1, Long.MIN_VALUE));
            assertTrue(engine.publisher().offerUnknown(level, 1) > 0);
            assertEquals(0, engine.admin().statistics().appliedCount());
        }
    }

    @Test
    void shouldRefuseASeriesThatIsNotDefinedHere() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            engine.defineStep(LEVEL);
            final StepSeries undefined = new StepSeries(1, LEVEL);
            final FlowSeries negative = new FlowSeries(-1, EVENTS);
            final FlowSeries distant = new FlowSeries(Long.MAX_VALUE, EVENTS);
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(undefined, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offerUnknown(undefined, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(negative, 1, 1));
            assertEquals(Publisher.UNKNOWN_SERIES, engine.publisher().offer(distant, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> levelAt(engine, undefined, 1));
        }
    }

    @Test
    void shouldRefuseToWaitForACode() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            Refusals.require(
                    IllegalArgumentException.class,
                    () -> engine.awaitApplied(Publisher.BACK_PRESSURED),
                    "BACK_PRESSURED");
        }
    }

    @Test
    void shouldDistinguishUnknownFromEmpty() {
        try (Engine engine = launch(ClockMode.MANUAL)) {
            final StepSeries level = engine.defineStep(LEVEL);
            assertEquals(Status.EMPTY, levelAt(engine, level, 10).status());
            engine.awaitApplied(engine.publisher().offerUnknown(level, 10));
            assertEquals(Status.EMPTY, levelAt(engine, level, 9).status());
            assertEquals(Status.INSUFFICIENT, levelAt(engine, level, 10).status());
            assertEquals(10, levelAt(engine, level, Instants.MAX).sinceNs());
        }
    }

    private Engine launch(final ClockMode mode) {
        return TollgateEngine.launch(TestContext.stepped(mode)
                .errorHandler(errors::add)
                .refusalHandler(refusal -> refusals.add(new Refusal(
                        refusal.reason(),
                        refusal.seriesNumber(),
                        refusal.validTimeNs(),
                        refusal.value(),
                        refusal.knowledgeTimeNs(),
                        refusal.reference()))));
    }

    private static LevelReading levelAt(final Engine engine, final StepSeries series, final long at) {
        final var reader = new TestReader(engine.newReader());
        return reader.level(series, at);
    }
}
