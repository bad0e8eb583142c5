package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that fails at a random record gives the answers of one engine, bit for bit. */
class FailoverTest {
    private static final int COUNT = 8_000;
    private static final long SEED = TestSeed.of("FailoverTest");
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
    @CsvSource({"1, hashmap, 0.1", "2, hashmap, 2", "3, rocksdb, 1e9"})
    void shouldGiveTheSameBitsAfterAFailure(final int parallelism, final String backend, final double imageFactor)
            throws Exception {
        final StreamExecutionEnvironment environment = LocalCluster.environment(parallelism, backend, directory);
        final int failureAt = COUNT / 4 + new SplittableRandom(SEED + parallelism).nextInt(COUNT / 2);
        System.out.println("failure at record " + failureAt);
        final Failure<PointRecord> failure = new Failure<>(failureAt);
        final Collected<RateAnswer> answers = new Collected<>();
        final Collected<RefusedPoint> refused = new Collected<>();
        final Collected<WatchEvent> events = new Collected<>();
        final SingleOutputStreamOperator<RateAnswer> out = OneEngine.stream(POINTS)
                .withImageFactor(imageFactor)
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

    @Test
    void shouldWriteEachAnswerOnceToFiles() throws Exception {
        final StreamExecutionEnvironment environment = LocalCluster.environment(2, "hashmap", directory);
        final Failure<PointRecord> failure = new Failure<>(COUNT / 2);
        final Path files = directory.resolve("answers");
        OneEngine.stream(POINTS)
                .applyTo(POINTS.stream(environment, COUNT / 10).map(failure).setParallelism(1))
                .uid("tollgate")
                .map(answer -> OneEngine.text(answer, Long.toString(answer.sequence())))
                .sinkTo(FileSink.forRowFormat(
                                new org.apache.flink.core.fs.Path(files.toUri()), new SimpleStringEncoder<String>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build());
        cluster.run(environment);
        assertTrue(failure.hasHappened());
        final List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.walk(files)) {
            // A failed job leaves files that were never committed; their names begin with a dot.
            for (final Path part : parts.filter(Files::isRegularFile)
                    .filter(part -> !part.getFileName().toString().startsWith("."))
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        OneEngine.assertSame(expected.answers, lines.stream().map(expected::classified));
        assertEquals(expected.answers.size(), lines.size(), "answers, each once");
    }
}
