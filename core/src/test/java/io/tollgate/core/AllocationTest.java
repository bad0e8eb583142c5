package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.Baseline;
import io.tollgate.api.BasicMetric;
import io.tollgate.api.Bucket;
import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Closed;
import io.tollgate.api.CusumChart;
import io.tollgate.api.Decay;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.LagRange;
import io.tollgate.api.LagReading;
import io.tollgate.api.LevelReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PairReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.QuantileMethod;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.api.WindowRegistration;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A million operations of each kind on the hot path allocate not one byte on the thread that does them. */
class AllocationTest {
    private static final int OPERATIONS = 1_000_000;
    private static final int WARM_UP = 200_000;
    private static final int ROUNDS = 12;
    private static final int SERIES = 100;
    private static final int BATCH = 500;
    private static final Window REGISTERED = Window.slidingNs(1_000);
    private static final Window AD_HOC = Window.slidingNs(1_234);
    private static final Metric[] SHAPES =
            Arrays.stream(BasicMetric.values()).filter(BasicMetric::isDeclared).toArray(Metric[]::new);
    private static final Metric[] METRICS = Arrays.stream(BasicMetric.values())
            .filter(metric -> !metric.isDeclared())
            .toArray(Metric[]::new);
    private static final Window PAIR_WINDOW = Window.slidingNs(1_500);
    private static final PairMetric[] PAIR_METRICS = PairMetric.values();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Engine engine = TollgateEngine.launch(new EngineContext()
            .clockMode(ClockMode.EVENT)
            .stepped(true)
            .ringLength(1 << 16)
            .firstMapEntries(1 << 17));
    private final Publisher publisher = engine.publisher();
    private final StepSeries[] steps = new StepSeries[SERIES];
    private final FlowSeries[] flows = new FlowSeries[SERIES];
    private long time;
    private long rejectedCount;
    private Object kept = "";

    /** What is done many times. */
    private interface Operation {
        void run(int number);
    }

