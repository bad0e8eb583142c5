package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.PairFixture;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The status of an answer for a pair, and the refusals. */
class PairStatusTest extends PairFixture {
    @Test
    void shouldSayWhyThereIsNoValue() {
        final FlowSeries x = flow("x", X);
        final FlowSeries y = engine.defineFlow(SeriesDefinition.flow("none", Unit.COUNT, 0));
        final Pair pair = Pair.byBucket(x, y, DAYS);
        read(pair, days(6), END);
        assertAnswer(PairMetric.COVARIANCE, Status.EMPTY, Double.NaN);
        offer(y, END + 1, 5);
        read(pair, days(6), END);
        assertAnswer(PairMetric.CORRELATION, Status.EMPTY, Double.NaN);
        offer(y, END - 1, 5);
        read(pair, days(6), END);
        assertAnswer(PairMetric.COVARIANCE, Status.INSUFFICIENT, Double.NaN);
        assertEquals(1, reading.weight());
        offer(y, END - DAY_NS, 5);
        read(pair, days(6), END);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 0);
        assertAnswer(PairMetric.CORRELATION, Status.UNDEFINED, Double.NaN);
        assertAnswer(PairMetric.BETA, Status.PARTIAL, 0);
        read(Pair.byBucket(y, x, DAYS), days(6), END);
        assertAnswer(PairMetric.BETA, Status.UNDEFINED, Double.NaN);
        read(pair, Window.sliding(Duration.ofHours(23)), END);
        assertAnswer(PairMetric.COVARIANCE, Status.INSUFFICIENT, Double.NaN);
    }

    @Test
    void shouldSayOverflowIfTheSumOfABucketIsBeyondALong() {
        final FlowSeries x = flow("x", X);
        final FlowSeries y = flow("y", Y);
        offer(y, END - 3, Long.MAX_VALUE - 5);
        read(Pair.byBucket(x, y, DAYS), days(5), END);
        assertEquals(Status.OK, reading.status(PairMetric.COVARIANCE));
        offer(y, END - 2, 1);
        read(Pair.byBucket(x, y, DAYS), days(5), END);
        assertAnswer(PairMetric.COVARIANCE, Status.OVERFLOW, Double.NaN);
        assertAnswer(PairMetric.CORRELATION, Status.OVERFLOW, Double.NaN);
        read(Pair.byBucket(x, y, DAYS).withLagBuckets(-1), days(4), END);
        assertEquals(Status.OK, reading.status(PairMetric.COVARIANCE), "y of the last day is not asked for");
        offer(y, END - 1, -1);
        read(Pair.byBucket(x, y, DAYS), days(5), END);
        assertEquals(Status.OK, reading.status(PairMetric.COVARIANCE), "only the sum counts, not the way to it");
    }

    @Test
    void shouldAskForAsMuchAsTheOptionsSay() {
        final Pair events = Pair.byBucket(flow("x", X), flow("y", Y), DAYS);
        final Pair levels = Pair.asOf(step("level.x", X), step("level.y", Y));
        for (final Pair pair : new Pair[] {events, levels}) {
            final ReadOptions any = ReadOptions.DEFAULT;
            final long end = pair == events ? END : END + DAY_NS;
            assertEquals(Status.PARTIAL, status(any.withMinCount(6), pair, end));
            assertEquals(Status.INSUFFICIENT, status(any.withMinCount(7), pair, end));
            final double coverage = pair == events ? 0.625 : 0.75;
            assertEquals(Status.PARTIAL, status(any.withMinCoverage(coverage), pair, end));
            assertEquals(Status.INSUFFICIENT, status(any.withMinCoverage(coverage + 0.01), pair, end));
            assertEquals(Status.PARTIAL, status(any.withMinSpan(Duration.ofDays(6)), pair, end));
            assertEquals(
                    Status.INSUFFICIENT,
                    status(any.withMinSpan(Duration.ofDays(6).plusNanos(1)), pair, end));
        }
    }

    private Status status(final ReadOptions options, final Pair pair, final long end) {
        final PairReading strict = reader.newPairReading(options);
        reader.readPair(pair, days(8), end, strict);
        return strict.status(PairMetric.CORRELATION);
    }

    @Test
    void shouldReadFromOneEndOfTimeToTheOther() {
        final FlowSeries x = engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0));
        final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
        final Window all = Window.since(Instants.MIN);
        offer(x, Instants.MIN, 1);
        offer(x, Instants.MAX, 1);
        offer(level, Instants.MIN, 2);
        offer(level, Instants.MAX - 1, 4);
        read(Pair.byBucket(x, level, Bucket.of(Duration.ofNanos(1))), all, Instants.MAX);
        assertEquals(-2, reading.weight(), "2^64 - 2 buckets");
        assertEquals(Status.OK, reading.status(PairMetric.COVARIANCE));
        read(Pair.asOf(level, level), all, Instants.MAX);
        assertEquals(-3, reading.weight(), "2^64 - 3 ns");
        assertAnswer(PairMetric.CORRELATION, Status.OK, 1);
        for (final long lag : new long[] {1, 5, Long.MAX_VALUE, -Long.MAX_VALUE}) {
            read(Pair.asOf(level, level).withLag(Duration.ofNanos(lag)), all, Instants.MAX);
            assertEquals(-3 - Math.abs(lag), reading.weight(), "lag=" + lag);
            read(Pair.byBucket(x, x, Bucket.of(CalendarPeriod.MONTH, NEW_YORK)).withLagBuckets(lag), all, Instants.MAX);
            // There are 7014 whole months, and x has one more that began before the first instant. A life that starts
            // in a month counts from then on.
            assertEquals(Math.max(0, 7015 - Math.abs(lag)), reading.weight(), "lag=" + lag);
        }
    }

    @Test
    void shouldRefuseWhatHasNoMeaning() {
        final FlowSeries flow = flow("flow", X);
        final StepSeries step = step("step", X);
        final Pair byBucket = Pair.byBucket(flow, step, DAYS);
        final Pair asOf = Pair.asOf(step, step);
        assertRefused("use Pair.asOf", () -> Pair.byBucket(step, step, DAYS));
        assertRefused("use Pair.byBucket", () -> new Pair(flow, step, Optional.empty(), 0));
        assertRefused("use withLagBuckets", () -> byBucket.withLag(DAY));
        assertRefused("use withLag", () -> asOf.withLagBuckets(1));
        assertRefused("several bucket lengths", () -> reader.readPair(byBucket, Window.last(3), END, reading));
        assertRefused(
                "LagRange.ofBuckets",
                () -> reader.readLags(
                        byBucket, days(3), END, reader.newLagReading(LagRange.of(DAY.negated(), DAY, DAY))));
        assertRefused(
                "LagRange.of",
                () -> reader.readLags(asOf, days(3), END, reader.newLagReading(LagRange.ofBuckets(0, 1))));
        assertRefused("a step of 1 or more", () -> new LagRange(0, 1, 0, true));
        assertRefused("a last one not below it", () -> LagRange.ofBuckets(1, 0));
        assertRefused("at most 65536 lags", () -> LagRange.ofBuckets(-32_768, 32_768));
        assertEquals(65_536, LagRange.ofBuckets(-32_768, 32_767).count());
        try (Engine other = TollgateEngine.launch(TestContext.stepped())) {
            final TestReader otherReader = new TestReader(other.newReader());
            assertRefused(
                    "a series of this engine",
                    () -> otherReader.readPair(asOf, days(3), END, otherReader.newPairReading()));
        }
    }

    private static void assertRefused(final String hint, final Executable action) {
        final String message =
                assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(hint), message);
    }
}
