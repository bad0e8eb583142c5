package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of batches: points, open batches, time, and space on the ring. */
class BatchLimitTest {
    private static final int SERIES = 12;

    @TempDir
    private Path directory;

    private static Limits limits(final int maxPoints, final int maxOpen, final long timeoutNs) {
        return Limits.DEFAULT
                .withMaxBatchPointCount(maxPoints)
                .withMaxOpenBatchCount(maxOpen)
                .withBatchTimeoutNs(timeoutNs);
    }

    private static long value(final Engine engine, final StepSeries series) {
        final TestReader reader = new TestReader(engine.newReader());
        final LevelReading reading = reader.level(series, Instants.MAX);
        return reading.scaledValue();
    }

    @Test
    void shouldTakeNoneOfABatchThatIsTooLarge() {
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits(3, 2, Long.MAX_VALUE)))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 1, batch.offer(all.get(i), 1, 1));
            }
            assertEquals(Publisher.BATCH_TOO_LARGE, batch.offer(all.get(3), 1, 1));
            assertEquals(Publisher.BATCH_TOO_LARGE, batch.commit());
            assertEquals(0, batch.pointCount());
            assertEquals(
                    new BatchCounts(0, 0, 1, 0), engine.admin().statistics().batchCounts());
            assertEquals(0, engine.admin().statistics().appliedCount());
            assertEquals(0, batch.begin());
            batch.offer(all.get(0), 1, 1);
            engine.awaitApplied(batch.commit());
            assertEquals(1, engine.admin().statistics().appliedCount());
        }
    }

    @Test
    void shouldOpenNoMoreBatchesThanTheLimit() {
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits(10, 2, Long.MAX_VALUE)))) {
            final StepSeries series = Levels.define(engine, SERIES).get(0);
            final List<Batch> batches = IntStream.range(0, 3)
                    .mapToObj(i -> engine.publisher().newBatch())
                    .toList();
            assertEquals(0, batches.get(0).begin());
            assertEquals(0, batches.get(1).begin());
            assertEquals(Publisher.TOO_MANY_BATCHES, batches.get(2).begin());
            assertEquals("TOO_MANY_BATCHES", Publisher.describe(Publisher.TOO_MANY_BATCHES));
            batches.get(0).abort();
            assertEquals(0, batches.get(2).begin());
            batches.get(1).offer(series, 1, 1);
            final long ticket = batches.get(1).commit();
            // A committed batch counts until it is applied.
            assertEquals(Publisher.TOO_MANY_BATCHES, batches.get(0).begin());
            engine.awaitApplied(ticket);
            assertEquals(0, batches.get(0).begin());
        }
    }

    /** Batches of the greatest size, with the default limit and with an option. A replay of the log restores them. */
    @Test
    void shouldTakeABatchThatIsAsLargeAsItMayBe() {
        requireTaken(Limits.DEFAULT);
    }

    @Tag("ci")
    @Test
    void shouldTakeABatchThatIsAsLargeAsAnyLimit() {
        requireTaken(limits(1 << 20, 1, TimeUnit.MINUTES.toNanos(10)));
    }

    private void requireTaken(final Limits limits) {
        final int maxPoints = limits.maxBatchPointCount();
        try (Engine engine = TollgateEngine.launch(
                TestContext.stepped(ClockMode.MANUAL, directory).limits(limits))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            assertEquals(0, batch.begin());
            for (int i = 0; i < maxPoints; i++) {
                assertEquals(i + 1, batch.offer(all.get(i % SERIES), i, i));
            }
            assertEquals(Publisher.BATCH_TOO_LARGE, batch.offer(all.get(0), maxPoints, 1));
            assertEquals(Publisher.BATCH_TOO_LARGE, batch.commit());
            assertEquals(0, batch.begin());
            for (int i = 0; i < maxPoints; i++) {
                batch.offer(all.get(i % SERIES), i, i);
            }
            engine.awaitApplied(batch.commit());
            requireEach(engine, maxPoints);
        }
        new DirectoryFiles(directory).markNotClosed();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            requireEach(engine, maxPoints);
        }
    }

    private static void requireEach(final Engine engine, final int pointCount) {
        final List<StepSeries> all = Levels.define(engine, SERIES);
        long found = 0;
        for (int i = 0; i < SERIES; i++) {
            found += PointCount.of(engine, all.get(i));
            assertEquals((pointCount - 1 - i) / SERIES * SERIES + i, value(engine, all.get(i)));
        }
        assertEquals(pointCount, found);
    }

    /** The producer of the first batch never returns, and the producer of the second one is only slow. */
    @Test
    void shouldAbortBatchesThatAreOpenForTooLongAndBlockNoOther() {
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits(10, 2, 1)))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            engine.publisher().newBatch().begin();
            final Batch slow = engine.publisher().newBatch();
            slow.begin();
            slow.offer(all.get(0), 1, 1);
            engine.awaitApplied(engine.publisher().offer(all.get(1), 1, 1));
            while (engine.admin().statistics().batchCounts().timedOut() < 2) {
                engine.step();
            }
            assertEquals(Publisher.BATCH_ABORTED, slow.offer(all.get(0), 2, 1));
            assertEquals(0, slow.pointCount());
            assertEquals(Publisher.BATCH_ABORTED, slow.commit());
            assertEquals(1, engine.admin().statistics().appliedCount());
            assertEquals(
                    new BatchCounts(0, 0, 0, 2), engine.admin().statistics().batchCounts());
            assertEquals(0, slow.begin());
            slow.abort();
        }
    }

    @Test
    void shouldKeepABatchOpenThatFindsNoSpaceOnARing() {
        try (Engine engine = TollgateEngine.launch(
                TestContext.stepped(ClockMode.MANUAL).limits(Limits.DEFAULT.withRingLength(1 << 12)))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final StepSeries series : all) {
                batch.offer(series, 1, 1);
            }
            while (engine.publisher().offer(all.get(4), 2, 2) > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(Publisher.BACK_PRESSURED, batch.commit());
            }
            assertEquals(SERIES, batch.pointCount());
            while (engine.step() > 0) {
                Thread.onSpinWait();
            }
            assertEquals(Decimals.UNKNOWN, value(engine, all.get(0)));
            engine.awaitApplied(batch.commit());
            assertEquals(1, value(engine, all.get(0)));
        }
    }
}
