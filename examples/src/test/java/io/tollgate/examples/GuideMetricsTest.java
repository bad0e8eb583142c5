package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The page of metrics lists each metric by its name and text, and its examples are the answers of the engine. */
final class GuideMetricsTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "guide", "metrics.md");
    private static final Duration DAY = Duration.ofDays(1);
    private static final long START = MetricTour.day("2025-01-01");

    @AutoClose
    private final Engine engine = TollgateEngine.launch(new EngineContext());

    @Test
    void shouldListEachMetricOfASeriesWithItsExamples() throws IOException {
        final StepSeries rate = MetricTour.rate(engine);
        final FlowSeries licences = MetricTour.licences(engine);
        final Set<String> listed = new HashSet<>();
        for (final List<String> row : rows("Metrics of one series")) {
            final Metric metric = Metric.parse(row.get(1));
            assertEquals(metric.text(), row.get(1));
            listed.add(row.get(0));
            final WindowReading spring = window(metric, 61).read(rate, MetricTour.day("2025-06-01"));
            requireShown(row.get(6), spring.status(metric), spring.value(metric), row);
            final WindowReading week = window(metric, 8).read(licences, MetricTour.day("2025-06-09"));
            requireShown(row.get(7), week.status(metric), week.value(metric), row);
        }
        final Stream<String> constants = Arrays.stream(BasicMetric.values()).map(Enum::name);
        final Stream<String> methods = Arrays.stream(Metric.class.getMethods())
                .filter(method -> Metric.class.isAssignableFrom(method.getReturnType()))
                .map(Method::getName)
                .filter(name -> !name.equals("parse"))
                .map(name -> "Metric." + name);
        final Set<String> all = Stream.concat(constants, methods).collect(Collectors.toSet());
        all.add("MEDIAN");
        assertEquals(all, listed);
    }

    private WindowReading window(final Metric metric, final int days) {
        return engine.newReader().window(Window.sliding(Duration.ofDays(days)), metric);
    }

    @Test
    void shouldListEachMetricOfAPairWithItsExample() throws IOException {
        final Pair pair = Pair.byBucket(flow("x", 1, 2, 4, 3, 5, 6), flow("y", 0, 1, 2, 4, 3, 5), Bucket.of(DAY));
        final PairReading reading = engine.newReader()
                .pair(pair, Window.sliding(DAY.multipliedBy(6)))
                .read(START + DAY.multipliedBy(6).toNanos());
        final List<List<String>> rows = rows("Metrics of two series");
        requireNames(PairMetric.values(), rows);
        for (final List<String> row : rows) {
            final PairMetric metric = PairMetric.valueOf(row.get(0));
            assertEquals(metric.text(), row.get(1));
            requireShown(row.get(5), reading.status(metric), reading.value(metric), row);
        }
    }

    private FlowSeries flow(final String key, final long... amounts) {
        final FlowSeries flow =
                engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0).withLifeStart(START));
        for (int day = 0; day < amounts.length; day++) {
            final long noon = START + DAY.multipliedBy(day).plusHours(12).toNanos();
            engine.awaitApplied(engine.publisher().offer(flow, noon, amounts[day]));
        }
        return flow;
    }

    @Test
    void shouldListEachMetricOfAGroupWithItsExample() throws IOException {
        final long[] rates = {50, 10, 0, 20};
        final long[] weights = {10, 100, 1_000, 100};
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            members.add(GroupMember.of(
                    level("rate." + i, Unit.PERCENT, rates[i]), level("weight." + i, new Unit("USD"), weights[i])));
        }
        final GroupReading reading =
                engine.newPanelReader().group(Group.of(members)).read(START);
        final List<List<String>> rows = rows("Metrics of a group");
        requireNames(GroupMetric.values(), rows);
        for (final List<String> row : rows) {
            final GroupMetric metric = GroupMetric.valueOf(row.get(0));
            assertEquals(metric.text(), row.get(1));
            requireShown(row.get(4), reading.status(metric), reading.value(metric), row);
        }
    }

    private StepSeries level(final String key, final Unit unit, final long level) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, unit, 0));
        engine.awaitApplied(engine.publisher().offer(series, START, level));
        return series;
    }

    @Test
    void shouldNameAllOtherMetrics() throws IOException {
        final Set<String> names =
                rows("Other answers").stream().map(row -> row.get(0)).collect(Collectors.toSet());
        Stream.of(RatioMetric.values(), EventMetric.values(), StudyMetric.values(), Denominator.values())
                .flatMap(Arrays::stream)
                .map(metric -> metric.getDeclaringClass().getSimpleName() + "." + metric.name())
                .forEach(name -> assertTrue(names.contains(name), name));
    }

    private static void requireNames(final Enum<?>[] metrics, final List<List<String>> rows) {
        assertEquals(
                Arrays.stream(metrics).map(Enum::name).toList(),
                rows.stream().map(row -> row.get(0)).toList());
    }

    /** Compares a value as rounded to the digits shown, or a status without a value by its name. */
    private static void requireShown(
            final String shown, final Status status, final double value, final List<String> row) {
        if (status.hasValue()) {
            final int digits = new BigDecimal(shown).scale();
            final BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
            assertEquals(shown, rounded.toPlainString(), row::toString);
        } else {
            assertEquals(shown, status.name(), row::toString);
        }
    }

    /** Returns the rows of the last table of a section, without its heads, and without backticks. */
    private static List<List<String>> rows(final String section) throws IOException {
        final List<List<String>> rows = Files.readString(PAGE)
                .split("## " + section + "\n")[1]
                .split("\n## ")[0]
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
        assertTrue(rows.size() > 2, section);
        return rows;
    }
}
