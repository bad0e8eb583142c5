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

/**
 * What it costs to read an exact median over a week of points, some 10,080. The naive way sorts a copy of them.
 */
public class QuantileBenchmark extends PointBenchmark {
    private static final int LONGEST = 2;
    private static final int POINTS = 10_080;

    /** Made by JMH. */
    public QuantileBenchmark() {}

    /** A reader of series whose windows are full. */
    public static class Reader extends EngineLoad {
        private WindowReading median;
        private int series;

        /** Made by JMH. */
        public Reader() {}

        @Override
        protected String workload() {
            return "W1:10";
        }

        /** Makes the reader. */
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

    /** As many doubles. */
    @State(Scope.Thread)
    public static class Doubles {
        private final double[] values = new double[POINTS];
        private final double[] sorted = new double[POINTS];

        /** Made by JMH. */
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
     * The engine.
     *
     * @param reader that reads.
     * @return the median.
     */
    @Benchmark
    public double median(final Reader reader) {
        return reader.read();
    }

    /**
     * A sorted copy.
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
