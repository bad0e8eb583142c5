package io.tollgate.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.flink.LocalCluster;
import io.tollgate.flink.TariffPoints;
import io.tollgate.flink.TestSeed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose task managers are killed gives the answers of one engine, bit for bit and each exactly once. */
@Tag("nightly")
class KilledTaskManagerTest {
    private static final int COUNT = 30_000;
    private static final int CHECKPOINTS = 30;
    private static final int PARALLELISM = 3;
    private static final int MAX_CHECKPOINTS_BEFORE = 8;
    private static final long SEED = TestSeed.of("KilledTaskManagerTest");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldGiveTheSameBitsOnceAfterKills(final int kills) throws Exception {
        final TariffPoints points = TariffPoints.of(SEED + kills, COUNT, 60);
        final AnswerFiles files = new AnswerFiles(directory, points);
        final SplittableRandom random = new SplittableRandom(SEED + kills);
        try (StandaloneCluster cluster = new StandaloneCluster(directory)) {
            // Two slots each, and parallelism 3: the job runs on both.
            cluster.startTaskManager();
            cluster.startTaskManager();
            final StreamExecutionEnvironment environment = environment();
            files.addTo(points.stream(environment, COUNT / CHECKPOINTS));
            final JobID job = cluster.submit(environment);
            long checkpoints = 0;
            for (int kill = 0; kill < kills; kill++) {
                checkpoints += 2 + random.nextInt(MAX_CHECKPOINTS_BEFORE);
                cluster.awaitCheckpoints(job, checkpoints);
                cluster.killTaskManager();
                System.out.println("killed a task manager after checkpoint " + checkpoints);
                cluster.startTaskManager();
                cluster.awaitRestores(job, kill + 1);
            }
            cluster.await(job);
            assertTrue(cluster.count(job, "restored") >= kills);
        }
        files.assertSameAsOneEngine();
    }

    private StreamExecutionEnvironment environment() {
        final StreamExecutionEnvironment environment = LocalCluster.environment(PARALLELISM, "rocksdb", directory);
        final Configuration options = new Configuration();
        options.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        environment.configure(options);
        environment.enableCheckpointing(500);
        return environment;
    }
}
