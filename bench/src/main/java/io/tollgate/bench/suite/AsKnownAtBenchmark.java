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
 * What it costs to read the mean of a window that is not registered as it was known at an earlier instant: where none
 * of its points has been restated since, and, a point and version inside, where all of them have. The naive way sums up
 * so many doubles.
 */
public class AsKnownAtBenchmark extends PointBenchmark {
    /** Series that are read, one after the other. */
    public static final int READS = 20;

    /** Points in a window of each series, and then the versions that were known before. */
    public static final int ENTRIES = 2 * 1_440;

    private static final int HISTORY_POINTS = 10 * ENTRIES;
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final Window DAY = Window.slidingNs(DAY_NS);

    /** Made by JMH. */
    public AsKnownAtBenchmark() {}

    /** An engine in memory, with two lots of series: the points of one are as they came, all those of the other not. */
    public static class Restated extends SteppedLoad {
        private final StepSeries[] kept = new StepSeries[READS];
        private final StepSeries[] restated = new StepSeries[READS];
        private WindowReading aDayLater;
        WindowReading now;
        WindowReading before;
        long knownAtNs;

        /** Made by JMH. */
        public Restated() {}

        @Override
        protected EngineContext context(final EngineContext context) {
            return context.clockMode(ClockMode.KNOWLEDGE);
        }

        /** Fills the series, and restates what is to be restated. */
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

    /** As many doubles as there are points and versions in a window of each series. */
    @State(Scope.Thread)
    public static class Doubles {
        private final double[] values = new double[READS * ENTRIES];

        /** Made by JMH. */
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
     * A window in which nothing was restated, halfway through the series, as known a day later.
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
     * The same window, with all that is known.
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
     * A window of which each point has been restated, as known before that.
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
     * As many doubles.
     *
     * @param doubles to sum up.
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
