package io.tollgate.bench;

import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read a window of about 1,440 points, and the mean in it: registered, ad hoc, and in the past. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class ReadBenchmark {
    private static final Window AD_HOC = Window.sliding(Duration.ofHours(25));

    /** A reader of the workload. */
    @State(Scope.Thread)
    public static class Reader extends HotWorkload {
        private MetricReader reader;
        private WindowReading reading;
        private int next;

        /** Makes the reader. */
        @Setup(Level.Trial)
        public void open() {
            reader = engine.newReader();
            reading = reader.newReading();
        }

        private double mean(final Window window, final long atNs) {
            next = (next + 7) % HotWorkload.SERIES_COUNT;
            reader.read(series[next], window, atNs, reading);
            return reading.value(Metric.MEAN);
        }
    }

    /**
     * A registered window, now.
     *
     * @param reader that reads.
     * @return the mean.
     */
    @Benchmark
    public double registered(final Reader reader) {
        return reader.mean(HotWorkload.DAY, reader.nowNs());
    }

    /**
     * A window that is not registered, now.
     *
     * @param reader that reads.
     * @return the mean.
     */
    @Benchmark
    public double adHoc(final Reader reader) {
        return reader.mean(AD_HOC, reader.nowNs());
    }

    /**
     * A registered window, three days ago.
     *
     * @param reader that reads.
     * @return the mean.
     */
    @Benchmark
    public double past(final Reader reader) {
        return reader.mean(HotWorkload.DAY, reader.nowNs() - Duration.ofDays(3).toNanos());
    }
}
