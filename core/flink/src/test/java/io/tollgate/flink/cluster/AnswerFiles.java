package io.tollgate.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.flink.OneEngine;
import io.tollgate.flink.PointRecord;
import io.tollgate.flink.RateAnswer;
import io.tollgate.flink.RateStream;
import io.tollgate.flink.TariffPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Files below a directory with all that a job gives: answers, refusals and events of watches, each exactly once. */
record AnswerFiles(Path directory, TariffPoints points) {
    private static final String ANSWERS = "answers";
    private static final String REFUSALS = "refusals";
    private static final String EVENTS = "events";

    /** Adds the operator and the sinks to a job. */
    void addTo(final DataStream<PointRecord> stream) {
        addTo(stream, UnaryOperator.identity());
    }

    /** Adds the operator, a step between it and the sink of answers, and the sinks to a job. */
    void addTo(final DataStream<PointRecord> stream, final UnaryOperator<DataStream<String>> beforeSink) {
        final SingleOutputStreamOperator<RateAnswer> out =
                OneEngine.stream(points).applyTo(stream).uid("tollgate");
        write(beforeSink.apply(out.map(OneEngine::text).returns(Types.STRING)), ANSWERS);
        write(out.getSideOutput(RateStream.REFUSED).map(OneEngine::text).returns(Types.STRING), REFUSALS);
        write(out.getSideOutput(RateStream.WATCHES).map(OneEngine::text).returns(Types.STRING), EVENTS);
    }

    private void write(final DataStream<String> lines, final String name) {
        final Path files = directory.resolve(name);
        lines.sinkTo(FileSink.forRowFormat(
                        new org.apache.flink.core.fs.Path(files.toUri()), new SimpleStringEncoder<String>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build());
    }

    /** Fails unless the files have everything that one engine gives, bit for bit and each line once. */
    void assertSameAsOneEngine() throws IOException {
        final OneEngine expected = OneEngine.of(points);
        assertSameOnce(expected.answers, lines(ANSWERS).map(expected::classified));
        assertSameOnce(expected.refusals, lines(REFUSALS));
        assertSameOnce(expected.events, lines(EVENTS));
        System.out.println(expected.answers.size() + " answers, " + expected.refusals.size() + " refusals and "
                + expected.events.size() + " events, each once");
    }

    /** Fails unless lines have each text once. */
    static void assertSameOnce(final SortedSet<String> expected, final Stream<String> lines) {
        final List<String> all = lines.toList();
        OneEngine.assertSame(expected, all.stream());
        final HashSet<String> seen = new HashSet<>();
        assertEquals(
                List.of(), all.stream().filter(line -> !seen.add(line)).limit(5).toList(), "lines that come again");
    }

    /** Returns the lines of all committed files. */
    private Stream<String> lines(final String name) throws IOException {
        final List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve(name))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines.stream();
    }
}
