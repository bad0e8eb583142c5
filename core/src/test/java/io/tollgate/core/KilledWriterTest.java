package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
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
 * A process that writes is killed at a random instant, again and again, also while it makes the directory or recovers
 * it: nothing that it has acknowledged is missing, and every metric is that of an engine that was never killed.
 */
class KilledWriterTest {
    private static final int SERIES = 6;
    private static final int MAX_LIFE_MS = 1_500;
    private static final List<Window> WINDOWS =
            List.of(Window.slidingNs(500), Window.slidingNs(5_000), Window.last(7), Window.slidingNs(1L << 40));

    @TempDir
    private Path temporary;

    @Test
    void shouldLoseNothingInAKill() throws Exception {
        kill(2);
    }

    @Test
    @Tag("ci")
    void shouldLoseNothingInManyKills() throws Exception {
        kill(25);
    }

    @Test
    @Tag("nightly")
    void shouldLoseNothingInAThousandKills() throws Exception {
        kill(1_000);
    }

    private void kill(final int rounds) throws Exception {
        final Random random = new Random(TestSeed.of("KilledWriterTest"));
        Path directory = temporary.resolve("data");
        for (int i = 0; i < rounds; i++) {
            final long acknowledged = killAfter(directory, random.nextInt(MAX_LIFE_MS));
            final boolean isMade = Files.exists(directory);
            if (isMade && random.nextBoolean()) {
                assertNotEquals(
                        DirectoryCheck.State.DAMAGED,
                        DirectoryCheck.of(directory).state(),
                        "round " + i);
            }
            if (isMade && random.nextInt(3) == 0) {
                final RecoveryReport report = DirectoryRecovery.recover(new EngineContext().directory(directory));
                assertEquals(List.of(), report.shards().get(0).losses(), () -> "" + report.lines());
                assertEquals(
                        DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
            }
            requireAllOf(directory, acknowledged, "round " + i);
            if (random.nextInt(8) == 0) {
                directory = temporary.resolve("data-" + i);
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
        command.addAll(List.of(KilledWriterTest.class.getName(), directory.toString()));
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

    private static void requireAllOf(final Path directory, final long acknowledged, final String what) {
        try (Engine engine = TollgateEngine.launch(context().directory(directory));
                Engine twin = TollgateEngine.launch(context())) {
            final long found = operationsIn(engine);
            assertTrue(found >= acknowledged, what + ": found=" + found + " acknowledged=" + acknowledged);
            write(twin, 0, found);
            final List<String> answers = answers(engine);
            if (!answers.equals(answers(twin))) {
                // Killed between an operation and the point that counts it.
                apply(twin, found);
                assertEquals(answers(twin), answers, what + ": found=" + found);
                count(engine, found);
            }
        }
    }

    private static List<String> answers(final Engine engine) {
        final List<String> answers = new ArrayList<>();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        final long now = engine.now();
        for (int i = 0; i < SERIES; i++) {
            final Series series = engine.find("killed." + i).orElse(null);
            for (long at = now - 20_000; series != null && at <= now; at += 1_777) {
                for (final Window window : WINDOWS) {
                    reader.read(series, window, at, reading);
                    answers.add(i + " " + at + " " + reading.count() + " " + reading.value(Metric.SUM) + " "
                            + reading.value(Metric.MEAN) + " " + reading.value(Metric.SD) + " "
                            + reading.value(Metric.MAX) + " " + reading.status(Metric.SD));
                }
            }
        }
        return answers;
    }

    private static EngineContext context() {
        return new EngineContext().clockMode(ClockMode.EVENT).stepped(true).logSegmentLength(1 << 16);
    }

    private static long operationsIn(final Engine engine) {
        return engine.find("killed.count").isPresent() ? PointCount.of(engine, "killed.count") : 0;
    }

    private static void write(final Engine engine, final long from, final long to) {
        for (long i = from; i < to; i++) {
            apply(engine, i);
            count(engine, i);
        }
    }

    private static void count(final Engine engine, final long operation) {
        final FlowSeries count = engine.defineFlow(SeriesDefinition.flow("killed.count", Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(count, operation, 1));
    }

    /** The operation of a number: a point, often late, a revision, or a withdrawal of one of those before. */
    private static void apply(final Engine engine, final long operation) {
        final Random random = new Random(operation * 31);
        final int index = random.nextInt(SERIES);
        final String key = "killed." + index;
        final Publisher publisher = engine.publisher();
        final long time = 10 * operation - (random.nextInt(4) == 0 ? random.nextInt(300) : 0);
        final long ticket;
        if (index < SERIES / 2) {
            final StepSeries series = engine.defineStep(
                    SeriesDefinition.step(key, Unit.PERCENT, 2).withWindows(Window.slidingNs(500)));
            ticket = random.nextInt(20) == 0
                    ? publisher.offerUnknown(series, time)
                    : publisher.offer(series, time, random.nextInt(10_000));
        } else {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0)
                    .withDuplicates(DuplicatePolicy.REVISE)
                    .withWindows(Window.slidingNs(5_000)));
            ticket = random.nextInt(10) == 0
                    ? publisher.withdraw(series, (time - 10) / 20 * 20, Publisher.NONE, Publisher.NONE)
                    : publisher.offer(series, time / 20 * 20, random.nextInt(100));
        }
        engine.awaitApplied(ticket);
    }

    /** Writes on from where the directory stands, and prints what is acknowledged, until it is killed. */
    public static void main(final String[] arguments) {
        try (Engine engine = TollgateEngine.launch(context().stepped(false).directory(Path.of(arguments[0])))) {
            for (long i = operationsIn(engine); i >= 0; i++) {
                write(engine, i, i + 1);
                System.out.println(i + 1);
            }
        }
    }
}
