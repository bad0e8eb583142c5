package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.CusumChart;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.TestReader;
import io.tollgate.core.fixture.AllocationMeasurement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A quarter of a million reads of each kind allocate no byte on the reading thread. */
class ReadAllocationTest extends AllocationMeasurement {
    private static final Window AD_HOC = Window.slidingNs(1_234);
    private static final Metric[] SHAPES = Arrays.stream(BasicMetric.values())
            .filter(metric -> !TestReader.isOfSums(metric))
            .toArray(Metric[]::new);
    private static final Metric[] METRICS =
            Arrays.stream(BasicMetric.values()).filter(TestReader::isOfSums).toArray(Metric[]::new);
    private static final Window PAIR_WINDOW = Window.slidingNs(1_500);
    private static final PairMetric[] PAIR_METRICS = PairMetric.values();

    @Test
    void shouldAllocateNothingOnReadingARegisteredWindow() {
        fill();
        assertEquals(0, bytesOfReading(REGISTERED, 0, METRICS));
    }

    @Test
    void shouldAllocateNothingOnReadingAnAdHocWindow() {
        fill();
        assertEquals(0, bytesOfReading(AD_HOC, 0, METRICS));
    }

    @Test
    void shouldAllocateNothingOnReadingThePast() {
        fill();
        assertEquals(0, bytesOfReading(REGISTERED, 5_000, METRICS));
    }

    @Test
    void shouldAllocateNothingOnReadingShapes() {
        fill();
        assertEquals(0, bytesOfReading(AD_HOC, 0, SHAPES));
    }

    @Test
    void shouldAllocateNothingOnReadingQuantiles() {
        fill();
        final Metric[] quantiles = {Metric.MEDIAN, Metric.quantile(0.9, QuantileMethod.NEAREST_RANK)};
        assertEquals(0, bytesOfReading(AD_HOC, 0, quantiles));
        assertEquals(0, bytesOfReading(Window.last(40), 0, quantiles));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAllocateNothingOnReadingSignals(final boolean isHalfLife) {
        fill();
        final CusumChart chart = new CusumChart(
                BigDecimal.valueOf(1, 6),
                BigDecimal.valueOf(3, 6),
                BigDecimal.valueOf(5, 1),
                BigDecimal.TEN,
                CusumChart.Side.UPPER,
                CusumChart.Reset.ON_ALARM);
        final Window window = Window.slidingNs(2_000);
        assertEquals(
                0,
                bytesOfReading(
                        window, 0, Metric.ewma(isHalfLife ? new Decay.HalfLife(77) : new Decay.TimeConstant(900))));
        assertEquals(
                0,
                bytesOfReading(
                        window, 0, Metric.cusum(chart), Metric.cusumAlarms(chart), Metric.sinceCusumAlarm(chart)));
        final Baseline baseline = isHalfLife ? new Baseline.Earlier(1_000, 3) : Baseline.fixed("251.5");
        assertEquals(0, bytesOfReading(window, 0, Metric.ratioTo(baseline), Metric.poissonZ(baseline)));
    }

    @Test
    void shouldAllocateNothingOnReadingShapesFromTheTree() {
        engine.series().register(WindowRegistration.of("*").withShapes());
        fill();
        assertEquals(0, bytesOfReading(Window.since(time / 10), 0, SHAPES));
    }

    @Test
    void shouldAllocateNothingOnReadingWindowsOfOtherKinds() {
        fill();
        assertEquals(0, bytesOfReading(Window.last(100), 0, METRICS));
        assertEquals(0, bytesOfReading(Window.since(time / 2), 0, METRICS));
        assertEquals(0, bytesOfReading(Window.toDate(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai")), 0, METRICS));
        assertEquals(0, bytesOfReading(new Window.Sliding(777, Closed.BOTH), 0, METRICS));
    }

    /** Windows that cut months and quarters of two zones and periods of 30 days, in turn. */
    @Test
    void shouldAllocateNothingOnReadingPeriods() {
        final long day = 86_400_000_000_000L;
        final FlowSeries[] periods = {
            definePeriods(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai"))),
            definePeriods(ReportingPeriod.of(CalendarPeriod.QUARTER, ZoneId.of("America/New_York"))),
            definePeriods(ReportingPeriod.of(Duration.ofDays(30))),
            definePeriods(ReportingPeriod.of(Duration.ofDays(31))),
        };
        for (int i = 1; i <= 50; i++) {
            for (final FlowSeries series : periods) {
                publisher.offer(series, i * 30 * day, i);
            }
        }
        applyAll();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.windows(
                ReadOptions.DEFAULT.withProRata(),
                List.of(Window.sliding(Duration.ofDays(400)), Window.last(7)),
                Metric.CHANGES,
                Metric.RATE);
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            final long at = number % 1_500 * day;
            reading.read(periods[number % periods.length], at);
            final int window = number / 4 % 2;
            sum[0] += reading.status(window, Metric.RATE).hasValue() ? reading.value(window, Metric.RATE) : 1;
        }));
        assertTrue(sum[0] > 0);
    }

    private FlowSeries definePeriods(final ReportingPeriod period) {
        return engine.defineFlow(
                SeriesDefinition.flow("period." + period.code(), Unit.COUNT, 0).withPeriod(period));
    }

    @Test
    void shouldAllocateNothingOnReadingALevelThatRunsOut() {
        final StepSeries level = engine.defineStep(
                SeriesDefinition.step("heartbeat", Unit.PERCENT, 6).withHeartbeat(Duration.ofNanos(500)));
        for (int i = 0; i < 1_000; i++) {
            publisher.offer(level, i * 1_000L, i);
        }
        applyAll();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.window(AD_HOC, Metric.above("500"));
        final LevelReading current = reader.level();
        final int[] unknown = new int[1];
        assertEquals(0, bytesOfReads(number -> {
            reading.read(level, number);
            current.read(level, number);
            unknown[0] += current.status().hasValue() ? 0 : 1;
        }));
        assertTrue(unknown[0] >= READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingClosedSeries() {
        fill();
        final StepSeries next = engine.defineStep(SeriesDefinition.step("next", Unit.PERCENT, 0));
        engine.series().close(steps[0], LifeEnd.at(time + 50).followedBy(next));
        engine.series().close(flows[0], LifeEnd.at(time + 50));
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.windows(List.of(REGISTERED, AD_HOC), Metric.above("500"));
        final LevelReading level = reader.level();
        final LifeReading life = reader.life();
        final int[] ended = new int[1];
        assertEquals(0, bytesOfReads(number -> {
            final long at = time + number % 100;
            reading.read(steps[0], at);
            reading.read(flows[0], at);
            level.read(steps[0], at);
            life.read(number % 2 == 0 ? steps[0] : next);
            ended[0] += level.status().hasValue() ? 0 : 1;
        }));
        assertTrue(ended[0] >= READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingALevel() {
        fill();
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.level();
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            reading.read(steps[number % SERIES], time - number % 10_000);
            sum[0] += reading.value() + reading.sinceNs();
        }));
        assertTrue(sum[0] > 0);
    }

    @Test
    void shouldAllocateNothingOnReadingWhatIsPending() {
        fill();
        final MetricReader reader = engine.newReader();
        final PendingReading reading = reader.pending(5);
        final LevelReading level = reader.level();
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            final StepSeries series = steps[number % SERIES];
            final long at = time - number % 1_000;
            reading.read(number % 2 == 0 ? series : flows[number % SERIES], at);
            sum[0] += reading.count() > 0 ? reading.change(0) + reading.pipeline() : 1;
            level.read(series, at);
            sum[0] += level.countdownNs() > 0 ? level.pendingChange() + level.shareElapsed() : 1;
        }));
        assertTrue(sum[0] != 0);
    }

