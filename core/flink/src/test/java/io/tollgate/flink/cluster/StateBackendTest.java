package io.tollgate.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.flink.Failure;
import io.tollgate.flink.LocalCluster;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.TariffPoints;
import io.tollgate.flink.TestSeed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs on further state backends, and with unaligned checkpoints, give the answers of one engine after a failure. */
@Tag("nightly")
class StateBackendTest {
    private static final int COUNT = 20_000;
    private static final long SEED = TestSeed.of("StateBackendTest");
    private static final TariffPoints POINTS = TariffPoints.of(SEED, COUNT, 60);

    /** Points between two checkpoints if nothing is to limit the source. */
    private static final int UNLIMITED = COUNT;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"1, forst", "3, forst"})
    void shouldGiveTheSameBitsOnForSt(final int parallelism, final String backend) throws Exception {
        try (LocalCluster cluster = new LocalCluster()) {
            final StreamExecutionEnvironment environment = LocalCluster.environment(parallelism, backend, directory);
            final Failure<PointRecord> failure = failure(parallelism);
            final AnswerFiles files = new AnswerFiles(directory, POINTS);
            files.addTo(POINTS.stream(environment, COUNT / 20).map(failure).setParallelism(1));
            cluster.run(environment);
            assertTrue(failure.hasHappened());
            files.assertSameAsOneEngine();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, hashmap", "3, rocksdb", "2, forst"})
    void shouldGiveTheSameBitsIfCheckpointsOvertakePoints(final int parallelism, final String backend)
            throws Exception {
        final Configuration options = new Configuration();
        // Small buffers: back pressure comes soon, and a checkpoint is short.
        options.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
        try (LocalCluster cluster = new LocalCluster(options)) {
            final StreamExecutionEnvironment environment = LocalCluster.environment(parallelism, backend, directory);
            environment.getCheckpointConfig().enableUnalignedCheckpoints();
            final Failure<PointRecord> failure = failure(parallelism);
            final AnswerFiles files = new AnswerFiles(directory, POINTS);
            files.addTo(POINTS.stream(environment, UNLIMITED).map(failure).setParallelism(1), StateBackendTest::slowly);
            final JobID job = cluster.start(environment);
            cluster.await(job);
            assertTrue(failure.hasHappened());
            final long overtaken = cluster.checkpoints(job)
                    .getSummaryStats()
                    .getPersistedDataStats()
                    .getSum();
            System.out.println("checkpoints overtook " + overtaken + " bytes of points and answers");
            assertTrue(overtaken > 0);
            files.assertSameAsOneEngine();
        }
    }

    private static Failure<PointRecord> failure(final int parallelism) {
        final int failureAt = COUNT / 4 + new SplittableRandom(SEED + parallelism).nextInt(COUNT / 2);
        System.out.println("failure at record " + failureAt);
        return new Failure<>(failureAt);
    }

    /** Takes longer for each line than the operator before it. */
    private static DataStream<String> slowly(final DataStream<String> lines) {
        return lines.rebalance()
                .map(line -> {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
                    return line;
                })
                .returns(Types.STRING);
    }
}
