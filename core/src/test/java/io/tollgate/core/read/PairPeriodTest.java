package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.PairFixture;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of series whose points represent periods, and the periods of each bucket. */
class PairPeriodTest extends PairFixture {
    @Test
    void shouldPutAPeriodIntoTheBucketThatItEndsWith() {
        final FlowSeries events = engine.defineFlow(
                SeriesDefinition.flow("events", Unit.COUNT, 0).withLifeStart(Instants.parse("2025-01-01T00:00-05:00")));
        final FlowSeries tonnes = engine.defineFlow(SeriesDefinition.flow("tonnes", Unit.COUNT, 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, NEW_YORK)));
        final String[] months = {
            "2025-01-01T00:00-05:00",
            "2025-02-01T00:00-05:00",
            "2025-03-01T00:00-05:00",
            "2025-04-01T00:00-04:00",
            "2025-05-01T00:00-04:00",
        };
        for (int i = 0; i < 4; i++) {
            offer(events, Instants.parse(months[i]), new long[] {1, 2, 4, 3}[i]);
        }
        // Each amount is booked at the end of its month, and March has none.
        offer(tonnes, Instants.parse(months[1]), 10);
        offer(tonnes, Instants.parse(months[2]), 30);
        offer(tonnes, Instants.parse(months[4]), 20);
        final Pair pair = Pair.byBucket(events, tonnes, Bucket.of(CalendarPeriod.MONTH, NEW_YORK));
        read(pair, Window.since(Instants.parse(months[0])), Instants.parse(months[4]));
        assertEquals(3, reading.weight());
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(new long[] {1, 2, 3}, new long[] {10, 30, 20}));
        assertEquals((120 * 24 - 1 - (31 * 24 - 1)) / (120 * 24 - 1.0), reading.coverage());
        read(pair, Window.since(Instants.parse(months[0])), Instants.parse(months[2]));
        assertAnswer(PairMetric.COVARIANCE, Status.OK, cov(new long[] {1, 2}, new long[] {10, 30}));
        read(pair, Window.since(Instants.parse(months[0])), Instants.parse(months[4]) - 1);
        assertEquals(2, reading.weight(), "a booking at the same instant is not known yet");
        read(
                Pair.byBucket(events, tonnes, Bucket.of(CalendarPeriod.QUARTER, NEW_YORK)),
                Window.since(Instants.parse(months[0])),
                Instants.parse(months[4]));
        assertEquals(1, reading.weight());
        assertEquals((59 * 24.0) / (120 * 24 - 1), reading.coverage(), "a quarter with two reported months");
    }

    /** If a window excludes its end, an amount booked there is in none of its buckets and sums. */
    @ParameterizedTest
    @CsvSource({"RIGHT, 7 11 50", "BOTH, 7 11 50", "LEFT, 7 11", "NEITHER, 11"})
    void shouldPairThePeriodsThatTheWindowHas(final Closed closed, final String values) {
        final FlowSeries tonnes = engine.defineFlow(
                SeriesDefinition.flow("tonnes", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofDays(1))));
        for (int i = 0; i < 6; i++) {
            offer(tonnes, (i + 5) * DAY_NS, new long[] {1, 2, 4, 7, 11, 50}[i]);
        }
        final long[] paired =
                Stream.of(values.split(" ")).mapToLong(Long::parseLong).toArray();
        final Window window = Window.sliding(Duration.ofDays(3), closed);
        read(Pair.byBucket(tonnes, tonnes, DAYS), window, 10 * DAY_NS);
        assertEquals(paired.length, reading.weight());
        assertEquals(paired.length / 3.0, reading.coverage());
        if (closed == Closed.NEITHER) {
            assertEquals(Status.INSUFFICIENT, reading.status(PairMetric.COVARIANCE), "one day lies whole inside");
            return;
        }
        assertAnswer(PairMetric.COVARIANCE, closed.includesEnd() ? Status.OK : Status.PARTIAL, cov(paired, paired));
        final WindowReading sum = reader.newReading(Metric.SUM, Metric.COVERAGE);
        reader.read(tonnes, window, 10 * DAY_NS, sum);
        assertEquals(LongStream.of(paired).sum(), sum.value(Metric.SUM));
        assertEquals(sum.value(Metric.COVERAGE), reading.coverage());
    }

    @Test
    void shouldSkipAMonthThatIsBookedAtTheExcludedEndOfTheWindow() {
        final FlowSeries tonnes = engine.defineFlow(SeriesDefinition.flow("tonnes", Unit.COUNT, 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, NEW_YORK)));
        final long start = Instants.parse("2025-01-01T00:00-05:00");
        final long end = Instants.parse("2025-04-01T00:00-04:00");
        offer(tonnes, Instants.parse("2025-02-01T00:00-05:00"), 10);
        offer(tonnes, Instants.parse("2025-03-01T00:00-05:00"), 30);
        offer(tonnes, end, 20);
        final Pair pair = Pair.byBucket(tonnes, tonnes, Bucket.of(CalendarPeriod.MONTH, NEW_YORK));
        read(pair, new Window.Sliding(end - start, Closed.BOTH), end);
        assertAnswer(PairMetric.COVARIANCE, Status.OK, 100);
        read(pair, new Window.Sliding(end - start, Closed.LEFT), end);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 200);
        read(pair, new Window.Sliding(end - start + 1, Closed.LEFT), end + 1);
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, 100);
    }

    /** With a lag of two days, the first buckets of y are before the first instant, or begin there. */
    @ParameterizedTest
    @CsvSource({"0, 7", "12, 8"})
    void shouldReadPeriodsFromTheBeginningOfTime(final int hours, final int expectedWeight) {
        final long halfDay = DAY_NS / 2;
        final long at = Instants.MIN + 9 * DAY_NS + Duration.ofHours(hours).toNanos();
        final FlowSeries x =
                engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0).withLifeStart(Instants.MIN));
        final FlowSeries y = engine.defineFlow(
                SeriesDefinition.flow("y", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofHours(12))));
        for (int i = 1; i < 18; i++) {
            offer(x, Instants.MIN + i * halfDay, i * i);
            offer(y, Instants.MIN + i * halfDay, i % 5);
        }
        final Pair pair = Pair.byBucket(x, y, DAYS).withLagBuckets(-2);
        read(pair, Window.sliding(Duration.ofDays(20), Closed.LEFT), at);
        assertEquals(expectedWeight, reading.weight());
        final long[] sumsX = new long[expectedWeight];
        final long[] sumsY = new long[expectedWeight];
        for (int i = 0; i < expectedWeight; i++) {
            // In half days: the buckets of x, and those of y two days before.
            final int first = (hours == 0 ? 4 : 3) + 2 * i;
            sumsX[i] = square(first) + square(first + 1);
            sumsY[i] = period(first - 3) + period(first - 2);
        }
        assertAnswer(PairMetric.COVARIANCE, Status.PARTIAL, cov(sumsX, sumsY));
    }

    private static long square(final int halfDays) {
        return halfDays < 18 ? halfDays * halfDays : 0;
    }

    private static long period(final int halfDays) {
        return halfDays > 0 ? halfDays % 5 : 0;
    }
}
