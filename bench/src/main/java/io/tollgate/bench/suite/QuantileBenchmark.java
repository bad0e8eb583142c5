package io.tollgate.bench.suite;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The cost of reading an exact median over a week of points, about 10,080. The naive way sorts a copy of them. */
public class QuantileBenchmark extends PointBenchmark {
    private static final int LONGEST = 2;
    private static final int POINTS = 10_080;

    /** Called by JMH. */
    public QuantileBenchmark() {}

    /** A reader of series whose windows are full. */
    public static class Reader extends EngineLoad {
        private WindowReading median;
        private int series;

        /** Called by JMH. */
        public Reader() {}

        @Override
        protected String workload() {
            return "W1:10";
        }

        /** Creates the reader. */
        @Setup(Level.Trial)
        public void makeReader() {
            draw();
            offer();
            engine.apply();
            median = reader.window(engine.window(LONGEST), Metric.MEDIAN);
        }

        private double read() {
            series = (series + 1) % load.seriesCount();
            return median.read(engine.series(series), nowNs()).value(Metric.MEDIAN);
        }
    }

    /** The same number of doubles. */
    @State(Scope.Thread)
    public static class Doubles {
        private final double[] values = new double[POINTS];
        private final double[] sorted = new double[POINTS];

        /** Called by JMH. */
        public Doubles() {}

        /** Draws them. */
        @Setup(Level.Trial)
        public void draw() {
            final SplittableRandom random =
                    new SplittableRandom(Workload.named("W1").seriesCount());
            for (int i = 0; i < POINTS; i++) {
                values[i] = random.nextInt(145_000_000) / Math.pow(10, PointStream.SCALE);
            }
        }
    }

    /**
     * Reads the median with the engine.
     *
     * @param reader of the series.
     * @return the median.
     */
    @Benchmark
    public double median(final Reader reader) {
        return reader.read();
    }

    /**
     * Sorts a copy.
     *
     * @param doubles to sort.
     * @return the median.
     */
    @Benchmark
    public double sortedCopy(final Doubles doubles) {
        System.arraycopy(doubles.values, 0, doubles.sorted, 0, POINTS);
        Arrays.sort(doubles.sorted);
        return doubles.sorted[(POINTS - 1) / 2];
    }
}
