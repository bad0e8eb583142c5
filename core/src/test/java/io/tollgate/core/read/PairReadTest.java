package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.PairFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The worked example M18, and edge cases of windows, buckets and lags, small enough to check by hand. */
class PairReadTest extends PairFixture {
    @Test
    void shouldCorrelateEventsByBucketAndFindThatXLeadsByOne() {
        final Pair pair = Pair.byBucket(flow("x", X), flow("y", Y), DAYS);
        read(pair, days(6), END);
        assertAnswer(PairMetric.CORRELATION, Status.PARTIAL, 29.0 / 35);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 2.9);
        assertAnswer(PairMetric.BETA, Status.PARTIAL, 29.0 / 35);
        assertEquals(6, reading.weight());
        assertEquals(5.0 / 6, reading.coverage(), "both lives start at the end of the first day");
        read(pair.withLagBuckets(1), days(6), END);
        assertAnswer(PairMetric.CORRELATION, Status.PARTIAL, 1.0);
        assertEquals(5, reading.weight(), "the first y has no x a day before it");
        assertEquals(4.0 / 6, reading.coverage());
        read(pair.withLagBuckets(1), days(4), END);
        assertAnswer(PairMetric.CORRELATION, Status.OK, 1.0);
    }

    @Test
    void shouldCorrelateLevelsByTheTimeTheyHoldAndFindThatXLeadsByOne() {
        final Pair pair = Pair.asOf(step("x", X), step("y", Y));
        final long end = END + DAY_NS;
        read(pair, days(6), end);
        assertAnswer(PairMetric.CORRELATION, Status.OK, 29.0 / 35);
        assertAnswer(PairMetric.COVARIANCE, Status.OK, 2.9 * 5 / 6);
        assertAnswer(PairMetric.BETA, Status.OK, 29.0 / 35);
        assertEquals(6 * DAY_NS, reading.weight());
        read(pair.withLag(DAY), days(6), end);
        assertAnswer(PairMetric.CORRELATION, Status.PARTIAL, 1.0);
        assertEquals(5 * DAY_NS, reading.weight());
        read(pair.withLag(DAY), days(5), end);
        assertAnswer(PairMetric.CORRELATION, Status.OK, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"FLOW", "STEP"})
    void shouldFindTheBestOfARangeOfLags(final String kind) {
        final boolean isFlow = kind.equals("FLOW");
        final Pair pair =
                isFlow ? Pair.byBucket(flow("x", X), flow("y", Y), DAYS) : Pair.asOf(step("x", X), step("y", Y));
        final LagRange lags =
                isFlow ? LagRange.ofBuckets(-2, 2) : LagRange.of(Duration.ofDays(-2), Duration.ofDays(2), DAY);
        final LagReading scan = reader.newLagReading(lags);
        final long end = isFlow ? END : END + DAY_NS;
        reader.readLags(pair, days(4), end, scan);
        assertEquals(3, scan.best());
        assertEquals(isFlow ? 1 : DAY_NS, scan.lags().lag(scan.best()));
        assertEquals(end, scan.atNs());
        for (int i = 0; i < lags.count(); i++) {
            final Pair lagged = isFlow ? pair.withLagBuckets(i - 2) : pair.withLag(DAY.multipliedBy(i - 2));
            read(lagged, days(4), end);
            assertEquals(reading.status(PairMetric.CORRELATION), scan.status(i));
            assertEquals(reading.value(PairMetric.CORRELATION), scan.correlation(i));
        }
    }

    @Test
    void shouldPreferTheSmallestOfEqualLagsAndThenTheOneThatXLeads() {
        final FlowSeries wave = flow("wave", 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
        final Pair self = Pair.byBucket(wave, wave, DAYS);
        assertEquals(0, bestLag(self, new LagRange(-4, 4, 2, true)));
        assertEquals(2, bestLag(self, new LagRange(-2, 6, 4, true)));
        assertEquals(-1, bestLag(self, new LagRange(-1, 5, 3, true)), "a correlation of -1 is as strong as one of 1");
        final LagReading none = reader.newLagReading(LagRange.ofBuckets(-1, 1));
        reader.readLags(self, days(1), 16 * DAY_NS, none);
        assertEquals(-1, none.best());
        assertEquals(Status.INSUFFICIENT, none.status(0));
        assertEquals(Double.NaN, none.correlation(0));
    }

    private long bestLag(final Pair pair, final LagRange lags) {
        final LagReading scan = reader.newLagReading(lags);
        reader.readLags(pair, days(8), 16 * DAY_NS, scan);
        return lags.lag(scan.best());
    }

    /**
     * The last three observations of pandas #66678, for which a running update gave NaN and -5.9E7 after large values.
     */
    @ParameterizedTest
    @EnumSource(Closed.class)
    void shouldKeepNoTraceOfLargeValuesThatLeft(final Closed closed) {
        final long large = Long.MAX_VALUE / 3;
        final long unit = closed.includesEnd() ? 0 : 1;
        final FlowSeries x = flow("x", large, -large, 7 - large, 5, 8, 7);
        final FlowSeries y = flow("y", large - 3, large, 2 - large, 7, 6, 9);
        final Window window = Window.sliding(Duration.ofDays(closed == Closed.NEITHER ? 4 : 3), closed);
        reader.readPair(Pair.byBucket(x, y, DAYS), window, END + unit * DAY_NS / 2, reading);
        assertEquals(3, reading.weight());
        assertEquals(-1.0 / 3, reading.value(PairMetric.COVARIANCE));
        assertEquals(-1.0 / 7, reading.value(PairMetric.CORRELATION));
        assertEquals(-1.0 / 7, reading.value(PairMetric.BETA));
    }

    /**
     * A bucket closed at the right includes an event at its end. A bucket closed at the left includes an event at its
     * start.
     */
    @Test
    void shouldCloseBucketsLikeTheWindow() {
        final Pair pair = Pair.byBucket(flow("x", X), flow("y", Y), DAYS);
        reader.readPair(pair, Window.sliding(Duration.ofDays(3), Closed.LEFT), END, reading);
        assertEquals(cov(new long[] {4, 3, 5}, new long[] {2, 4, 3}), reading.value(PairMetric.COVARIANCE));
        assertEquals(Status.OK, reading.status(PairMetric.COVARIANCE));
        reader.readPair(pair, Window.sliding(Duration.ofDays(3), Closed.BOTH), END, reading);
        assertAnswer(PairMetric.COVARIANCE, Status.OK, cov(new long[] {3, 5, 6}, new long[] {4, 3, 5}));
        reader.readPair(pair, Window.sliding(Duration.ofDays(3), Closed.NEITHER), END, reading);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {3, 5}, new long[] {4, 3}));
        reader.readPair(pair, Window.since(3 * DAY_NS), END, reading);
        assertAnswer(PairMetric.COVARIANCE, Status.OK, cov(new long[] {3, 5, 6}, new long[] {4, 3, 5}));
    }

    @Test
    void shouldLeaveOutTheBucketThatTheStartOfTheWindowCuts() {
        final Pair pair = Pair.byBucket(flow("x", X), flow("y", Y), DAYS);
        reader.readPair(pair, Window.sliding(Duration.ofHours(83)), END, reading);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {3, 5, 6}, new long[] {4, 3, 5}));
        assertEquals(72.0 / 83, reading.coverage());
    }

    @Test
    void shouldCountABucketWithoutEventsAsZeroOnlyInsideLife() {
        final FlowSeries x = engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0));
        final FlowSeries y =
                engine.defineFlow(SeriesDefinition.flow("y", Unit.COUNT, 0).withLifeStart(2 * DAY_NS));
        offer(x, DAY_NS, 6);
        offer(x, 3 * DAY_NS - 1, 3);
        offer(y, 4 * DAY_NS, 9);
        // Days 2 to 6: x = 0, 3, 0, 0, 0 and y = 0, 0, 9, 0, 0.
        read(Pair.byBucket(x, y, DAYS), days(6), END);
        assertEquals(5, reading.weight());
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, -27.0 / 20);
        assertAnswer(PairMetric.CORRELATION, Status.PARTIAL, -0.25);
        assertAnswer(PairMetric.BETA, Status.PARTIAL, -0.75);
        assertEquals(4.0 / 6, reading.coverage());
        read(Pair.byBucket(x, y, DAYS), days(4), END);
        assertAnswer(PairMetric.CORRELATION, Status.OK, -1.0 / 3);
    }

    @Test
    void shouldTakeWholePeriodsOfACalendar() {
        final FlowSeries x = engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0));
        final FlowSeries y = engine.defineFlow(SeriesDefinition.flow("y", Unit.COUNT, 0));
        final String[] instants = {
            "2025-01-01T00:00-05:00",
            "2025-02-28T23:59:59.999999999-05:00",
            "2025-03-01T00:00-05:00",
            "2025-03-31T23:59-04:00",
            "2025-04-01T00:00-04:00",
        };
        for (int i = 0; i < instants.length; i++) {
            offer(x, Instants.parse(instants[i]), 1L << i);
            offer(y, Instants.parse(instants[i]), i * i);
        }
        final Pair pair = Pair.byBucket(x, y, Bucket.of(CalendarPeriod.MONTH, NEW_YORK));
        final Window year = Window.toDate(CalendarPeriod.YEAR, NEW_YORK);
        // January 1 and 0, February 2 and 1, March 4 + 8 and 4 + 9; April has only begun.
        read(pair, year, Instants.parse("2025-04-01T00:00-04:00"));
        assertAnswer(PairMetric.COVARIANCE, Status.OK, cov(new long[] {1, 2, 12}, new long[] {0, 1, 13}));
        read(pair, year, Instants.parse("2025-04-16T00:00-04:00"));
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {1, 2, 12}, new long[] {0, 1, 13}));
        assertEquals((90 * 24 - 1.0) / (105 * 24 - 1), reading.coverage());
        read(pair.withLagBuckets(1), year, Instants.parse("2025-04-01T00:00-04:00"));
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {1, 2}, new long[] {1, 13}));
        read(pair.withLagBuckets(-1), year, Instants.parse("2025-04-01T00:00-04:00"));
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {2, 12}, new long[] {0, 1}));
    }

    @Test
    void shouldPairTheLevelAtTheEndOfABucketWithItsEvents() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
        final FlowSeries licences = flow("licences", X);
        offer(rate, DAY_NS + 1, 10_00);
        offer(rate, 3 * DAY_NS, 40_00);
        offer(rate, 4 * DAY_NS + 7, Decimals.UNKNOWN);
        offer(rate, 6 * DAY_NS - 1, 30_00);
        // Days 2 to 6: 10, 40, 40, unknown, 30 against 2, 4, 3, 5, 6; on day 1 the level is not known yet.
        final Pair pair = Pair.byBucket(rate, licences, DAYS);
        read(pair, days(6), END);
        assertEquals(4, reading.weight());
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {10, 40, 40, 30}, new long[] {2, 4, 3, 6}));
        assertEquals(4.0 / 6, reading.coverage());
        // With a lag of a day, the rates 10, 40, 40 against 4, 3, 5.
        read(pair.withLagBuckets(1), days(6), END);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {10, 40, 40}, new long[] {4, 3, 5}));
        read(Pair.byBucket(licences, rate, DAYS).withLagBuckets(-1), days(6), END);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {10, 40, 40}, new long[] {4, 3, 5}));
    }

    @Test
    void shouldWeighOnlyTheTimeInWhichBothLevelsAreKnown() {
        final StepSeries x = engine.defineStep(SeriesDefinition.step("x", Unit.PERCENT, 0));
        final StepSeries y = engine.defineStep(SeriesDefinition.step("y", Unit.PERCENT, 1));
        offer(x, -100, 4);
        offer(y, 10, 10);
        offer(x, 20, 8);
        offer(y, 50, Decimals.UNKNOWN);
        offer(y, 90, 30);
        // (4, 1) for 10 ns, (8, 1) for 30 ns, (8, 3) for 10 ns.
        read(Pair.asOf(x, y), Window.slidingNs(100), 100);
        assertEquals(50, reading.weight());
        assertEquals(0.5, reading.coverage());
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 0.32);
        assertAnswer(PairMetric.BETA, Status.PARTIAL, 0.125);
        assertAnswer(PairMetric.CORRELATION, Status.PARTIAL, 0.25);
        read(Pair.asOf(x, y), Window.last(2), 100);
        assertEquals(10, reading.weight());
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 0);
        assertAnswer(PairMetric.CORRELATION, Status.UNDEFINED, Double.NaN);
        assertAnswer(PairMetric.BETA, Status.UNDEFINED, Double.NaN);
        read(Pair.asOf(y, x), Window.last(3), 100);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 0.32);
    }

    @Test
    void shouldSeeNothingAfterTheInstantWithAnyLag() {
        final StepSeries x = step("x", X);
        final StepSeries y = step("y", Y);
        for (final int lag : new int[] {-2, -1, 0, 1, 2}) {
            final Pair pair = Pair.asOf(x, y).withLag(DAY.multipliedBy(lag));
            read(pair, days(3), END + 17);
            final long weight = reading.weight();
            final double covariance = reading.value(PairMetric.COVARIANCE);
            final long pending = END + 18 + Math.abs(lag);
            offer(x, pending, 1000 + lag);
            offer(y, pending, 2000 - lag);
            read(pair, days(3), END + 17);
            assertEquals(weight, reading.weight());
            assertEquals(covariance, reading.value(PairMetric.COVARIANCE), "lag=" + lag);
            assertTrue(weight > 0);
        }
    }

    @Test
    void shouldKnowALevelForItsHeartbeatOnly() {
        final StepSeries x =
                engine.defineStep(SeriesDefinition.step("x", Unit.PERCENT, 0).withHeartbeat(Duration.ofNanos(30)));
        final StepSeries y = engine.defineStep(SeriesDefinition.step("y", Unit.PERCENT, 0));
        offer(y, 0, 1);
        offer(y, 80, 2);
        offer(x, 0, 1);
        offer(x, 50, 2);
        read(Pair.asOf(x, y), Window.slidingNs(100), 100);
        assertEquals(80, reading.weight(), "borne out at 50, known up to 80");
        read(Pair.asOf(x, y).withLag(Duration.ofNanos(40)), Window.slidingNs(60), 100);
        assertEquals(60, reading.weight(), "x from 0 to 60, and all of it known as seen from 100");
        final FlowSeries flow =
                engine.defineFlow(SeriesDefinition.flow("flow", Unit.COUNT, 0).withLifeStart(0));
        read(Pair.byBucket(x, flow, Bucket.of(Duration.ofNanos(10))), Window.slidingNs(100), 100);
        assertEquals(7, reading.weight(), "known at 10 to 70, no more at 80");
    }
}
