package io.tollgate.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A cluster inside the JVM of a test: one task manager with three slots. */
public final class LocalCluster implements AutoCloseable {
    private static final int SLOTS = 3;

    private final MiniCluster cluster;

    public LocalCluster() throws Exception {
        this(new Configuration());
    }

    /** Starts a cluster with options for its task manager. */
    public LocalCluster(final Configuration options) throws Exception {
        options.set(RestOptions.BIND_PORT, "0");
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(options)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        cluster.start();
    }

    /** Returns an environment that makes a checkpoint every 50 ms and restarts a failed job at once. */
    public static StreamExecutionEnvironment environment(
            final int parallelism, final String backend, final Path directory) {
        return environment(parallelism, backend, directory, null);
    }

    /** Returns the same, for a job that begins with a savepoint; null for none. */
    static StreamExecutionEnvironment environment(
            final int parallelism, final String backend, final Path directory, final String savepoint) {
        final Configuration options = new Configuration();
        options.set(StateBackendOptions.STATE_BACKEND, backend);
        options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        if (savepoint != null) {
            options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        final StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(options);
        environment.setParallelism(parallelism);
        environment.setMaxParallelism(64);
        environment.enableCheckpointing(50);
        return environment;
    }

    /** Starts a job. */
    public JobID start(final StreamExecutionEnvironment environment) throws ExecutionException, InterruptedException {
        final StreamGraph graph = environment.getStreamGraph();
        graph.setJobName("test");
        final JobGraph job = graph.getJobGraph();
        return cluster.submitJob(job).get().getJobID();
    }

    /** Returns the statistics of the checkpoints of a job. */
    public CheckpointStatsSnapshot checkpoints(final JobID job) throws ExecutionException, InterruptedException {
        return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    }

    /** Waits for the end of a job, and throws its failure. */
    public void await(final JobID job) throws Exception {
        final JobResult result = cluster.requestJobResult(job).get();
        result.toJobExecutionResult(Thread.currentThread().getContextClassLoader());
    }

    /** Runs a job until its sources end. */
    public void run(final StreamExecutionEnvironment environment) throws Exception {
        await(start(environment));
    }

    /** Stops a job and returns its savepoint. */
    String stopWithSavepoint(final JobID job, final Path directory) throws ExecutionException, InterruptedException {
        return cluster.stopWithSavepoint(
                        job, directory.resolve("savepoints").toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get();
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
