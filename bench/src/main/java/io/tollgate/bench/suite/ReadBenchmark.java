package io.tollgate.bench.suite;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.heap.WindowMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of reading the mean of a window of about 1,440 points: registered, with its state up to date or evictions to
 * do; unregistered; and in the past. The floor reads its running sums. The naive way sums all points.
 */
public class ReadBenchmark extends PointBenchmark {
    private static final Window AD_HOC = Window.sliding(Duration.ofHours(25));
    private static final int DAY = 1;
    private static final long MANY_EVICTIONS_NS = Duration.ofHours(12).toNanos();
    private static final long PAST_NS = Duration.ofDays(3).toNanos();

    private static final int ROUNDS_TO_WARM_UP = 300;

    /** Reads in one invocation, over the series in shuffled order. */
    public static final int READS = 100;

    /** Called by JMH. */
    public ReadBenchmark() {}

    /** A reader of the engine. */
    public static class Reader extends EngineLoad {
        /** The workload. */
        @Param("W1")
        public String workload;

        /**
         * Minutes from the last point to the read. As many points are evicted by the read, and up to three that were
         * pending for a group.
         */
        @Param("8")
        public int evictions;

        private SeriesOrder order;
        private WindowReading day;
        private WindowReading other;

        /** Called by JMH. */
        public Reader() {}

        @Override
        protected String workload() {
            return workload;
        }

        /** Reads until the code is compiled, however little processor time the compiler gets. */
        @Setup(Level.Trial)
        public void warmUp() {
            order = new SeriesOrder(load.seriesCount());
            day = reader.window(engine.window(DAY), Metric.MEAN);
            other = reader.window(AD_HOC, Metric.MEAN);
            for (int i = 0; i < ROUNDS_TO_WARM_UP; i++) {
                means(day, nowNs());
                means(day, nowNs() + behindNs());
                means(other, nowNs());
                allWindows();
            }
        }

        private long behindNs() {
            return TimeUnit.MINUTES.toNanos(evictions);
        }

        private double allWindows() {
            double blend = 0;
            for (int i = 0; i < READS; i++) {
                blend += readAll(order.next(), nowNs());
            }
            return blend;
        }

        private double means(final WindowReading reading, final long atNs) {
            double sum = 0;
            for (int i = 0; i < READS; i++) {
                sum += reading.read(engine.series(order.next()), atNs).value(Metric.MEAN);
            }
            return sum;
        }
    }

    /** The floor, its windows full. */
    public static class Floor extends HeapLoad {
        /** The workload. */
        @Param("W1")
        public String workload;

        private final WindowMetrics metrics = new WindowMetrics();
        private SeriesOrder order;

        /** Called by JMH. */
        public Floor() {
            super(HeapFloor::new);
        }

        /** Shuffles the series. */
        @Setup(Level.Trial)
        public void order() {
            order = new SeriesOrder(load.seriesCount());
        }

        @Override
        protected String workload() {
            return workload;
        }

        private double allWindows() {
            double blend = 0;
            for (int i = 0; i < READS; i++) {
                final int series = order.next();
                for (int w = 0; w < load.windows().size(); w++) {
                    windows.read(series, w, metrics);
                    blend += metrics.blend();
                }
            }
            return blend;
        }

        private double means() {
            double sum = 0;
            for (int i = 0; i < READS; i++) {
                windows.read(order.next(), DAY, metrics);
                sum += metrics.mean;
            }
            return sum;
        }
    }

    /**
     * Reads a registered window at the last point.
     *
     * @param reader of the series.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double registered(final Reader reader) {
        return reader.means(reader.day, reader.nowNs());
    }

    /**
     * Count, sum, mean, sd, min and max of all three registered windows at the last point, in one call.
     *
     * @param reader that reads.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double all(final Reader reader) {
        return reader.allWindows();
    }

    /**
     * Count, sum, mean and sd of all three windows of the floor.
     *
     * @param floor that keeps them.
     * @return a number without meaning.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double floorAll(final Floor floor) {
        return floor.allWindows();
    }

    /**
     * A registered window whose state is some evictions behind, 8 unless {@code evictions} says otherwise.
     *
     * @param reader of the series.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double registeredBehind(final Reader reader) {
        return reader.means(reader.day, reader.nowNs() + reader.behindNs());
    }

    /**
     * Reads a registered window whose state needs 720 evictions first.
     *
     * @param reader of the series.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double registeredFarBehind(final Reader reader) {
        return reader.means(reader.day, reader.nowNs() + MANY_EVICTIONS_NS);
    }

    /**
     * Reads an unregistered window at the last point.
     *
     * @param reader of the series.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double adHoc(final Reader reader) {
        return reader.means(reader.other, reader.nowNs());
    }

    /**
     * Reads a registered window three days in the past.
     *
     * @param reader of the series.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double past(final Reader reader) {
        return reader.means(reader.day, reader.nowNs() - PAST_NS);
    }

    /**
     * Reads the running sums of the floor.
     *
     * @param floor with the sums.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double floor(final Floor floor) {
        return floor.means();
    }

    /**
     * Sums all points of the window.
     *
     * @param points of the windows.
     * @return the sum of the means.
     */
    @Benchmark
    @OperationsPerInvocation(READS)
    public double scan(final PlainPoints points) {
        double sum = 0;
        for (int i = 0; i < READS; i++) {
            sum += points.mean();
        }
        return sum;
    }
}
