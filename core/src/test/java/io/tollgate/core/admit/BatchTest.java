package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.oracle.Twin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch is applied as a whole or not at all; its codes, tickets and counts. */
class BatchTest {
    private static final int SERIES = 12;

    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    private EngineContext context() {
        return TestContext.of(ClockMode.MANUAL)
                .refusalHandler(refusal ->
                        refusals.add(refusal.reason() + " " + refusal.seriesNumber() + " " + refusal.validTimeNs() + " "
                                + refusal.value() + " " + refusal.knowledgeTimeNs() + " " + refusal.reference()));
    }

    private static LevelReading level(final Engine engine, final StepSeries series) {
        final TestReader reader = new TestReader(engine.newReader());
        return reader.level(series, Instants.MAX);
    }

    private static long value(final Engine engine, final StepSeries series) {
        return level(engine, series).scaledValue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldShowNothingBeforeTheCommitAndAllAfterIt(final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            for (int round = 1; round <= 50; round++) {
                assertEquals(0, batch.begin());
                for (int i = 0; i < SERIES; i++) {
                    assertEquals(i + 1, batch.offer(all.get(i), 1, round));
                }
                assertEquals(SERIES, batch.pointCount());
                // A point that is offered between begin and commit is applied before the batch.
                engine.awaitApplied(engine.publisher().offer(all.get(0), 1, -round));
                assertEquals(-round, value(engine, all.get(0)));
                final long ticket = batch.commit();
                assertTrue(ticket > 0, () -> Publisher.describe(ticket));
                engine.awaitApplied(ticket);
                assertTrue(engine.isApplied(ticket));
                for (final StepSeries series : all) {
                    assertEquals(round, value(engine, series));
                }
            }
            assertEquals(
                    new BatchCounts(50, 0, 0, 0), engine.admin().statistics().batchCounts());
            assertEquals(50 * (SERIES + 1), engine.admin().statistics().appliedCount());
        }
    }

