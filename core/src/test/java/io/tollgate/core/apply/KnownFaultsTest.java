package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.number.CrossMoments;
import io.tollgate.core.number.CrossQuotients;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Defects of rolling windows that users of other libraries reported, each with the data of its report. Each row is at
 * the next instant, so a window of n rows is one of n ns. The window is registered, so it adds and subtracts points
 * like those libraries.
 */
class KnownFaultsTest {
    private static final long NO_EVENT = Long.MIN_VALUE;

    private static final Metric[] METRICS = {
        Metric.COUNT,
        Metric.SUM,
        Metric.MEAN,
        Metric.VARIANCE,
        Metric.SD,
        Metric.MIN,
        Metric.MAX,
        Metric.SKEW,
        Metric.KURTOSIS
    };

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));

    private final TestReader reader = new TestReader(engine.newReader());
    private final WindowReading reading = reader.newReading(METRICS);
    private int seriesCount;

    /** pandas returned 0.0 in the last row. The third row is NaN, so it has no event. */
    @Test
    void pandas28244() {
        final FlowSeries series = flow(4, 5);
        final long[] values = {9_540_000_000_000L, 6_225, NO_EVENT, 0, 11_400, 0};
        roll(series, 5, Metric.SD, values);
        assertEquals(4, reading.count());
        assertEquals(0.551, reading.value(Metric.SD), 0.0005);
        assertSameAsFresh(4, 5, values);
    }

    /** pandas returned 4E-6 in all rows after the tenth. */
    @Test
    void pandas42064() {
        final long[] values = new long[1_000];
        values[0] = 1_000;
        final double[] deviations = roll(flow(0, 10), 10, Metric.SD, values);
        assertEquals(Math.sqrt(100_000), deviations[9]);
        for (int row = 10; row < values.length; row++) {
            assertEquals(0.0, deviations[row]);
        }
    }

    /**
     * pandas returned -5.5E-48 in the last rows. Nine decimal places cannot hold such small numbers. So a unit is 1E-26
     * here, and a number below 1E-47 is 0.
     */
    @Test
    void pandas52407() {
        final long[] values = {0, 0, 316_188_252, 29_578_165_100L, 0, 0, 0, 0, 0, 0};
        final double[] variances = roll(flow(0, 3), 3, Metric.VARIANCE, values);
        final double[] expected = {3.33250036E-36, 2.88538519E-32, 2.88538519E-32, 2.91622617E-32, 0, 0, 0, 0};
        for (int row = 2; row < values.length; row++) {
            assertEquals(expected[row - 2] * 1E52, variances[row], expected[row - 2] * 1E52 * 2E-9, "row=" + row);
        }
    }

    /** pandas returned 10.0 for the second event of 02:00, because the sum included the first event of that instant. */
    @Test
    void pandas20712() {
        final Window window = Window.sliding(Duration.ofHours(4), Closed.LEFT);
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("twice", Unit.COUNT, 0));
        final long start = Instants.parse("2011-01-01T00:00Z");
        final long hour = Duration.ofHours(1).toNanos();
        final double[] sums = {Double.NaN, 1, 6, 15, 28};
        for (int event = 0; event < 10; event++) {
            final long at = start + event / 2 * hour;
            put(series, at, event);
            reader.read(series, window, at, reading);
            assertEquals(event / 2 * 2, reading.count());
            assertEquals(sums[event / 2], reading.value(Metric.SUM), "event=" + event);
        }
    }

    /** pandas returned 1.29E-8 for five equal numbers. */
    @Test
    void pandas46049() {
        final long[] values = {
            -3, -3, -4, -5, -4, -3, -4, -4, -3, -4, -3, -4, -3, -2, -2, -3, -2, -2, -3, -3, -4, -4, -4, -4, -4, -5, -5,
            -5, -5, -5
        };
        final double[] deviations = roll(flow(0, 5), 5, Metric.SD, values);
        assertEquals(0.0, deviations[values.length - 1]);
    }

    /** pandas returned 0.0 in the last row, and for all numbers of that size after the large ones. */
    @Test
    void pandas54518() {
        final long[] values = {1_200, 130_000_000_000_000_000L, 150_000_000_000_000_000L, 1_995, 1_990};
        final double[] deviations = roll(flow(0, 2), 2, Metric.SD, values);
        assertEquals(9.192388E16, deviations[1], 5E9);
        assertEquals(1.414214E16, deviations[2], 5E9);
        assertEquals(1.060660E17, deviations[3], 5E10);
        assertEquals(Math.sqrt(12.5), deviations[4]);
    }

    /** pandas returned 100 on the first day. One of its two events was outside the open end, the other one inside. */
    @Test
    void pandas23335() {
        final Window window = Window.sliding(Duration.ofDays(90), Closed.NEITHER);
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("amount", Unit.COUNT, 0));
        final long june = Instants.parse("2016-06-30T00:00Z");
        final long august = Instants.parse("2016-08-09T00:00Z");
        put(series, june, 100);
        put(series, june, 200);
        put(series, august, 10);
        reader.read(series, window, june, reading);
        assertEquals(0, reading.count());
        assertEquals(Status.EMPTY, reading.status(Metric.MAX));
        reader.read(series, window, august, reading);
        assertEquals(300.0, reading.value(Metric.SUM));
    }

    /** pandas returned a skew of 11,719 and an excess kurtosis of -4.5E10. */
    @Test
    void pandas47461() {
        final long[] small = new long[36];
        Arrays.fill(small, -2);
        small[13] = 2;
        final long[] large = {
            7_729_964_027L, 7_729_965_641L, 7_729_965_103L, 7_729_966_179L, 7_729_968_330L, 7_729_969_406L,
            7_729_971_020L, 7_729_969_406L, 7_729_969_944L, 7_729_969_406L, 7_729_969_406L, 7_729_969_944L,
            7_729_971_558L, 7_729_972_633L, 7_729_973_171L, 7_729_973_171L, 7_729_973_171L, 7_729_969_406L
        };
        final long[] values =
                LongStream.concat(Arrays.stream(small), Arrays.stream(large)).toArray();
        final FlowSeries series = flow(0, 10);
        roll(series, 10, Metric.SKEW, values);
        assertEquals(0.16889762763904356, reading.value(Metric.SKEW), 1E-12);
        assertEquals(-2.198110595961745, reading.value(Metric.KURTOSIS), 1E-12);
        assertSameAsFresh(0, 10, values);
    }

    /** pandas returned NaN for the correlation of the last row, and -5.9E7 for the covariance. */
    @Test
    void pandas66678() {
        final long trillion = 1_000_000_000_000L;
        final long[] x = {1, 2, trillion, 10_000_000, 6, 5, 8, 7};
        final long[] y = {2, 1, 3, -trillion, 4, 7, 6, 9};
        final CrossMoments moments = new CrossMoments();
        for (int row = 0; row < x.length; row++) {
            moments.add(1, x[row], y[row]);
            if (row >= 3) {
                moments.subtract(1, x[row - 3], y[row - 3]);
            }
        }
        final CrossQuotients quotients = new CrossQuotients();
        assertEquals(-1.0 / 3, quotients.covariance(moments, 1, 0, 0));
        assertEquals(-1.0 / 7, quotients.correlation(moments));
    }

    /**
     * Polars returned 50 negative variances among 1,000 over 20 rows, and NaN for their roots. The file of the report
     * is not available. Instead, prices alternately move and stay, so that large values leave while small ones stay.
     */
    @Test
    void polars4301() {
        final Random random = new Random(TestSeed.of("prices"));
        final long[] values = new long[1_000];
        long price = 30_000_000_000_000L;
        for (int row = 0; row < values.length; row++) {
            final boolean isMoving = row % 100 < 30;
            price += isMoving ? random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L) : random.nextInt(2);
            values[row] = price;
        }
        final FlowSeries series = flow(9, 20);
        final double[] variances = roll(series, 20, Metric.VARIANCE, values);
        for (int row = 1; row < values.length; row++) {
            assertTrue(variances[row] >= 0, "row=" + row + " variance=" + variances[row]);
        }
        assertSameAsFresh(9, 20, values);
    }

    /** Polars returned 45.25 for three equal numbers. */
    @Test
    void polars9383() {
        final long[] values = {
            1_574_669_000,
            1_574_669_000,
            1_976_946_000,
            2_313_781_000L,
            2_313_781_000L,
            2_295_767_000L,
            2_295_767_000L,
            2_306_270_000L,
            2_306_270_000L,
            2_257_469_000L,
            2_219_556_000L,
            2_219_556_000L,
            2_169_984_000L,
            2_169_984_000L,
            2_820_376_000L,
            2_820_376_000L,
            2_820_376_000L
        };
        final double[] deviations = roll(flow(0, 3), 3, Metric.SD, values);
        assertEquals(2.3225E8, deviations[2], 5E3);
        assertEquals(0.0, deviations[values.length - 1]);
    }

    /** Polars returned different maxima, 0 and 1, for the two events of one instant. */
    @Test
    void polars11150() {
        final FlowSeries series = flow(0, 24);
        put(series, 0, 0);
        put(series, 0, 1);
        reader.read(series, Window.slidingNs(24), 0, reading);
        assertEquals(1.0, reading.value(Metric.MAX));
        assertEquals(2, reading.count());
    }

    /** Polars returned 6.51E-4 in the last row for ten equal numbers. */
    @Test
    void polars12905() {
        final long[] values = new long[10];
        Arrays.fill(values, 367_436);
        for (final double deviation : Arrays.copyOfRange(roll(flow(1, 12), 12, Metric.SD, values), 1, 10)) {
            assertEquals(0.0, deviation);
        }
    }

    /** Polars returned a variance of 1.93E-15 in the sixth row, then -7.09E-17, and NaN for the root. */
    @Test
    void polars21677() {
        final long[] values = {10_000_000, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        final double[] variances = roll(flow(7, 5), 5, Metric.VARIANCE, values);
        assertEquals(0.2, variances[4], 1E-7);
        assertEquals(2E-15, variances[5]);
        for (int row = 6; row < values.length; row++) {
            assertEquals(0.0, variances[row]);
        }
        assertEquals(0.0, reading.value(Metric.SD));
    }

    /** pandas returned NaN for both in the last rows after rows of NaN, although the last windows have no gap. */
    @Test
    void pandas69037() {
        roll(flow(0, 3), 3, Metric.SKEW, 5, NO_EVENT, NO_EVENT, 2, 4, 6);
        assertEquals(0.0, reading.value(Metric.SKEW));
        roll(flow(0, 4), 4, Metric.KURTOSIS, 5, NO_EVENT, NO_EVENT, NO_EVENT, 2, 4, 6, 9);
        assertEquals(-0.416106, reading.value(Metric.KURTOSIS), 5E-7);
    }

    /**
     * Polars returned -2.74 for a kurtosis of -0.587, also in later rows. The report uses the biased estimator, this
     * test the unbiased one.
     */
    @Test
    void polars28290() {
        final long[] pattern = {10, -20, 15, 5, -10, 20, 10, -30, 0, 10};
        final long[] values = new long[31];
        values[0] = 5_000_000;
        for (int row = 1; row < values.length; row++) {
            values[row] = pattern[(row - 1) % pattern.length];
        }
        final FlowSeries series = flow(3, 10);
        roll(series, 10, Metric.SKEW, values);
        assertEquals(9.0 / 56 * (11 * -0.5868945868945872 + 6), reading.value(Metric.KURTOSIS), 1E-14);
        assertSameAsFresh(3, 10, values);
    }

    /**
     * TA-Lib returned a negative variance, and NaN for its root, in 1,503 of 2,020 rows of a flat stretch after a noisy
     * one.
     */
    @Test
    void taLib202() {
        final Random random = new Random(TestSeed.of("noise"));
        final long[] values = new long[2_068];
        for (int row = 0; row < values.length; row++) {
            values[row] = row < 500 ? 32_000 + random.nextInt(2_000) : 32_017;
        }
        final double[] variances = roll(flow(9, 49), 49, Metric.VARIANCE, values);
        for (int row = 48; row < values.length; row++) {
            assertTrue(row < 548 ? variances[row] > 0 : variances[row] == 0, "row=" + row + " " + variances[row]);
        }
    }

    /** ClickHouse returned -137,438,950,000. */
    @Test
    void clickHouse8688() {
        final double[] variances = roll(flow(0, 3), 3, Metric.VARIANCE, 1_000_000_000, 1_000_000_000, 1_000_000_000);
        assertEquals(0.0, variances[2]);
        assertEquals(1E9, reading.value(Metric.MEAN));
    }

    /** Defines a series with a registered window of so many rows. */
    private FlowSeries flow(final int scale, final int rows) {
        final String key = "rows." + seriesCount++;
        return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, scale)
                .withLifeStart(-rows)
                .withWindows(Window.slidingNs(rows)));
    }

    /** Offers the rows in order, reads the window at each row, and returns the values of a metric. */
    private double[] roll(final FlowSeries series, final int rows, final Metric metric, final long... values) {
        final double[] answers = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            if (values[row] != NO_EVENT) {
                put(series, row, values[row]);
            }
            reader.read(series, Window.slidingNs(rows), row, reading);
            answers[row] = reading.value(metric);
        }
        return answers;
    }

    private void put(final FlowSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
    }

    /** Requires the last window to equal, bit for bit, the same window without earlier rows. */
    private void assertSameAsFresh(final int scale, final int rows, final long... values) {
        final FlowSeries fresh = flow(scale, rows);
        for (int row = values.length - rows; row < values.length; row++) {
            if (values[row] != NO_EVENT) {
                put(fresh, row, values[row]);
            }
        }
        final WindowReading expected = reader.newReading(METRICS);
        reader.read(fresh, Window.slidingNs(rows), values.length - 1, expected);
        for (final Metric metric : METRICS) {
            assertEquals(expected.status(metric), reading.status(metric), metric.text());
            assertEquals(expected.value(metric), reading.value(metric), metric.text());
        }
    }
}