    @Test
    void shouldAllocateNothingOnReadingPairs() {
        fill();
        final MetricReader reader = engine.newReader();
        final Bucket months = Bucket.of(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai"));
        final Pair[] pairs = {
            Pair.asOf(steps[0], steps[1]).withLag(Duration.ofNanos(300)),
            Pair.byBucket(flows[0], flows[1], Bucket.of(Duration.ofNanos(250))),
            Pair.byBucket(steps[2], flows[2], Bucket.of(Duration.ofNanos(250))).withLagBuckets(-1),
            Pair.byBucket(flows[0], flows[1], months),
        };
        final PairReading[] readings =
                Arrays.stream(pairs).map(pair -> reader.pair(pair, PAIR_WINDOW)).toArray(PairReading[]::new);
        final LagReading scan = reader.lags(pairs[1], PAIR_WINDOW, LagRange.ofBuckets(-2, 2));
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            final PairReading reading = readings[number & 3].read(time - number % 100);
            for (final PairMetric metric : PAIR_METRICS) {
                sum[0] += reading.status(metric).hasValue() ? Math.abs(reading.value(metric)) : 0;
            }
            sum[0] += reading.coverage();
        }));
        assertEquals(0, bytesOfReads(number -> {
            scan.read(time - number % 100);
            sum[0] += scan.best() < 0 ? 0 : Math.abs(scan.correlation(scan.best()));
        }));
        assertTrue(sum[0] > READS);
    }

    private long bytesOfReading(final Window window, final long ago, final Metric... metrics) {
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.window(window, metrics);
        final double[] sum = new double[1];
        final long bytes = bytesOfReads(number -> {
            final long at = time - ago + number % 100;
            if (number % 2 == 0) {
                reading.read(steps[number / 2 % SERIES], at);
            } else {
                reading.read(flows[number / 2 % SERIES], at);
            }
            for (final Metric metric : metrics) {
                sum[0] += reading.status(metric).hasValue() ? reading.value(metric) : 1;
            }
        });
        assertTrue(sum[0] > READS);
        return bytes;
    }
}
