package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job of the guide is that of the source, and it runs. */
class TariffJobTest {
    @TempDir
    private Path directory;

    @Test
    void shouldStandInTheGuide() throws IOException {
        final List<String> source =
                stripped(Files.readString(Path.of("src/test/java/io/tollgate/flink/TariffJob.java")));
        final List<String> shown = source.subList(
                source.indexOf("// The guide begins here.") + 1, source.indexOf("// The guide ends here."));
        final String guide = String.join("\n", stripped(Files.readString(Path.of("../docs/guide/flink.md"))));
        assertTrue(guide.contains(String.join("\n", shown)), "flink.md, expected to show TariffJob.java");
    }

    private static List<String> stripped(final String text) {
        return text.lines().map(String::strip).toList();
    }

    @Test
    void shouldAnswerRefuseAndWatch() throws Exception {
        final Path lines = Files.writeString(directory.resolve("points.csv"), """
                tariff.US.CN,2025-03-04T05:01Z,20,2025-03-04T05:01Z
                licence.US,2025-03-05T05:01Z,20,2025-03-05T05:01Z
                tariff.US.CN,2025-04-10T04:01Z,145,2025-04-10T04:01Z
                tariff.US.CN,2025-05-14T04:01Z,30,2025-05-12T04:01Z
                """);
        final StreamExecutionEnvironment environment = LocalCluster.environment(2, "hashmap", directory);
        TariffJob.build(
                environment,
                new org.apache.flink.core.fs.Path(lines.toUri()),
                new org.apache.flink.core.fs.Path(directory.toUri()));
        try (LocalCluster cluster = new LocalCluster()) {
            cluster.run(environment);
        }
        final List<String> answers = read("answers");
        assertEquals(8, answers.size(), answers::toString);
        assertTrue(
                answers.stream().anyMatch(line -> line.contains("metric=mean, value=145.0, status=OK")),
                answers::toString);
        final List<String> refused = read("refused");
        assertEquals(1, refused.size());
        assertTrue(refused.get(0).contains("reason=UNDEFINED_SERIES"), refused::toString);
        final List<String> watches = read("watches");
        assertEquals(1, watches.size());
        assertTrue(watches.get(0).contains("watch=high, isFired=true"), watches::toString);
    }

    private List<String> read(final String name) throws IOException {
        final List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.walk(directory.resolve(name))) {
            for (final Path part : parts.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }
}