    /** A revision after the batch must not overtake it. */
    @Test
    void shouldTakeAPointThatIsOfferedAfterTheCommitAfterTheBatch() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            for (int round = 1; round <= 1_000; round++) {
                while (batch.begin() < 0) {
                    Thread.onSpinWait();
                }
                for (final StepSeries series : all) {
                    batch.offer(series, 1, -round);
                }
                while (batch.commit() < 0) {
                    Thread.onSpinWait();
                }
                long ticket = 0;
                for (final StepSeries series : all) {
                    ticket = Twin.offer(engine, series, 1, round, Instants.NONE, Publisher.NO_REFERENCE);
                }
                if (round % 20 == 0) {
                    engine.awaitApplied(ticket);
                    for (final StepSeries series : all) {
                        assertEquals(round, value(engine, series));
                    }
                }
            }
        }
    }

    @Test
    void shouldRefuseTheWholeBatchForOnePointAndSayWhichOne() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final FlowSeries once = engine.defineFlow(
                    SeriesDefinition.flow("once", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
            engine.awaitApplied(engine.publisher().offer(once, 5, 1));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final StepSeries series : all) {
                KnownPoint.offer(batch, series, 1, 7, Instants.NONE, 42);
            }
            KnownPoint.offer(batch, once, 5, 2, Instants.NONE, 42);
            engine.awaitApplied(batch.commit());
            assertTrue(
                    refusals.remove("DUPLICATE " + once.number() + " 5 2 " + Instants.NONE + " 42"),
                    refusals::toString);
            for (final StepSeries series : all) {
                assertTrue(refusals.remove("BATCH_REFUSED " + series.number() + " 1 7 " + Instants.NONE + " 42"));
                assertEquals(Decimals.UNKNOWN, value(engine, series));
            }
            assertEquals(List.of(), refusals);
            assertEquals(
                    Map.of(RefusalReason.DUPLICATE, 1L, RefusalReason.BATCH_REFUSED, (long) SERIES),
                    engine.admin().statistics().refusedCounts());
            assertEquals(
                    new BatchCounts(0, 1, 0, 0), engine.admin().statistics().batchCounts());
            // The next use of the same batch succeeds.
            batch.begin();
            batch.offer(all.get(0), 1, 8);
            engine.awaitApplied(batch.commit());
            assertEquals(8, value(engine, all.get(0)));
        }
    }

    /** A refused batch leaves no trace on the knowledge times of its series. */
    @Test
    void shouldRefuseDecreasingKnowledgeTimesWithinABatchAndForgetThem() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final StepSeries series = Levels.define(engine, SERIES).get(0);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            KnownPoint.offer(batch, series, 1, 1, 100);
            KnownPoint.offer(batch, series, 2, 2, 99);
            engine.awaitApplied(batch.commit());
            assertEquals(
                    Map.of(RefusalReason.KNOWLEDGE_DECREASES, 1L, RefusalReason.BATCH_REFUSED, 1L),
                    engine.admin().statistics().refusedCounts());
            KnownPoint.apply(engine, series, 1, 3, 50);
            assertEquals(3, value(engine, series));
        }
    }

    @Test
    void shouldDecideDuplicatesAndWithdrawalsByEarlierPointsOfTheBatch() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final StepSeries level = Levels.define(engine, SERIES).get(0);
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            final FlowSeries sums = engine.defineFlow(
                    SeriesDefinition.flow("sums", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(level, 1, 1);
            batch.offer(level, 2, 2);
            batch.withdraw(level, 2);
            batch.offer(events, 4, 10);
            batch.withdraw(events, 4);
            batch.offer(events, 5, 11);
            batch.offer(sums, 6, Long.MAX_VALUE - 1);
            batch.offer(sums, 6, 1);
            engine.awaitApplied(batch.commit());
            assertEquals(List.of(), refusals);
            assertEquals(1, value(engine, level));
            assertEquals(1, PointCount.of(engine, events));
            assertEquals(1, PointCount.of(engine, sums));

            batch.begin();
            batch.offer(sums, 6, 1);
            engine.awaitApplied(batch.commit());
            assertEquals(
                    Map.of(RefusalReason.OVERFLOW, 1L),
                    engine.admin().statistics().refusedCounts());
            // Two events now share the instant, one of them offered in this batch. The withdrawal identifies neither.
            batch.begin();
            KnownPoint.offer(batch, events, 5, 12, Instants.NONE, -3);
            batch.withdraw(events, 5);
            engine.awaitApplied(batch.commit());
            assertEquals(1L, engine.admin().statistics().refusedCounts().get(RefusalReason.NO_SUCH_POINT));
            assertEquals(1, PointCount.of(engine, events));
        }
    }

    /** Each mode stamps the points of a batch with one time, so no knowledge time shows half a batch. */
    @ParameterizedTest
    @CsvSource({"MANUAL", "EVENT", "SYSTEM"})
    void shouldGiveAllPointsWithoutAKnowledgeTimeTheSameOne(final ClockMode mode) {
        try (Engine engine = TollgateEngine.launch(context().clockMode(mode).threadingMode(ThreadingMode.STEPPED))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            engine.awaitApplied(engine.publisher().offer(all.get(3), 40, 1));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < SERIES; i++) {
                batch.offer(all.get(i), 50 + i % 4, i);
            }
            engine.awaitApplied(batch.commit());
            final long known = level(engine, all.get(0)).knowledgeTimeNs();
            for (final StepSeries series : all) {
                assertEquals(known, level(engine, series).knowledgeTimeNs());
            }
            if (mode == ClockMode.EVENT) {
                assertEquals(53, known);
            }
            engine.awaitApplied(engine.publisher().offer(all.get(5), 51, 1));
            assertTrue(level(engine, all.get(5)).knowledgeTimeNs() >= known);
            assertEquals(List.of(), refusals);
        }
    }

    @Test
    void shouldRefuseCallsInTheWrongOrder() {
        final Batch batch;
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final StepSeries series = Levels.define(engine, SERIES).get(0);
            batch = engine.publisher().newBatch();
            assertThrows(IllegalStateException.class, batch::commit);
            assertThrows(IllegalStateException.class, () -> batch.offer(series, 1, 1));
            batch.abort();
            batch.begin();
            assertThrows(IllegalStateException.class, batch::begin);
            assertEquals(Publisher.TIME_OUT_OF_RANGE, batch.offer(series, Long.MAX_VALUE, 1));
            assertEquals(Publisher.VALUE_RESERVED, batch.offer(series, 1, Decimals.UNKNOWN));
            assertEquals(1, batch.offerUnknown(series, 1));
            engine.awaitApplied(batch.commit());
            assertEquals(0, batch.begin());
            final long empty = batch.commit();
            engine.awaitApplied(empty);
            batch.begin();
            batch.offer(series, 2, 2);
        }
        assertEquals(Publisher.CLOSED, batch.commit());
        assertEquals(Publisher.CLOSED, batch.begin());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldApplyWhatWasCommittedWhenItIsClosed(final boolean isStepped) {
        final Engine engine = TollgateEngine.launch(
                context().threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS));
        final List<StepSeries> all = Levels.define(engine, SERIES);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        all.forEach(series -> batch.offer(series, 1, 1));
        final long ticket = batch.commit();
        engine.close();
        assertTrue(engine.isApplied(ticket));
        assertFalse(engine.publisher().offer(all.get(0), 1, 1) > 0);
    }

    @Test
    void shouldTakeFifteenThousandPointsOfAsManySeries() {
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(ThreadingMode.STEPPED).limits(Limits.DEFAULT.withFirstMapEntries(1 << 15)))) {
            final List<StepSeries> all = IntStream.range(0, 15_000)
                    .mapToObj(i -> engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2)))
                    .toList();
            final Batch batch = engine.publisher().newBatch();
            for (int round = 1; round <= 3; round++) {
                batch.begin();
                for (final StepSeries series : all) {
                    assertTrue(batch.offer(series, round, round) > 0);
                }
                engine.awaitApplied(batch.commit());
            }
            assertEquals(45_000, engine.admin().statistics().appliedCount());
            assertEquals(3, value(engine, all.get(14_999)));
        }
    }
}
