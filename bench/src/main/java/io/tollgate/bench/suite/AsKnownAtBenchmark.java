package io.tollgate.bench.suite;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of reading the mean of an unregistered window as known at an earlier instant. In one half of the series no
 * point has been restated since; in the other all points have, and the cost is divided by points and versions. The
 * naive way sums as many doubles.
 */
public class AsKnownAtBenchmark extends PointBenchmark {
    /** Series read one after the other. */
    public static final int READS = 20;

    /** Points in a window of each series, and as many earlier versions. */
    public static final int ENTRIES = 2 * 1_440;

    private static final int HISTORY_POINTS = 10 * ENTRIES;
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final Window DAY = Window.slidingNs(DAY_NS);

    /** Called by JMH. */
    public AsKnownAtBenchmark() {}

    /**
     * An engine in memory with two sets of series. The points of one set were never restated, those of the other all
     * were.
     */
    public static class Restated extends SteppedLoad {
        private final StepSeries[] kept = new StepSeries[READS];
        private final StepSeries[] restated = new StepSeries[READS];
        private WindowReading aDayLater;
        WindowReading now;
        WindowReading before;
        long knownAtNs;

        /** Called by JMH. */
        public Restated() {}

        @Override
        protected EngineContext context(final EngineContext context) {
            return context.clockMode(ClockMode.KNOWLEDGE);
        }

        /** Fills the series and restates the points of one set. */
        @Override
        protected void fill() {
            for (int i = 0; i < READS; i++) {
                kept[i] = engine.defineStep(SeriesDefinition.step("kept." + i, Unit.PERCENT, 2));
                restated[i] = engine.defineStep(SeriesDefinition.step("restated." + i, Unit.PERCENT, 2));
            }
            for (int minute = 1; minute <= HISTORY_POINTS; minute++) {
                knownAtNs = minute * MINUTE_NS;
                offer(kept, minute, knownAtNs, 0);
                offer(restated, minute, knownAtNs, 0);
            }
            for (int minute = 1; minute <= HISTORY_POINTS; minute++) {
                offer(restated, minute, knownAtNs + minute, 1);
            }
            final MetricReader reader = engine.newReader();
            aDayLater = reader.asOf(knownAtNs / 2 + DAY_NS).window(DAY, Metric.MEAN);
            now = reader.window(DAY, Metric.MEAN);
            before = reader.asOf(knownAtNs).window(DAY, Metric.MEAN);
        }

        private void offer(final StepSeries[] series, final int minute, final long knowledgeTime, final int more) {
            long ticket = 0;
            for (int i = 0; i < READS; i++) {
                final long value = (minute + i) % 145 + more;
                ticket = publisher
                        .point(series[i])
                        .validAt(minute * MINUTE_NS)
                        .value(value)
                        .knownAt(knowledgeTime)
                        .offer();
            }
            engine.awaitApplied(ticket);
        }

        double means(final boolean isRestated, final long atNs, final WindowReading reading) {
            double sum = 0;
            for (final StepSeries series : isRestated ? restated : kept) {
                sum += reading.read(series, atNs).value(Metric.MEAN);
            }
            return sum;
        }
    }

    /** As many doubles as points and versions in a window of each series. */
    @State(Scope.Thread)
    public static class Doubles {
        private final double[] values = new double[READS * ENTRIES];

        /** Called by JMH. */
        public Doubles() {}

        /** Fills them. */
        @Setup(Level.Trial)
        public void fill() {
            for (int i = 0; i < values.length; i++) {
                values[i] = i % 145;
            }
        }
    }

    /**
     * Reads a window without restated points, halfway through the series, as known a day later.
     *
     * @param series to read.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double unchanged(final Restated series) {
        final long atNs = series.knownAtNs / 2;
        return series.means(false, atNs, series.aDayLater);
    }

    /**
     * Reads the same window with all that is known.
     *
     * @param series to read.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double allKnown(final Restated series) {
        return series.means(false, series.knownAtNs / 2, series.now);
    }

    /**
     * Reads a window of restated points, as known before the restatement.
     *
     * @param series to read.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS * ENTRIES)
    public double restated(final Restated series) {
        return series.means(true, series.knownAtNs, series.before);
    }

    /**
     * Sums as many doubles.
     *
     * @param doubles to sum.
     * @return the sum.
     */
    @Benchmark
    @OperationsPerInvocation(READS * ENTRIES)
    public double scan(final Doubles doubles) {
        double sum = 0;
        for (final double value : doubles.values) {
            sum += value;
        }
        return sum;
    }
}