    @BeforeEach
    void define() {
        for (int i = 0; i < SERIES; i++) {
            steps[i] = engine.defineStep(
                    SeriesDefinition.step("step." + i, Unit.PERCENT, 6).withWindows(REGISTERED));
            flows[i] = engine.defineFlow(
                    SeriesDefinition.flow("flow." + i, Unit.COUNT, 0).withWindows(REGISTERED, Window.slidingNs(50)));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldCountWhatAnAllocatingOperationAllocates() {
        final long bytes = bytesOf(number -> kept = new long[2]);
        assertTrue(bytes >= 16L * OPERATIONS, () -> "bytes=" + bytes + " kept=" + kept);
    }

    @Test
    void shouldAllocateNothingOnOffer() {
        assertEquals(0, bytesOfOfferingAndApplying(true));
    }

    @Test
    void shouldAllocateNothingOnApplying() {
        assertEquals(0, bytesOfOfferingAndApplying(false));
        assertTrue(engine.statistics().appliedCount() >= OPERATIONS);
    }

    @Test
    void shouldAllocateNothingOnApplyingLateAndRevisedPoints() {
        fill();
        final long before = engine.statistics().revisedCount();
        final long bytes = bytesOf(number -> {
            final long late = time - Math.floorMod(number * 7919L, time);
            offer(steps[number % SERIES], late, number % 200);
        });
        assertEquals(0, bytes);
        assertTrue(engine.statistics().revisedCount() > before);
        assertTrue(engine.statistics().lateCount() > SERIES);
    }

    @ParameterizedTest
    @EnumSource(DuplicatePolicy.class)
    void shouldAllocateNothingOnDuplicatesAndWithdrawals(final DuplicatePolicy policy) {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0)
                .withDuplicates(policy)
                .withWindows(REGISTERED, Window.slidingNs(50)));
        final long bytes = bytesOf(number -> {
            // Each third one withdraws the point that the first of the three has offered.
            final long instant = Math.floorMod((number - number % 3 / 2 * 2) * 7_919L, 5_000);
            final long ticket = number % 3 == 2
                    ? publisher.withdraw(events, instant, Publisher.NONE, number % 2)
                    : publisher.offer(events, instant, number % 100, Publisher.NONE, number % 2);
            if (ticket < 0 || number % 50 == 0) {
                applyAll();
            }
        });
        assertEquals(0, bytes);
        assertTrue(engine.statistics().withdrawnCount() > 1_000);
    }

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
        engine.register(WindowRegistration.of("*").withShapes());
        fill();
        assertEquals(0, bytesOfReading(Window.since(time / 10), 0, SHAPES));
    }

    @Test
    void shouldAllocateNothingOnApplyingPointsOfSeriesThatAPatternFits() {
        engine.register(WindowRegistration.of("*")
                .withWindows(Window.slidingNs(70), Window.last(3))
                .withShapes());
        assertEquals(0, bytesOfOfferingAndApplying(false));
        assertTrue(engine.find("step.7").orElseThrow().definition().keepsShapes());
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
        final WindowReading reading = reader.newReading(ReadOptions.DEFAULT.withProRata(), Metric.CHANGES);
        final Window[] windows = {Window.sliding(Duration.ofDays(400)), Window.last(7)};
        final double[] sum = new double[1];
        assertEquals(0, bytesOf(number -> {
            final long at = number % 1_500 * day;
            reader.read(periods[number % periods.length], windows[number / 4 % 2], at, reading);
            sum[0] += reading.status(Metric.RATE).hasValue() ? reading.value(Metric.RATE) : 1;
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
        final WindowReading reading = reader.newReading(Metric.above("500"));
        final LevelReading current = reader.newLevelReading();
        final int[] unknown = new int[1];
        assertEquals(0, bytesOf(number -> {
            reader.read(level, AD_HOC, number, reading);
            reader.readLevel(level, number, current);
            unknown[0] += current.status().hasValue() ? 0 : 1;
        }));
        assertTrue(unknown[0] >= OPERATIONS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingALevel() {
        fill();
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.newLevelReading();
        final double[] sum = new double[1];
        assertEquals(0, bytesOf(number -> {
            reader.readLevel(steps[number % SERIES], time - number % 10_000, reading);
            sum[0] += reading.value() + reading.sinceNs();
        }));
        assertTrue(sum[0] > 0);
    }

    @Test
    void shouldAllocateNothingOnReadingPairs() {
        fill();
        final MetricReader reader = engine.newReader();
        final PairReading reading = reader.newPairReading();
        final LagReading scan = reader.newLagReading(LagRange.ofBuckets(-2, 2));
        final Bucket months = Bucket.of(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai"));
        final Pair[] pairs = {
            Pair.asOf(steps[0], steps[1]).withLag(Duration.ofNanos(300)),
            Pair.byBucket(flows[0], flows[1], Bucket.of(Duration.ofNanos(250))),
            Pair.byBucket(steps[2], flows[2], Bucket.of(Duration.ofNanos(250))).withLagBuckets(-1),
            Pair.byBucket(flows[0], flows[1], months),
        };
        final double[] sum = new double[1];
        assertEquals(0, bytesOf(number -> {
            reader.readPair(pairs[number & 3], PAIR_WINDOW, time - number % 100, reading);
            for (final PairMetric metric : PAIR_METRICS) {
                sum[0] += reading.status(metric).hasValue() ? Math.abs(reading.value(metric)) : 0;
            }
            sum[0] += reading.coverage();
        }));
        assertEquals(0, bytesOf(number -> {
            reader.readLags(pairs[1], PAIR_WINDOW, time - number % 100, scan);
            sum[0] += scan.best() < 0 ? 0 : Math.abs(scan.correlation(scan.best()));
        }));
        assertTrue(sum[0] > OPERATIONS);
    }

    @Test
    void shouldAllocateNothingOnAnOfferThatFindsNoRoom() {
        while (publisher.offer(flows[0], time, 1) > 0) {
            time++;
        }
        assertEquals(0, bytesOf(number -> publisher.offer(flows[0], time, 1)));
        assertTrue(engine.statistics().backPressureCount() >= OPERATIONS);
    }

    private long bytesOfReading(final Window window, final long ago, final Metric... metrics) {
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading(metrics);
        final double[] sum = new double[1];
        final long bytes = bytesOf(number -> {
            final long at = time - ago + number % 100;
            if (number % 2 == 0) {
                reader.read(steps[number / 2 % SERIES], window, at, reading);
            } else {
                reader.read(flows[number / 2 % SERIES], window, at, reading);
            }
            for (final Metric metric : metrics) {
                sum[0] += reading.status(metric).hasValue() ? reading.value(metric) : 1;
            }
        });
        assertTrue(sum[0] > OPERATIONS);
        return bytes;
    }

    /** Offers in batches and applies them, and counts the bytes of the one or of the other. */
    private long bytesOfOfferingAndApplying(final boolean isOffer) {
        bytesOfBatches(WARM_UP, isOffer);
        long bytes = bytesOfBatches(OPERATIONS, isOffer);
        for (int round = 1; round < ROUNDS && bytes > 0; round++) {
            bytes = Math.min(bytes, bytesOfBatches(OPERATIONS, isOffer));
        }
        assertEquals(0, rejectedCount);
        return bytes;
    }

    private long bytesOfBatches(final int operations, final boolean isOffer) {
        long bytes = 0;
        for (int i = 0; i < operations / BATCH; i++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            offerBatch();
            final long between = THREADS.getCurrentThreadAllocatedBytes();
            applyAll();
            final long after = THREADS.getCurrentThreadAllocatedBytes();
            bytes += isOffer ? between - before : after - between;
        }
        return bytes;
    }

    private void offerBatch() {
        for (int i = 0; i < BATCH; i++) {
            time++;
            final int series = (int) (time / 2 % SERIES);
            final long ticket = (time & 1) == 0
                    ? publisher.offer(steps[series], time, time % 200, Publisher.NONE, Publisher.NONE)
                    : publisher.offer(flows[series], time, time % 200, Publisher.NONE, Publisher.NONE);
            if (ticket <= 0) {
                rejectedCount++;
            }
        }
    }

    private void applyAll() {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    private void offer(final StepSeries series, final long validTime, final long value) {
        final long ticket = publisher.offer(series, validTime, value, Publisher.NONE, Publisher.NONE);
        if (ticket == Publisher.BACK_PRESSURED) {
            applyAll();
            offer(series, validTime, value);
        }
    }

    private void fill() {
        for (int i = 0; i < 200; i++) {
            offerBatch();
            applyAll();
        }
    }

    /**
     * The bytes of a million operations, in the best of a few rounds: the JVM allocates by itself where it links a call
     * for the first time, but what an operation allocates it allocates in every round.
     */
    private static long bytesOf(final Operation operation) {
        bytesOfRound(operation, WARM_UP);
        long bytes = bytesOfRound(operation, OPERATIONS);
        for (int round = 1; round < ROUNDS && bytes > 0; round++) {
            bytes = Math.min(bytes, bytesOfRound(operation, OPERATIONS));
        }
        return bytes;
    }

    private static long bytesOfRound(final Operation operation, final int operations) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < operations; i++) {
            operation.run(i);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
