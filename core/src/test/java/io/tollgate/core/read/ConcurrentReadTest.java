package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.Witnesses;
import io.tollgate.core.oracle.Oracle;
import io.tollgate.core.oracle.Twin;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads read while points are applied, and each answer is that of a prefix of the points. Point k has the value k and
 * the time k. So each prefix has a closed form, and the count identifies it.
 */
class ConcurrentReadTest {
    private static final int POINT_COUNT = 12_000;
    private static final long END = 20_000;
    private static final Window.Sliding WHOLE = Window.slidingNs(END);
    private static final Window.Sliding RECENT = Window.slidingNs(END - 10_000);
    private static final Window LATEST = Window.last(500);
    private static final BigInteger DAY_NS = BigInteger.valueOf(86_400_000_000_000L);

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.EVENT));

    @AutoClose
    private final Witnesses witnesses = new Witnesses(engine, 0, POINT_COUNT);

    /** Reads once, checks the answer, and returns the number of points seen. */
    private interface Look {
        long at(TestReader reader);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowAPrefixOfALevelThatGrows(final boolean isRegistered) throws Exception {
        final SeriesDefinition plain = SeriesDefinition.step("level", Unit.COUNT, 0);
        final StepSeries level = engine.defineStep(isRegistered ? plain.withWindows(WHOLE, RECENT) : plain);
        witnesses.begin(sight(reader -> checkLevel(reader, level)), sight(reader -> checkRecent(reader, level)));
        offerAll(level, true);
        assertEquals(POINT_COUNT, checkLevel(new TestReader(engine.newReader()), level));
        assertEquals(POINT_COUNT, checkRecent(new TestReader(engine.newReader()), level));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowAPrefixOfEventsThatArriveBackwards(final boolean isRegistered) throws Exception {
        final SeriesDefinition plain = SeriesDefinition.flow("events", Unit.COUNT, 0);
        final FlowSeries events = engine.defineFlow(isRegistered ? plain.withWindows(WHOLE) : plain);
        witnesses.begin(sight(reader -> checkEvents(reader, events)), sight(reader -> checkEvents(reader, events)));
        offerAll(events, false);
        assertEquals(POINT_COUNT, checkEvents(new TestReader(engine.newReader()), events));
    }

    @Test
    void shouldShowEitherTheOldOrTheNewValueOfARevisedLevel() throws Exception {
        final StepSeries level = engine.defineStep(
                SeriesDefinition.step("revised", Unit.COUNT, 0).withWindows(WHOLE));
        // The level v begins at 1 and again at 2. Then the second point is revised to the next value of the first.
        engine.awaitApplied(engine.publisher().offer(level, 1, 1));
        witnesses.begin(sight(reader -> checkRevised(reader, level)), sight(reader -> checkRevised(reader, level)));
        for (int k = 2; k <= POINT_COUNT; k++) {
            acknowledge(k, Twin.offer(engine, level, 1, k, Instants.NONE, k));
        }
        witnesses.finish();
        assertEquals(POINT_COUNT, checkRevised(new TestReader(engine.newReader()), level));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowWholeEventsThatArriveInAnyOrder(final boolean isRegistered) throws Exception {
        final long seed = TestSeed.of("concurrent reads");
        final SeriesDefinition plain = SeriesDefinition.flow("any-order", Unit.COUNT, 0);
        final FlowSeries events = engine.defineFlow(isRegistered ? plain.withWindows(WHOLE) : plain);
        final Random random = new Random(seed);
        witnesses.begin(sight(reader -> checkThrees(reader, events)), sight(reader -> checkThrees(reader, events)));
        for (int i = 1; i <= POINT_COUNT; i++) {
            acknowledge(i, Twin.offer(engine, events, 1 + random.nextInt((int) END), 3, Instants.NONE, i));
        }
        witnesses.finish();
        assertEquals(POINT_COUNT, checkThrees(new TestReader(engine.newReader()), events), () -> "seed=" + seed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRankAndScoreTheEventsOfAPrefix(final boolean isAscending) throws Exception {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("ranked", Unit.COUNT, 0));
        witnesses.begin(
                sight(reader -> checkRanks(reader, events, isAscending)),
                sight(reader -> checkRanks(reader, events, isAscending)));
        offerAll(events, isAscending);
    }

    /**
     * Each registration discards the states of the series, and new ones are made. One registration recomputes all its
     * summaries.
     */
    @Test
    void shouldShowWholeEventsWhileWindowsAreRegistered() throws Exception {
        final long seed = TestSeed.of("registering while reading");
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("registered-later", Unit.COUNT, 0));
        final Random random = new Random(seed);
        witnesses.begin(sight(reader -> checkThrees(reader, events)), sight(reader -> checkTheLine(reader, events)));
        for (int i = 1; i <= POINT_COUNT; i++) {
            acknowledge(i, Twin.offer(engine, events, 1 + random.nextInt((int) END), 3, Instants.NONE, i));
            if (i % 1_000 == 0) {
                final WindowRegistration registration =
                        WindowRegistration.of("*").withWindows(Window.slidingNs(END + 1 - i / 1_000));
                engine.series().register(i == 1_000 ? registration.withShapes() : registration);
            }
        }
        witnesses.finish();
        assertEquals(POINT_COUNT, checkThrees(new TestReader(engine.newReader()), events), () -> "seed=" + seed);
        assertEquals(POINT_COUNT, checkTheLine(new TestReader(engine.newReader()), events), () -> "seed=" + seed);
    }

    @Test
    void shouldShareOutThePeriodsOfAPrefix() throws Exception {
        final FlowSeries periods = engine.defineFlow(
                SeriesDefinition.flow("periods", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofNanos(2))));
        witnesses.begin(sight(reader -> checkPeriods(reader, periods)), sight(reader -> checkPeriods(reader, periods)));
        offerAll(periods, true);
    }

    private void offerAll(final Series series, final boolean isAscending) throws Exception {
        for (int i = 1; i <= POINT_COUNT; i++) {
            final int k = isAscending ? i : POINT_COUNT + 1 - i;
            acknowledge(i, Twin.offer(engine, series, k, k, Instants.NONE, Publisher.NO_REFERENCE));
        }
        witnesses.finish();
    }

    private void acknowledge(final int count, final long ticket) throws Exception {
        if (count % 50 == 0 || count == POINT_COUNT) {
            engine.awaitApplied(ticket);
            witnesses.acknowledge(count);
        }
    }

    private LongSupplier sight(final Look look) {
        final TestReader reader = new TestReader(engine.newReader());
        return () -> look.at(reader);
    }

    private static long checkLevel(final TestReader reader, final StepSeries level) {
        final WindowReading reading = reader.newReading();
        final LevelReading current = reader.level(level, END);
        reader.read(level, WHOLE, END, reading);
        if (current.status() == Status.CONTENDED || reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long n = reading.count();
        assertTrue(current.status() == Status.EMPTY || current.scaledValue() == current.sinceNs());
        assertTrue(current.status() == Status.EMPTY || current.scaledValue() <= n, "read later, sees no less");
        if (n > 0) {
            final BigInteger integral = sum(n - 1).add(BigInteger.valueOf(n * (END - n)));
            assertValue(reading, Metric.SUM, integral, DAY_NS);
            assertValue(reading, Metric.MEAN, integral, BigInteger.valueOf(END - 1));
            assertValue(reading, Metric.COVERAGE, BigInteger.valueOf(END - 1), BigInteger.valueOf(END));
            assertEnds(reading, 1, n, 1, n);
        } else {
            assertEquals(Status.EMPTY, reading.status(Metric.SUM));
        }
        return n;
    }

    /** The window begins in the middle of the points. It has a carried-in value and the points after it. */
    private static long checkRecent(final TestReader reader, final StepSeries level) {
        final WindowReading reading = reader.window(level, RECENT, END);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long start = END - RECENT.lengthNs();
        final boolean isEmpty = reading.count() == 0 && !reading.hasCarriedIn();
        if (isEmpty) {
            return 0;
        }
        final long carried = reading.carriedInSinceNs();
        assertEquals(carried, (long) reading.carriedInValue());
        assertTrue(reading.count() == 0 ? carried <= start : carried == start, "carriedInSince=" + carried);
        final long n = carried + reading.count();
        final long before = Math.min(start, n);
        final BigInteger integral = n <= start
                ? BigInteger.valueOf(n).multiply(BigInteger.valueOf(RECENT.lengthNs()))
                : sum(n - 1).subtract(sum(before - 1)).add(BigInteger.valueOf(n * (END - n)));
        assertValue(reading, Metric.MEAN, integral, BigInteger.valueOf(RECENT.lengthNs()));
        assertEnds(reading, before, n, before, n);
        return n;
    }

    private static long checkEvents(final TestReader reader, final FlowSeries events) {
        final WindowReading reading = reader.window(events, WHOLE, END);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long n = reading.count();
        if (n > 0) {
            final long lowest = POINT_COUNT + 1 - n;
            final BigInteger total = sum(POINT_COUNT).subtract(sum(lowest - 1));
            assertValue(reading, Metric.SUM, total, BigInteger.ONE);
            assertValue(reading, Metric.MEAN, total, BigInteger.valueOf(n));
            assertValue(reading, Metric.COVERAGE, BigInteger.valueOf(END - lowest), BigInteger.valueOf(END));
            assertEnds(reading, lowest, POINT_COUNT, lowest, POINT_COUNT);
        }
        if (n > 1) {
            // This is the sample variance of n consecutive integers.
            assertValue(reading, Metric.VARIANCE, BigInteger.valueOf(n * (n + 1)), BigInteger.valueOf(12));
        }
        return n;
    }

    /** The values are consecutive integers: the last 500, or all if they arrive backwards. */
    private static long checkRanks(final TestReader reader, final FlowSeries events, final boolean isAscending) {
        final Metric ranked = Metric.quantile(0.25, QuantileMethod.NEAREST_RANK);
        final WindowReading reading = reader.newReading(Metric.MEDIAN, ranked, Metric.ZSCORE);
        reader.read(events, isAscending ? LATEST : WHOLE, END, reading);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long n = reading.count();
        if (n > 0) {
            final long lowest = (long) reading.value(Metric.MIN);
            assertValue(reading, Metric.MEDIAN, BigInteger.valueOf(2 * lowest + n - 1), BigInteger.TWO);
            assertEquals(lowest + (n + 3) / 4 - 1, reading.value(ranked));
        }
        if (n > 2) {
            // The newest is n / 2 above the mean of the n - 1 before it, whose variance is n (n - 1) / 12.
            assertEquals(Math.sqrt(3.0 * n / (n - 1)), reading.value(Metric.ZSCORE), 1e-14);
        }
        return isAscending ? (long) reading.value(Metric.MAX) : n;
    }

    /** Amounts of two instants each: the last whole ones, and half of the one that the window cuts. */
    private long checkPeriods(final TestReader reader, final FlowSeries periods) {
        final WindowReading reading = reader.newReading(ReadOptions.DEFAULT.withProRata());
        final long at = witnesses.acknowledged() + 100;
        final long start = at - 200;
        reader.read(periods, Window.slidingNs(200), at, reading);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        if (reading.count() == 0) {
            return 0;
        }
        final long n = (long) reading.value(Metric.MAX);
        final long lowest = Math.max(1, start + 2);
        assertEquals(n + 1 - lowest, reading.count());
        final BigInteger whole = sum(n).subtract(sum(lowest - 1));
        final BigInteger half = BigInteger.valueOf(Math.max(0, start + 1));
        assertValue(reading, Metric.SUM, whole.shiftLeft(1).add(half), BigInteger.TWO);
        assertValue(reading, Metric.COVERAGE, BigInteger.valueOf(n - Math.max(-1, start)), BigInteger.valueOf(200));
        return n;
    }

    /** Every event is a three. */
    private static long checkThrees(final TestReader reader, final FlowSeries events) {
        final WindowReading reading = reader.window(events, WHOLE, END);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long n = reading.count();
        if (n > 0) {
            assertValue(reading, Metric.SUM, BigInteger.valueOf(3 * n), BigInteger.ONE);
            assertEnds(reading, 3, 3, 3, 3);
        }
        if (n > 1) {
            assertValue(reading, Metric.VARIANCE, BigInteger.ZERO, BigInteger.ONE);
        }
        return n;
    }

    /** Every event is a three, so the least-squares line is flat and the skew is zero. */
    private static long checkTheLine(final TestReader reader, final FlowSeries events) {
        final WindowReading reading = reader.newReading(Metric.SLOPE, Metric.INTERCEPT, Metric.SKEW);
        reader.read(events, WHOLE, END, reading);
        if (reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        if (reading.count() > 2) {
            assertEquals(Status.UNDEFINED, reading.status(Metric.SKEW));
            assertTrue(reading.status(Metric.SLOPE) == Status.UNDEFINED || reading.value(Metric.SLOPE) == 0);
            assertTrue(reading.status(Metric.INTERCEPT) == Status.UNDEFINED || reading.value(Metric.INTERCEPT) == 3);
        }
        return reading.count();
    }

    private static long checkRevised(final TestReader reader, final StepSeries level) {
        final WindowReading reading = reader.newReading();
        final LevelReading current = reader.newLevelReading();
        reader.read(level, WHOLE, END, reading);
        reader.readLevel(level, END, current);
        if (current.status() == Status.CONTENDED || reading.status(Metric.COUNT) == Status.CONTENDED) {
            return -1;
        }
        final long n = (long) reading.value(Metric.LAST);
        assertEquals(1, reading.count());
        assertValue(reading, Metric.MEAN, BigInteger.valueOf(n), BigInteger.ONE);
        assertValue(reading, Metric.VARIANCE, BigInteger.ZERO, BigInteger.ONE);
        assertEnds(reading, n, n, n, n);
        assertFalse(current.scaledValue() < n, "read later, sees no less");
        assertTrue(current.scaledValue() == 1 || current.reference() == current.scaledValue(), "value and reference");
        return n;
    }

    private static void assertEnds(
            final WindowReading reading, final long min, final long max, final long first, final long last) {
        assertEquals(min, reading.value(Metric.MIN));
        assertEquals(max, reading.value(Metric.MAX));
        assertEquals(first, reading.value(Metric.FIRST));
        assertEquals(last, reading.value(Metric.LAST));
        assertEquals(last - first, reading.value(Metric.DELTA));
    }

    private static void assertValue(
            final WindowReading reading,
            final Metric metric,
            final BigInteger numerator,
            final BigInteger denominator) {
        final double expected = Oracle.toDouble(numerator, denominator);
        assertEquals(expected, reading.value(metric), () -> metric + " count=" + reading.count());
    }

    private static BigInteger sum(final long n) {
        return BigInteger.valueOf(n).multiply(BigInteger.valueOf(n + 1)).shiftRight(1);
    }
}
