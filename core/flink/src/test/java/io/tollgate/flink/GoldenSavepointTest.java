package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of an earlier version restores. The golden one was made after the first half of the operations, before
 * any watermark. If a change of the format cannot read it, {@link OperationBuffer} needs a new version. To write
 * another golden savepoint, run this test with {@code -Dtollgate.test.golden=DIRECTORY}, and copy its file.
 */
class GoldenSavepointTest {
    private static final int HALF = 500;
    private static final TariffPoints POINTS = new TariffPoints(20_250_512, 2 * HALF, 5);
    private static LocalCluster cluster;
    private static OneEngine expected;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = new LocalCluster();
        expected = OneEngine.of(POINTS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldRestoreTheGoldenSavepoint() throws Exception {
        final URI golden = GoldenSavepointTest.class
                .getResource("savepoint-version-1/_metadata")
                .toURI();
        final StreamExecutionEnvironment environment = LocalCluster.environment(
                2, "rocksdb", directory, Path.of(golden).getParent().toUri().toString());
        final Configuration options = new Configuration();
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        environment.configure(options);
        final Collected<RateAnswer> answers = new Collected<>();
        final SingleOutputStreamOperator<RateAnswer> out = OneEngine.stream(POINTS)
                .applyTo(POINTS.stream(environment, HALF, HALF))
                .uid("tollgate");
        out.sinkTo(answers);
        final Collected<WatchEvent> events = new Collected<>();
        out.getSideOutput(RateStream.WATCHES).sinkTo(events);
        cluster.run(environment);
        final SortedSet<String> rest = new TreeSet<>(expected.answers);
        rest.removeAll(firstHalf());
        OneEngine.assertSame(rest, expected.texts(answers.elements().stream()));
        OneEngine.assertSame(expected.events, events.elements().stream().map(OneEngine::text));
    }

    @Test
    void shouldWriteASavepointThatAnotherVersionRestores() throws Exception {
        final StreamExecutionEnvironment environment = LocalCluster.environment(1, "hashmap", directory);
        environment.enableCheckpointing(Long.MAX_VALUE);
        final Configuration options = new Configuration();
        options.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.parse("1m"));
        environment.configure(options);
        final DataStream<PointRecord> half =
                POINTS.stream(environment, HALF).assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks());
        final Collected<RateAnswer> answers = new Collected<>();
        OneEngine.stream(POINTS).applyTo(half).uid("tollgate").sinkTo(answers);
        final JobID job = cluster.start(environment);
        answers.await(firstHalf().size());
        OneEngine.assertSame(firstHalf(), expected.texts(answers.elements().stream()));
        final String golden = System.getProperty("tollgate.test.golden");
        final String savepoint = cluster.stopWithSavepoint(job, golden == null ? directory : Path.of(golden));
        try (Stream<Path> files = Files.list(Path.of(URI.create(savepoint)))) {
            assertEquals(1, files.count(), "files of the savepoint");
        }
    }

    /** Returns the answers of the points before the savepoint. */
    private static SortedSet<String> firstHalf() {
        return expected.answers.stream()
                .filter(text -> !text.contains("later"))
                .filter(text -> Long.parseLong(text.split(",")[2]) < TariffPoints.knownAtNs(HALF))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
