package io.tollgate.flink.cluster;

import io.tollgate.flink.LocalCluster;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.RateAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * The measurements of the guide's page on the size of a cluster, in a cluster inside this JVM.
 *
 * <pre>
 *   rate JOB BACKEND PARALLELISM SERIES HOURS: records per second of a {@link DailyJob}, with a checkpoint every 10 s
 *   state JOB BACKEND PARALLELISM SERIES HOURS: a checkpoint after each round of points, and recovery
 * </pre>
 */
public final class Measurement {
    private static final double NS_PER_S = 1e9;
    private static final AtomicLong POINTS = new AtomicLong();
    private static final AtomicLong WARM_AT_NS = new AtomicLong();
    private static final AtomicLong ANSWERS = new AtomicLong();
    private static final DoubleAdder SUM = new DoubleAdder();
    private static final AtomicLong FAILED_AT_NS = new AtomicLong();
    private static final AtomicLong FIRST_AT_NS = new AtomicLong();
    private static final AtomicLong RELOADED_AT_NS = new AtomicLong();
    private static final AtomicBoolean HAS_FAILED = new AtomicBoolean();

    private Measurement() {}

    /**
     * Measures.
     *
     * @param arguments the measurement and its arguments.
     * @throws Exception if a job fails.
     */
    public static void main(final String[] arguments) throws Exception {
        final DailyJob job = DailyJob.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        final int parallelism = Integer.parseInt(arguments[3]);
        final HourlyPoints points =
                new HourlyPoints(Long.parseLong(arguments[4]), Long.parseLong(arguments[5]), parallelism);
        final Path directory = Files.createTempDirectory("measurement");
        final StreamExecutionEnvironment environment = LocalCluster.environment(parallelism, arguments[2], directory);
        final Configuration options = new Configuration();
        options.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        environment.configure(options);
        final Configuration taskManager = new Configuration();
        taskManager.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
        System.out.print(String.join(" ", arguments) + ": ");
        try (LocalCluster cluster = new LocalCluster(taskManager)) {
            if (arguments[0].equals("rate")) {
                rate(cluster, environment, job, points);
            } else {
                state(cluster, environment, job, points);
            }
        }
    }

    private static void rate(
            final LocalCluster cluster,
            final StreamExecutionEnvironment environment,
            final DailyJob job,
            final HourlyPoints points)
            throws Exception {
        environment.enableCheckpointing(10_000);
        final long warm = points.count() / 4;
        final DataStream<PointRecord> stream = points.stream(environment, RateLimiterStrategy.noOp())
                .map(point -> {
                    if (POINTS.incrementAndGet() == warm) {
                        WARM_AT_NS.set(System.nanoTime());
                    }
                    return point;
                })
                .returns(PointRecord.TYPE);
        job.applyTo(stream).flatMap(new Tally(Long.MAX_VALUE)).sinkTo(new DiscardingSink<>());
        cluster.run(environment);
        final double seconds = (System.nanoTime() - WARM_AT_NS.get()) / NS_PER_S;
        System.out.printf(
                Locale.ROOT,
                "%.0f points/s, %d answers, sum %.3f%n",
                (points.count() - warm) / seconds,
                ANSWERS.get(),
                SUM.sum());
    }

    private static void state(
            final LocalCluster cluster,
            final StreamExecutionEnvironment environment,
            final DailyJob job,
            final HourlyPoints points)
            throws Exception {
        environment.enableCheckpointing(200);
        environment.getCheckpointConfig().setMinPauseBetweenCheckpoints(200);
        environment.getCheckpointConfig().setCheckpointTimeout(600_000);
        final long failureAt = points.series() * (points.hours() - 1) / points.sources() + 1;
        final DataStream<PointRecord> stream = points.stream(
                        environment, RateLimiterStrategy.perCheckpoint((int) points.series()))
                .map(new FailingOnce(failureAt))
                .returns(PointRecord.TYPE);
        job.applyTo(stream).flatMap(new Tally(points.series())).sinkTo(new DiscardingSink<>());
        final JobID id = cluster.start(environment);
        cluster.await(id);
        final List<CompletedCheckpointStats> checkpoints =
                cluster.checkpoints(id).getHistory().getCheckpoints().stream()
                        .filter(CompletedCheckpointStats.class::isInstance)
                        .map(CompletedCheckpointStats.class::cast)
                        .toList();
        System.out.printf(
                Locale.ROOT,
                "%d checkpoints, the last one first; ms: %s; of it blocking: %s; kB written: %s; kB of state: %s%n",
                checkpoints.size(),
                texts(checkpoints.stream().mapToLong(CompletedCheckpointStats::getEndToEndDuration)),
                texts(checkpoints.stream().mapToLong(Measurement::blockingMs)),
                texts(checkpoints.stream().mapToLong(stats -> stats.getCheckpointedSize() >> 10)),
                texts(checkpoints.stream().mapToLong(stats -> stats.getStateSize() >> 10)));
        System.out.printf(
                Locale.ROOT,
                "  failure to the first answer: %.3f s; until all series answered: %.3f s%n",
                (FIRST_AT_NS.get() - FAILED_AT_NS.get()) / NS_PER_S,
                (RELOADED_AT_NS.get() - FAILED_AT_NS.get()) / NS_PER_S);
    }

    private static long blockingMs(final CompletedCheckpointStats stats) {
        return stats.getAllTaskStateStats().stream()
                .map(TaskStateStats::getSummaryStats)
                .mapToLong(summary -> summary.getSyncCheckpointDurationStats().getMaximum())
                .max()
                .orElse(0);
    }

    private static String texts(final LongStream numbers) {
        return Arrays.toString(numbers.toArray());
    }

    /** Throws once in the JVM, at an element of a subtask. */
    private static final class FailingOnce implements MapFunction<PointRecord, PointRecord> {
        private static final long serialVersionUID = 1L;

        private final long index;
        private long seen;

        FailingOnce(final long index) {
            this.index = index;
        }

        @Override
        public PointRecord map(final PointRecord point) {
            if (++seen == index && HAS_FAILED.compareAndSet(false, true)) {
                FAILED_AT_NS.set(System.nanoTime());
                throw new IllegalStateException("planted failure at element " + index);
            }
            return point;
        }
    }

    /** Counts the answers, and notes the time of the first one and of the first one of the last series. */
    private static final class Tally extends RichFlatMapFunction<RateAnswer, RateAnswer> {
        private static final long serialVersionUID = 1L;
        private static final int METRICS = 4;
        private static final AtomicLong SINCE_FAILURE = new AtomicLong();

        private final long series;
        private boolean isRestarted;
        private long count;
        private double sum;

        Tally(final long series) {
            this.series = series;
        }

        @Override
        public void open(final OpenContext context) {
            isRestarted = getRuntimeContext().getTaskInfo().getAttemptNumber() > 0;
        }

        @Override
        public void flatMap(final RateAnswer answer, final Collector<RateAnswer> out) {
            count++;
            if (!answer.metric().equals("sd")) {
                sum += answer.value();
            }
            if (isRestarted) {
                final long now = System.nanoTime();
                FIRST_AT_NS.compareAndSet(0, now);
                if (SINCE_FAILURE.incrementAndGet() == METRICS * series) {
                    RELOADED_AT_NS.set(now);
                }
            }
        }

        @Override
        public void close() {
            ANSWERS.addAndGet(count);
            SUM.add(sum);
        }
    }
}
