package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that fails at a random record gives the answers of one engine, bit for bit. */
class FailoverTest {
    private static final int COUNT = 8_000;
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
        final Collected<WatchEvent> events = new Collected<>();
        final SingleOutputStreamOperator<RateAnswer> out = OneEngine.stream(POINTS)
                .applyTo(POINTS.stream(environment, COUNT / 10).map(failure).setParallelism(1))
                .uid("tollgate");
        out.sinkTo(answers);
        out.getSideOutput(RateStream.REFUSED).sinkTo(refused);
        out.getSideOutput(RateStream.WATCHES).sinkTo(events);
        cluster.run(environment);
        assertTrue(failure.hasHappened());
        OneEngine.assertSame(expected.answers, expected.texts(answers.elements().stream()));
        OneEngine.assertSame(expected.refusals, refused.elements().stream().map(OneEngine::text));
        OneEngine.assertSame(expected.events, events.elements().stream().map(OneEngine::text));
        System.out.println(expected.answers.size() + " answers, " + expected.refusals.size() + " refused, "
                + expected.events.size() + " events");
    }
}
