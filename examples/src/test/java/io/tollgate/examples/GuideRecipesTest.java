package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the guide are code of this class, word for word, and give the answers that the page shows. */
final class GuideRecipesTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "guide", "recipes.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "tollgate", "examples", "GuideRecipesTest.java");
    private static final Pattern RECIPE = Pattern.compile("\\| (.*\\?) \\| `(.*)` \\| ?(?:`(.*)`)? ?\\|");

    @AutoClose
    private final Engine engine = TollgateEngine.launch(
            new EngineContext().threadingMode(ThreadingMode.STEPPED).clockMode(ClockMode.MANUAL));

    private final Publisher publisher = engine.publisher();
    private final MetricReader reader = engine.newReader();
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("granted", Unit.COUNT, 0));
    private final long april = Instants.parse("2025-04-10T00:00Z");
    private final long may = Instants.parse("2025-05-14T00:00Z");
    private final long june = Instants.parse("2025-06-01T00:00Z");

    @BeforeEach
    void offerTheRates() {
        engine.advanceTo(june);
        publisher.offer(rate, april, 145);
        publisher.offer(rate, may, 30);
        engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-08-12T00:00Z"), 10));
    }

    private static void answer(final String expected, final Object found) {
        assertEquals(expected, String.valueOf(found));
    }

    @Test
    void shouldContainEachRecipeOfThePage() throws IOException {
        final String source = Files.readString(SOURCE).replaceAll("\\s", "");
        final List<MatchResult> recipes =
                RECIPE.matcher(Files.readString(PAGE)).results().toList();
        assertEquals(20, recipes.size());
        for (final MatchResult recipe : recipes) {
            final String code = recipe.group(2).replaceAll("\\s", "");
            final String answer = recipe.group(3);
            if (!code.startsWith("java-jar")) {
                final String line =
                        answer == null ? code : "answer(\"" + answer.replaceAll("\\s", "") + "\"," + code + ")";
                assertTrue(source.contains(line), recipe.group());
            }
        }
    }

    @Test
    void shouldReadRates() {
        final LevelReading level = reader.level().read(rate, engine.now());
        answer("30.0", reader.level().read(rate, engine.now()).value());
        answer("10.0 at 2025-08-12T00:00:00Z", level.nextValue() + " at " + Instants.format(level.nextChangeAtNs()));
        final Window month = Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC);
        answer(
                "78.22580645161293",
                reader.window(month, Metric.MEAN).read(rate, june - 1).value(Metric.MEAN));
        final WindowReading year =
                reader.window(Window.sliding(Duration.ofDays(365)), Metric.above("40"), Metric.COVERAGE);
        year.read(rate, june);
        answer("34.0", year.value(Metric.above("40")) * year.value(Metric.COVERAGE) * 365);
        answer(
                "2",
                reader.window(Window.since(april), Metric.COUNT)
                        .read(rate, june)
                        .count());
    }

    @Test
    void shouldCorrectPoints() {
        engine.advanceTo(june + 1);
        engine.awaitApplied(publisher.offer(rate, may, 35));
        answer("35.0", reader.level().read(rate, june).value());
        answer("30.0", reader.asOf(june).level().read(rate, june).value());
        engine.awaitApplied(publisher.withdraw(rate, may));
        answer("145.0", reader.level().read(rate, june).value());
        engine.awaitApplied(publisher.offerUnknown(rate, may));
        answer("INSUFFICIENT", reader.level().read(rate, june).status());
    }

    @Test
    void shouldTakeAKnowledgeTime() {
        engine.advanceTo(june + 1);
        engine.awaitApplied(
                publisher.point(rate).validAt(may).value(34).knownAt(june).offer());
        assertEquals(june, reader.level().read(rate, june).knowledgeTimeNs());
        answer("34.0", reader.level().read(rate, june).value());
    }

    @Test
    void shouldTakeEventsAndFilesTwice() {
        engine.awaitApplied(
                publisher.point(granted).validAt(may).value(3).reference(17).offer());
        engine.awaitApplied(
                publisher.point(granted).validAt(may).value(5).reference(18).offer());
        final WindowReading sum = reader.window(Window.since(april), Metric.SUM);
        answer("8.0", sum.read(granted, june).value(Metric.SUM));
        final long ticket =
                publisher.point(granted).validAt(may).value(5).reference(18).offer();
        answer("UNCHANGED", engine.awaitOutcome(ticket).type());
        assertEquals(1, engine.admin().statistics().unchangedCount());
    }

    @Test
    void shouldTakeAllPointsOrNone() {
        final Batch batch = publisher.newBatch();
        batch.begin();
        batch.offer(rate, june, 40);
        batch.offer(granted, june, 2);
        engine.awaitApplied(batch.commit());
        assertEquals(1, engine.admin().statistics().batchCounts().applied());
    }

    @Test
    void shouldEndASeries() {
        final StepSeries next = engine.defineStep(SeriesDefinition.step("rate.next", Unit.BASIS_POINT, 0));
        final long end = Instants.parse("2026-01-01T00:00Z");
        engine.series().close(rate, LifeEnd.at(end).followedBy(next));
        assertEquals(Status.OK, reader.level().read(rate, june).status());
    }

    @Test
    void shouldKeepPointsOnDisk(@TempDir final Path directory) {
        final EngineContext context = new EngineContext().directory(directory);
        context.refusalHandler(refusal -> {});
        try (Engine durable = TollgateEngine.launch(context)) {
            final StepSeries series = durable.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            final long ticket = durable.publisher().offer(series, may, 30);
            durable.awaitDurable(ticket);
            assertTrue(durable.isDurable(ticket));
        }
    }
}
