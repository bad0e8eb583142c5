package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Retention;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that restates and forgets is killed at a random instant: what it has acknowledged as forgotten stays so,
 * and nothing else is.
 */
class RetentionKillTest {
    private static final int LEAST_LIFE_MS = 500;
    private static final int MAX_LIFE_MS = 1_200;
    private static final int OPERATIONS_PER_RETENTION = 40;
    private static final int KEPT = 100;
    private static final Window WHOLE = Window.slidingNs(1L << 40);

    @TempDir
    private Path temporary;

    @Test
    void shouldForgetWhatWasForgottenAndNothingElse() throws Exception {
        kill(2);
    }

    @Test
    @Tag("ci")
    void shouldForgetWhatWasForgottenAndNothingElseInManyKills() throws Exception {
        kill(8);
    }

    private void kill(final int rounds) throws Exception {
        final Random random = new Random(TestSeed.of("retention kill"));
        final Path directory = temporary.resolve("data");
        for (int i = 0; i < rounds; i++) {
            final int round = i;
            final int lifeMs = LEAST_LIFE_MS + random.nextInt(MAX_LIFE_MS - LEAST_LIFE_MS);
            final long acknowledged = killAfter(directory, lifeMs);
            try (Engine engine = TollgateEngine.launch(context().directory(directory));
                    Engine twin = TollgateEngine.launch(context())) {
                final long found = operationsIn(engine);
                assertTrue(found >= acknowledged, () -> "found=" + found + " acknowledged=" + acknowledged);
                for (long operation = 1; operation <= found; operation++) {
                    apply(twin, operation);
                }
                if (found > acknowledged && found % OPERATIONS_PER_RETENTION == 0) {
                    // Killed before its retention, or behind it.
                    retain(engine);
                }
                assertEquals(answers(twin), answers(engine), () -> "round=" + round + " found=" + found);
            }
        }
    }

    /** Runs a writer for a while, kills it, and returns the last operation that it has acknowledged. */
    private static long killAfter(final Path directory, final int lifeMs) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String opened : new String[] {"java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"}) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(RetentionKillTest.class.getName(), directory.toString()));
        final Path output = directory.resolveSibling("output");
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(!process.waitFor(lifeMs, TimeUnit.MILLISECONDS), "the process ended by itself");
        process.destroyForcibly().waitFor();
        final List<String> lines = Files.readAllLines(output, StandardCharsets.US_ASCII);
        // The last line may be cut.
        return lines.size() < 2 ? 0 : Long.parseLong(lines.get(lines.size() - 2));
    }

    private static List<String> answers(final Engine engine) {
        final List<String> all = new ArrayList<>();
        final Series series = engine.find("killed").orElse(null);
        if (series == null) {
            return all;
        }
        final MetricReader reader = engine.newReader();
        final AnswerText text = new AnswerText(reader);
        final long now = engine.now();
        for (long known = now; known > Math.max(0, now - 400); known -= 7) {
            all.add(known + " " + text.of(series, WHOLE, 1_000, known));
        }
        final VersionReading versions = reader.newVersionReading(1);
        reader.readVersions(series, WHOLE, 1_000, MetricReader.ALL_KNOWN, versions);
        all.add(versions.horizonNs() + " " + versions.count());
        return all;
    }

    private static EngineContext context() {
        return new EngineContext().clockMode(ClockMode.KNOWLEDGE).stepped(true).logSegmentLength(1 << 16);
    }

    /** The operation of a number is known at that number. */
    private static long operationsIn(final Engine engine) {
        return Math.max(0, engine.now());
    }

    private static void apply(final Engine engine, final long operation) {
        final Random random = new Random(operation * 31);
        final Series series = Twin.define(engine, SeriesDefinition.step("killed", Unit.PERCENT, 0));
        final long time = random.nextInt(60);
        engine.awaitApplied(Twin.offer(engine, series, time, random.nextInt(1_000), operation, Publisher.NONE));
        if (operation % OPERATIONS_PER_RETENTION == 0) {
            retain(engine);
        }
    }

    private static void retain(final Engine engine) {
        engine.retain("killed", Retention.versions(KEPT));
    }

    /** Writes on from where the directory stands, and prints what is acknowledged, until it is killed. */
    public static void main(final String[] arguments) {
        try (Engine engine = TollgateEngine.launch(context().stepped(false).directory(Path.of(arguments[0])))) {
            for (long i = operationsIn(engine) + 1; i > 0; i++) {
                apply(engine, i);
                System.out.println(i);
            }
        }
    }
}
