package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is stopped with savepoints and continues with more and fewer subtasks gives the answers of one engine. */
class RescaleTest {
    private static final int COUNT = 6_000;
    private static final long SEED = TestSeed.of("RescaleTest");
    private static final TariffPoints POINTS = TariffPoints.of(SEED, COUNT, 20);
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
    @CsvSource({"1, 3, 2, hashmap, rocksdb", "3, 1, 2, rocksdb, hashmap"})
    void shouldGiveTheSameBitsAfterRescaling(
            final int first, final int second, final int third, final String backend, final String other)
            throws Exception {
        final Collected<RateAnswer> before = new Collected<>();
        final String one = stopAfter(COUNT, before, first, backend, null);
        final String two = stopAfter(2 * COUNT, before, second, other, one);
        final Collected<RateAnswer> after = new Collected<>();
        final StreamExecutionEnvironment last = LocalCluster.environment(third, backend, directory, two);
        final Failure<PointRecord> failure = new Failure<>(new SplittableRandom(SEED).nextInt(COUNT / 4));
        answers(POINTS.stream(last, COUNT / 10).map(failure).setParallelism(1).uid("failure"), after);
        cluster.run(last);
        assertTrue(failure.hasHappened());
        OneEngine.assertSame(
                expected.answers, expected.texts(Stream.of(before, after).flatMap(out -> out.elements().stream())));
        assertEquals(
                before.elements().size(), before.elements().stream().distinct().count(), "answers, each once");
    }

    /** Runs a job until it has given so many answers, and returns its savepoint. */
    private String stopAfter(
            final int count,
            final Collected<RateAnswer> out,
            final int parallelism,
            final String backend,
            final String savepoint)
            throws Exception {
        final StreamExecutionEnvironment environment =
                LocalCluster.environment(parallelism, backend, directory, savepoint);
        answers(
                POINTS.stream(environment, COUNT / 20)
                        .map(point -> point)
                        .returns(PointRecord.TYPE)
                        .setParallelism(1)
                        .uid("failure"),
                out);
        final JobID job = cluster.start(environment);
        out.await(count);
        return cluster.stopWithSavepoint(job, directory);
    }

    private static void answers(final DataStream<PointRecord> points, final Collected<RateAnswer> out) {
        OneEngine.stream(POINTS).applyTo(points).uid("tollgate").sinkTo(out).uid("answers");
    }
}
