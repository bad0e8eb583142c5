package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
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
 * A process that revises and forgets is killed at random instants. All acknowledged forgetting lasts, and nothing else
 * is forgotten.
 */
class RetentionKillTest {
    private static final int MAX_WRITING_MS = 700;
    private static final int MAX_START_MS = 60_000;
    private static final int POLL_MS = 5;
    private static final int OPERATIONS_PER_RETENTION = 40;
    private static final int KEPT = 100;
    private static final int TIMES = 60;
    /** The number of operations after which more versions have ended than are kept, and a retention has run. */
    private static final int LEAST_WITH_HORIZON = 5 * OPERATIONS_PER_RETENTION;

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
        kill(5);
    }

    private void kill(final int rounds) throws Exception {
        final Random random = new Random(TestSeed.of("retention kill"));
        final Path directory = temporary.resolve("data");
        for (int i = 0; i < rounds; i++) {
            final int round = i;
            // The last round ends only after something was forgotten.
            final int least = i < rounds - 1 ? 1 : LEAST_WITH_HORIZON;
            final long acknowledged = killAfter(directory, least, random.nextInt(MAX_WRITING_MS));
            try (Engine engine = TollgateEngine.launch(context().directory(directory));
                    Engine twin = TollgateEngine.launch(context())) {
                final long found = operationsIn(engine);
                assertTrue(found >= acknowledged, () -> "found=" + found + " acknowledged=" + acknowledged);
                for (long operation = 1; operation <= found; operation++) {
                    apply(twin, operation);
                }
                if (found > acknowledged && found % OPERATIONS_PER_RETENTION == 0) {
                    // The kill came before or after the retention.
                    retain(engine);
                }
                assertEquals(answers(twin), answers(engine), () -> "round=" + round + " found=" + found);
                assertTrue(found < LEAST_WITH_HORIZON || horizonNs(engine) != Instants.NONE, "no version is forgotten");
                assertTrue(found >= least, () -> "found=" + found + " least=" + least);
            }
        }
    }

    /** Runs a writer until so many acknowledgements and a while longer, and kills it. Returns its last operation. */
    private static long killAfter(final Path directory, final long least, final int lifeMs)
            throws IOException, InterruptedException {
        final List<String> command = TestJvm.command(RetentionKillTest.class, "-XX:TieredStopAtLevel=1");
        command.add(directory.toString());
        final Path output = directory.resolveSibling("output");
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        for (int ms = 0; acknowledgedIn(output) < least && ms < MAX_START_MS; ms += POLL_MS) {
            assertFalse(process.waitFor(POLL_MS, TimeUnit.MILLISECONDS), "the process ended by itself");
        }
        assertFalse(process.waitFor(lifeMs, TimeUnit.MILLISECONDS), "the process ended by itself");
        process.destroyForcibly().waitFor();
        final long acknowledged = acknowledgedIn(output);
        assertTrue(acknowledged >= least, () -> "acknowledged=" + acknowledged + " least=" + least);
        return acknowledged;
    }

    private static long acknowledgedIn(final Path output) throws IOException {
        final String text = Files.readString(output, StandardCharsets.US_ASCII);
        // The text after the last complete line is cut.
        final List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        return lines.isEmpty() ? 0 : Long.parseLong(lines.get(lines.size() - 1));
    }

    private static List<String> answers(final Engine engine) {
        final List<String> all = new ArrayList<>();
        final Series series = engine.series().find("killed").orElse(null);
        if (series == null) {
            return all;
        }
        final TestReader reader = new TestReader(engine.newReader());
        final AnswerText text = new AnswerText(reader);
        final long now = engine.now();
        for (long known = now; known > Math.max(0, now - 400); known -= 7) {
            all.add(known + " " + text.of(series, WHOLE, 1_000, known));
        }
        final VersionReading versions = versions(reader, series);
        all.add(versions.horizonNs() + " " + versions.count());
        return all;
    }

    private static long horizonNs(final Engine engine) {
        return versions(
                        new TestReader(engine.newReader()),
                        engine.series().find("killed").orElseThrow())
                .horizonNs();
    }

    private static VersionReading versions(final TestReader reader, final Series series) {
        final VersionReading versions = reader.newVersionReading(1);
        reader.readVersions(series, WHOLE, 1_000, Instants.ALL_KNOWN, versions);
        return versions;
    }

    private static EngineContext context() {
        return TestContext.stepped(ClockMode.KNOWLEDGE).logSegmentLength(1 << 16);
    }

    /** The number of an operation is also its knowledge time. */
    private static long operationsIn(final Engine engine) {
        return Math.max(0, engine.now());
    }

    private static void apply(final Engine engine, final long operation) {
        final Random random = new Random(operation * 31);
        final Series series = Twin.define(engine, SeriesDefinition.step("killed", Unit.PERCENT, 0));
        final long time = random.nextInt(TIMES);
        engine.awaitApplied(Twin.offer(engine, series, time, random.nextInt(1_000), operation, Publisher.NO_REFERENCE));
        if (operation % OPERATIONS_PER_RETENTION == 0) {
            retain(engine);
        }
    }

    private static void retain(final Engine engine) {
        engine.series().retain("killed", Retention.versions(KEPT));
    }

    /** Writes from the state of the directory on, and prints acknowledgements until the kill. */
    public static void main(final String[] arguments) {
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(ThreadingMode.OWN_THREADS).directory(Path.of(arguments[0])))) {
            for (long i = operationsIn(engine) + 1; i > 0; i++) {
                apply(engine, i);
                System.out.println(i);
            }
        }
    }
}
