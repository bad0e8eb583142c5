package io.tollgate.bench.suite;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.examples.workload.Workload;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of reading the mean of an unregistered window over a million points of one series. The naive way sums a
 * million doubles.
 */
public class LongWindowBenchmark extends PointBenchmark {
    private static final int POINTS = 1_000_000;
    private static final Window LONG = Window.sliding(Duration.ofMinutes(POINTS));

    /** Called by JMH. */
    public LongWindowBenchmark() {}

    /** A reader of a long series. */
    public static class Reader extends EngineLoad {
        private WindowReading mean;

        /** Called by JMH. */
        public Reader() {}

        @Override
        protected String workload() {
            return "W1:1";
        }

        /** Adds the points and creates the reader. */
        @Setup(Level.Trial)
        public void addPoints() {
            for (int i = 0; i <= POINTS / BATCH; i++) {
                draw();
                offer();
                engine.apply();
            }
            mean = reader.window(LONG, Metric.MEAN);
        }
    }

    /** A million doubles. */
    @State(Scope.Thread)
    public static class Doubles {
        private final double[] values = new double[POINTS];

        /** Called by JMH. */
        public Doubles() {}

        /** Fills them. */
        @Setup(Level.Trial)
        public void fill() {
            final long intervalNs = Workload.named("W1:1").intervalNs();
            for (int i = 0; i < POINTS; i++) {
                values[i] = (i * intervalNs) % 145;
            }
        }
    }

    /**
     * Reads with the engine.
     *
     * @param reader of the series.
     * @return the mean.
     */
    @Benchmark
    public double adHoc(final Reader reader) {
        return reader.mean.read(reader.engine.series(0), reader.nowNs()).value(Metric.MEAN);
    }

    /**
     * Sums all points in a loop.
     *
     * @param doubles to sum.
     * @return the mean.
     */
    @Benchmark
    public double scan(final Doubles doubles) {
        double sum = 0;
        for (final double value : doubles.values) {
            sum += value;
        }
        return sum / POINTS;
    }
}
