package io.tollgate.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.flink.LocalCluster;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.TariffPoints;
import io.tollgate.flink.TestSeed;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that restarts 50 times in one task manager leaves no memory behind, if Tollgate is in the folder {@code lib} of
 * the cluster: each restart opens an engine in each subtask, and loads the classes of the job again.
 */
@Tag("nightly")
class RestartsTest {
    private static final int RESTARTS = 50;
    private static final int STEP = 10;
    private static final int WARM = 2 * STEP;
    private static final int POINTS_PER_CHECKPOINT = 300;
    private static final int COUNT = (RESTARTS + 20) * POINTS_PER_CHECKPOINT;
    /** The classes of the job alone take more for each restart, if they are not unloaded. */
    private static final long MAX_METASPACE = 3 << 20;

    private static final long MAX_CLASSES = 100;
    /** Two engines and the state of the job take more for each restart, if they are not closed. */
    private static final long MAX_RESIDENT = 48 << 20;

    private static final long SEED = TestSeed.of("RestartsTest");
    private static final TariffPoints POINTS = TariffPoints.of(SEED, COUNT, 60);

    @TempDir
    private Path directory;

    /** Fails in each attempt until the job has restarted often enough, after a checkpoint of the attempt. */
    private static final class Failing extends RichMapFunction<PointRecord, PointRecord> {
        private static final long serialVersionUID = 1L;

        private int seen;

        @Override
        public PointRecord map(final PointRecord point) {
            final int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            if (attempt < RESTARTS && ++seen > POINTS_PER_CHECKPOINT * 3 / 2) {
                throw new IllegalStateException("planted failure of attempt " + attempt);
            }
            return point;
        }
    }

    @Test
    void shouldKeepMemoryFlat() throws Exception {
        final AnswerFiles files = new AnswerFiles(directory, POINTS);
        try (StandaloneCluster cluster = new StandaloneCluster(directory)) {
            final Process process = cluster.startTaskManager();
            final StreamExecutionEnvironment environment = environment();
            files.addTo(POINTS.stream(environment, POINTS_PER_CHECKPOINT)
                    .map(new Failing())
                    .returns(PointRecord.TYPE)
                    .setParallelism(1));
            final JobID job = cluster.submit(environment);
            ProcessMemory warm = null;
            ProcessMemory last = null;
            for (int restarts = STEP; restarts <= RESTARTS; restarts += STEP) {
                cluster.awaitRestores(job, restarts);
                last = ProcessMemory.of(process);
                System.out.println(restarts + " restarts: " + last);
                warm = restarts == WARM ? last : warm;
            }
            assertGrownByLess(MAX_METASPACE, warm.metaspace(), last.metaspace());
            assertGrownByLess(MAX_CLASSES, warm.classes(), last.classes());
            assertGrownByLess(MAX_RESIDENT, warm.resident(), last.resident());
            cluster.await(job);
        }
        files.assertSameAsOneEngine();
    }

    private static void assertGrownByLess(final long limit, final long before, final long after) {
        assertTrue(after - before < limit, () -> before + " grew to " + after + ", expected by less than " + limit);
    }

    private StreamExecutionEnvironment environment() {
        final StreamExecutionEnvironment environment =
                LocalCluster.environment(StandaloneCluster.SLOTS, "hashmap", directory);
        final Configuration options = new Configuration();
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        environment.configure(options);
        return environment;
    }
}
