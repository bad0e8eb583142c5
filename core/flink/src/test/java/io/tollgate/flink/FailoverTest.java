package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that fails at a random record gives the answers of one engine, bit for bit. */
class FailoverTest {
    private static final int COUNT = 20_000;
    private static final long SEED = TestSeed.of("FailoverTest");
    private static final TariffPoints POINTS = new TariffPoints(SEED, COUNT, 20);
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

    @ParameterizedTest
    @CsvSource({"1, hashmap", "2, hashmap", "3, rocksdb"})
    void shouldGiveTheSameBitsAfterAFailure(final int parallelism, final String backend) throws Exception {
        final StreamExecutionEnvironment environment = LocalCluster.environment(parallelism, backend, directory);
        final int failureAt = COUNT / 4 + new SplittableRandom(SEED + parallelism).nextInt(COUNT / 2);
        System.out.println("failure at record " + failureAt);
        final Failure<PointRecord> failure = new Failure<>(failureAt);
        final Collected<RateAnswer> answers = new Collected<>();
        final Collected<RefusedPoint> refused = new Collected<>();
        final SingleOutputStreamOperator<RateAnswer> out = OneEngine.stream()
                .togetherBy(TariffPoints::partition)
                .applyTo(POINTS.stream(environment, COUNT / 10).map(failure).setParallelism(1))
                .uid("tollgate");
        out.sinkTo(answers);
        out.getSideOutput(RateStream.REFUSED).sinkTo(refused);
        cluster.run(environment);
        assertTrue(failure.hasHappened());
        assertEquals(
                new TreeSet<>(expected.answers),
                answers.elements().stream().map(OneEngine::text).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                new HashSet<>(expected.refusals),
                refused.elements().stream().map(OneEngine::text).collect(Collectors.toSet()));
        System.out.println(expected.refusals.size() + " refused, " + expected.answers.size() + " answers, emitted "
                + answers.elements().size());
    }
}
