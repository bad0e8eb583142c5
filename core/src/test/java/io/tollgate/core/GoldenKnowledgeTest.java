package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.RevisionReading;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory of the third format with what the second had not: two shards, batches, and a history that answers as
 * known at earlier instants. {@link #main} made it.
 */
class GoldenKnowledgeTest {
    private static final GoldenArchive GOLDEN = new GoldenArchive("directory-3");
    private static final int CHANGES = 2_000;
    private static final List<String> KEYS = List.of("golden.level", "golden.events", "golden.sums");
    private static final List<Window> WINDOWS =
            List.of(Window.slidingNs(1_000), Window.slidingNs(30_000), Window.last(20), Window.since(0));

    private static final Metric[] METRICS = {
        Metric.COUNT,
        Metric.SUM,
        Metric.MEAN,
        Metric.SD,
        Metric.MIN,
        Metric.MAX,
        Metric.FIRST,
        Metric.LAST,
        Metric.CHANGES,
        Metric.MEDIAN,
        Metric.SINCE_CHANGE,
        Metric.COVERAGE
    };

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheAnswersOfTheDayItWasMade() throws IOException {
        GOLDEN.unpack(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    @Test
    void shouldGiveThemWhenItIsRebuiltFromItsLogs() throws IOException {
        GOLDEN.unpack(directory);
        for (int shard = 0; shard < 2; shard++) {
            Files.delete(directory.resolve("shard-" + shard).resolve("clean"));
        }
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    /** Nothing tells which directory it is: neither do the logs that are put in the place of the damaged ones. */
    @Test
    void shouldGoOnBehindARecoveryOfBothLogs() throws IOException {
        GOLDEN.unpack(directory);
        for (int shard = 0; shard < 2; shard++) {
            FileDamage.flip(directory.resolve("shard-" + shard + "/log/log-0000000000000000.seg"), 300, 1);
        }
        final IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> DirectoryRecovery.recover(context(directory)));
        assertTrue(refusal.getMessage().contains("with the version of Tollgate that made it"), refusal::getMessage);
        for (int shard = 0; shard < 2; shard++) {
            // Now nothing has what the logs have lost.
            Files.delete(directory.resolve("shard-" + shard + "/clean"));
        }
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertEquals(
                2,
                report.shards().stream()
                        .filter(shard -> shard.damagedLog().isPresent())
                        .count(),
                report::toString);
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
            TollgateEngine.launch(context(directory)).close();
        }
    }

    @Test
    void shouldGiveThemFromAnEngineThatIsFilledToday() throws IOException {
        fill(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    /** Made the archive and the answers. */
    public static void main(final String[] args) throws IOException {
        final Path made = Files.createTempDirectory("golden");
        fill(made);
        GOLDEN.make(Path.of(args[0]), made, answers(made));
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .shardCount(2)
                .clockMode(ClockMode.KNOWLEDGE)
                .stepped(true)
                .logSegmentLength(1 << 18);
    }

    private static void fill(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final StepSeries level = engine.defineStep(
                    SeriesDefinition.step(KEYS.get(0), Unit.PERCENT, 2).withWindows(WINDOWS.get(0)));
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow(KEYS.get(1), Unit.COUNT, 0).withWindows(WINDOWS.get(1)));
            final FlowSeries sums = engine.defineFlow(
                    SeriesDefinition.flow(KEYS.get(2), Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM));
            final Batch batch = engine.publisher().newBatch();
            final Random random = new Random(3);
            for (int i = 0; i < CHANGES; i++) {
                final long knowledge = 100L * i;
                final long time = random.nextInt(4) == 0 ? 10L * random.nextInt(i + 1) : 10L * i;
                change(engine, batch, i % 5 == 0, level, events, sums, random, time, knowledge);
            }
        }
    }

    /** A change of each series: together, or one by one. */
    private static void change(
            final Engine engine,
            final Batch batch,
            final boolean isTogether,
            final StepSeries level,
            final FlowSeries events,
            final FlowSeries sums,
            final Random random,
            final long time,
            final long knowledge) {
        final long value = random.nextInt(10_000);
        final long reference = random.nextInt(3);
        if (isTogether) {
            batch.begin();
            batch.offer(level, time, value, knowledge, Publisher.NONE);
            batch.offer(events, time, value, knowledge, reference);
            batch.offer(sums, time, value, knowledge, Publisher.NONE);
            engine.awaitApplied(batch.commit());
        } else if (random.nextInt(6) == 0) {
            // What is not there is refused.
            Twin.withdraw(engine, level, time, knowledge, Publisher.NONE);
            engine.awaitApplied(Twin.withdraw(engine, events, time, knowledge, reference));
        } else {
            Twin.offer(engine, level, time, value, knowledge, Publisher.NONE);
            engine.awaitApplied(Twin.offer(engine, events, time, value, knowledge, reference));
        }
    }

    private static String answers(final Path directory) {
        final StringBuilder text = new StringBuilder();
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading(METRICS);
            final RevisionReading revisions = reader.newRevisionReading();
            text.append(engine.now()).append('\n');
            for (final String key : KEYS) {
                final Series series = engine.find(key).orElseThrow();
                for (final long known : new long[] {5_000, 77_777, 150_000, MetricReader.ALL_KNOWN}) {
                    for (final Window window : WINDOWS) {
                        reader.read(series, window, 15_432, known, reading);
                        reader.readRevisions(series, window, 15_432, known, revisions);
                        append(text, reading, revisions);
                    }
                }
            }
        }
        return text.toString();
    }

    /** In hexadecimal digits, which all JDKs write alike. */
    private static void append(final StringBuilder text, final WindowReading reading, final RevisionReading revisions) {
        for (final Metric metric : METRICS) {
            text.append(Double.toHexString(reading.value(metric))).append(' ');
            text.append(reading.status(metric)).append(';');
        }
        text.append(revisions.pointCount())
                .append(' ')
                .append(revisions.revisionCount())
                .append(' ');
        text.append(revisions.withdrawalCount()).append('\n');
    }
}
