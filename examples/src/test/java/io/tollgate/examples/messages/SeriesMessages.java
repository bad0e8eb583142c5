package io.tollgate.examples.messages;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.Share;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.TollgateEngine;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.stream.IntStream;

/** The exceptions of definitions: series, windows, metrics, values, instants, groups, pairs and stacks. */
final class SeriesMessages {
    private static final long NOON = Instants.parse("2025-04-09T12:00:00Z");
    private static final SeriesDefinition RATE = SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2);
    private static final SeriesDefinition GRANTED = SeriesDefinition.flow("licences.granted", Unit.COUNT, 0);

    private SeriesMessages() {}

    static void addTo(final MessageTable table) {
        try (Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL))) {
            table.section("Series");
            definitions(table);
            defined(table, engine);
            lives(table, engine);
            table.section("Values and instants");
            values(table, engine);
            table.section("Windows and metrics");
            windows(table);
            metrics(table);
            table.section("Groups, pairs, stacks and sources");
            groups(table, engine);
            panels(table, engine);
        }
    }

    private static void definitions(final MessageTable table) {
        table.thrown("null as a key", () -> SeriesDefinition.step(null, Unit.PERCENT, 2));
        table.thrown("empty key", () -> SeriesDefinition.step("", Unit.PERCENT, 2));
        table.thrown("key with an empty segment", () -> SeriesDefinition.step("tariff..CN", Unit.PERCENT, 2));
        table.thrown("pattern as a key", () -> SeriesDefinition.step("tariff.*", Unit.PERCENT, 2));
        table.thrown("key with a line break", () -> SeriesDefinition.step("tariff\nUS", Unit.PERCENT, 2));
        table.thrown("key too long", () -> SeriesDefinition.step("a".repeat(129), Unit.PERCENT, 2));
        table.thrown("scale too large", () -> SeriesDefinition.step("tariff", Unit.PERCENT, 10));
        table.thrown("unit without a name", () -> new Unit(""));
        table.thrown("policy ALL of a STEP", () -> RATE.withDuplicates(DuplicatePolicy.ALL));
        table.thrown("heartbeat of 0", () -> RATE.withHeartbeat(Duration.ZERO));
        table.thrown("the same window twice", () -> RATE.withWindows(Window.last(3), Window.last(3)));
        table.thrown(
                "too many windows",
                () -> RATE.withWindows(
                        IntStream.rangeClosed(1, 100).mapToObj(Window::last).toArray(Window[]::new)));
        table.thrown("pattern with a star inside a segment", () -> WindowRegistration.of("tariff.C*"));
    }

    private static void defined(final MessageTable table, final Engine engine) {
        engine.defineStep(RATE);
        engine.defineFlow(GRANTED);
        table.thrown("defineStep with a FLOW", () -> engine.defineStep(GRANTED));
        table.thrown("defineFlow with a STEP", () -> engine.defineFlow(RATE));
        table.thrown("defineStep with null", () -> engine.defineStep(null));
        table.thrown(
                "same key with another unit",
                () -> engine.defineStep(SeriesDefinition.step(RATE.key(), Unit.BASIS_POINT, 2)));
        table.thrown("find of null", () -> engine.series().find(null));
        table.thrown(
                "life that starts at milliseconds",
                () -> engine.defineFlow(
                        SeriesDefinition.flow("licences.filed", Unit.COUNT, 0).withLifeStart(NOON / 1_000_000)));
    }

    private static void lives(final MessageTable table, final Engine engine) {
        table.thrown("start of life of a STEP", () -> RATE.withLifeStart(NOON));
        final FlowSeries series = engine.defineFlow(
                SeriesDefinition.flow("licences.filed", Unit.COUNT, 0).withLifeStart(NOON));
        final StepSeries rate = engine.defineStep(RATE);
        engine.publisher().apply(series, NOON + 10, 1);
        table.thrown("close before the start", () -> engine.series().close(series, LifeEnd.at(NOON - 1)));
        table.thrown("close before a point", () -> engine.series().close(series, LifeEnd.at(NOON + 5)));
        table.thrown(
                "successor of another kind",
                () -> engine.series().close(series, LifeEnd.at(NOON + 20).followedBy(rate)));
        engine.series().close(series, LifeEnd.at(NOON + 20));
        table.thrown("close with another end", () -> engine.series().close(series, LifeEnd.at(NOON + 30)));
        table.thrown("retention of an age below 0", () -> Retention.age(Duration.ofDays(-1)));
        table.thrown("retention of versions below 0", () -> Retention.versions(-1));
        table.thrown("retain of null", () -> engine.series().retain(null, Retention.versions(1)));
    }

    private static void values(final MessageTable table, final Engine engine) {
        final StepSeries rate = engine.defineStep(RATE);
        table.thrown("text that is no number", () -> rate.scaled("34%"));
        table.thrown("too many digits", () -> rate.scaled("34.125"));
        table.thrown("exponent too large", () -> rate.scaled("1e999999999"));
        table.thrown("NaN", () -> rate.scaled(Double.NaN, RoundingMode.HALF_EVEN));
        table.thrown("instant without a zone", () -> Instants.parse("2025-04-09T12:00"));
        table.thrown("integer as an instant", () -> Instants.parse("1744200000"));
        table.thrown("instant out of range", () -> Instants.parse("1600-01-01T00:00Z"));
        table.thrown("advanceTo out of range", () -> engine.advanceTo(Long.MAX_VALUE));
    }

    private static void windows(final MessageTable table) {
        table.thrown("null as a length", () -> Window.sliding((Duration) null));
        table.thrown("length of 0", () -> Window.sliding(Duration.ZERO));
        table.thrown("length above 292 years", () -> Window.sliding(Duration.ofDays(200_000)));
        table.thrown("no last points", () -> Window.last(0));
        table.thrown("minCount of 0", () -> ReadOptions.DEFAULT.withMinCount(0));
        table.thrown("minCoverage above 1", () -> ReadOptions.DEFAULT.withMinCoverage(1.5));
    }

    private static void metrics(final MessageTable table) {
        table.thrown("unknown metric", () -> Metric.parse("average"));
        table.thrown("quantile above 1", () -> Metric.quantile(1.5));
        table.thrown("level that is no number", () -> Metric.above("high"));
        table.thrown("volatility of no periods", () -> Metric.volatility("0"));
    }

    private static void groups(final MessageTable table, final Engine engine) {
        final StepSeries rate = engine.defineStep(RATE);
        final StepSeries points = engine.defineStep(SeriesDefinition.step("tariff.BP", Unit.BASIS_POINT, 0));
        final StepSeries weight = engine.defineStep(SeriesDefinition.step("imports.CN", Unit.COUNT, 0));
        table.thrown("members of two units", () -> Group.of(GroupMember.of(rate), GroupMember.of(points)));
        table.thrown("member given twice", () -> Group.of(GroupMember.of(rate), GroupMember.of(rate)));
        table.thrown(
                "weight of one member only",
                () -> Group.of(
                        GroupMember.of(rate, weight),
                        GroupMember.of(engine.defineStep(SeriesDefinition.step("tariff.US.MX", Unit.PERCENT, 2)))));
        table.thrown(
                "interval that ends before it starts",
                () -> GroupMember.of(rate).withInterval(NOON, NOON - 1));
        table.thrown("pattern without a star", () -> new LevelPattern("tariff.US", Unit.PERCENT, 2));
        table.thrown("share above 1", () -> Share.of(3, 2));
        table.thrown("share that is no number", () -> Share.parse("a third"));
    }

    private static void panels(final MessageTable table, final Engine engine) {
        final StepSeries rate = engine.defineStep(RATE);
        final StepSeries points = engine.defineStep(SeriesDefinition.step("tariff.BP", Unit.BASIS_POINT, 0));
        final FlowSeries granted = engine.defineFlow(GRANTED);
        final Pair pair = Pair.asOf(rate, points);
        table.thrown("lag in buckets of a pair as-of", () -> pair.withLagBuckets(1));
        table.thrown(
                "lag in time of a pair by bucket",
                () -> Pair.byBucket(granted, granted, Bucket.of(Duration.ofDays(1)))
                        .withLag(Duration.ofDays(1)));
        table.thrown("bucket of 0", () -> Bucket.of(Duration.ZERO));
        table.thrown("layer given twice", () -> Composition.of(Layer.add("base", rate), Layer.add("base", rate)));
        table.thrown("layer that refers to none", () -> Composition.of(Layer.exempt("exempt", rate, "base")));
        table.thrown("layers of two units", () -> Composition.of(Layer.add("base", rate), Layer.add("extra", points)));
        table.thrown("selector without a composition", () -> Stack.of(rate));
        table.thrown("one source", () -> Comparison.of(rate));
        table.thrown("sources of two units", () -> Comparison.of(rate, points));
    }
}
