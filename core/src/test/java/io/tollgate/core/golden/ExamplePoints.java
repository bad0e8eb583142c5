package io.tollgate.core.golden;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;

/**
 * Fills an engine with points in every place that a store has for them: series of each block length and of several
 * blocks, window states of small and of large numbers, late points, revisions, withdrawals, unknowns, pending points, a
 * forgotten history, a batch and a loaded image. Points have knowledge times of their own.
 *
 * <p>Point i of a series is valid at about 10 i and known 3 ns later. Golden files hold these operations, so do not
 * change them.
 */
final class ExamplePoints {
    static final List<Window> WINDOWS = List.of(Window.slidingNs(200), Window.last(5), Window.since(0));

    private static final long SPACE_NS = 10;
    private static final int[] COUNTS = {3, 7, 15, 30, 70, 150, 600};
    private static final int LOADED_COUNT = 3;
    private static final int VERSIONS_KEPT = 3;
    private static final int WIDE_COUNT = 120;
    private static final long WIDE = 3_000_000_000_000_000L;

    /** A series, and how many points it was offered in order. */
    record Filled(String key, int count) {
        long endNs() {
            return SPACE_NS * count;
        }
    }

    private final Engine engine;

    private ExamplePoints(final Engine engine) {
        this.engine = engine;
    }

    static EngineContext context() {
        return TestContext.stepped(ClockMode.KNOWLEDGE).logSegmentLength(1 << 16);
    }

    static EngineContext context(final Path directory) {
        return context().directory(directory);
    }

    static List<Filled> series() {
        return List.of(
                new Filled("step.3", 3),
                new Filled("flow.7", 7),
                new Filled("step.15", 15),
                new Filled("flow.30", 30),
                new Filled("step.70", 70),
                new Filled("flow.150", 150),
                new Filled("step.600", 600),
                new Filled("wide.flow", WIDE_COUNT),
                new Filled("wide.step", WIDE_COUNT),
                new Filled("loaded", LOADED_COUNT));
    }

    /** Returns the series whose image is a golden file. */
    static Series imaged(final Engine engine) {
        return engine.series().find("flow.30").orElseThrow();
    }

    static void fill(final Engine engine) {
        final ExamplePoints points = new ExamplePoints(engine);
        for (int i = 0; i < COUNTS.length; i++) {
            points.fill(points.define(i % 2 == 0 ? "step." : "flow.", COUNTS[i]), COUNTS[i], 1);
        }
        points.fill(engine.defineFlow(flow("wide.flow")), WIDE_COUNT, WIDE);
        points.fill(engine.defineStep(step("wide.step")), WIDE_COUNT, WIDE);
        points.makePending();
        points.offerBatch();
        engine.series().retain("flow.150", Retention.versions(VERSIONS_KEPT));
        engine.images().load(loaded());
    }

    private Series define(final String kind, final int count) {
        return kind.equals("step.") ? engine.defineStep(step(kind + count)) : engine.defineFlow(flow(kind + count));
    }

    private static SeriesDefinition step(final String key) {
        return SeriesDefinition.step(key, Unit.PERCENT, 2).withWindows(WINDOWS.toArray(Window[]::new));
    }

    private static SeriesDefinition flow(final String key) {
        return SeriesDefinition.flow(key, Unit.COUNT, 0)
                .withWindows(WINDOWS.toArray(Window[]::new))
                .withShapes();
    }

    private static long time(final int i) {
        return SPACE_NS * i - (i % 9 == 8 ? 35 : 0);
    }

    private void fill(final Series series, final int count, final long factor) {
        for (int i = 0; i < count; i++) {
            final long known = SPACE_NS * i + 3;
            if (i % 17 == 16 && series instanceof StepSeries) {
                await(engine.publisher()
                        .point(series)
                        .validAt(time(i))
                        .unknown()
                        .knownAt(known)
                        .offer());
            } else {
                KnownPoint.apply(engine, series, time(i), factor * (i * 37 % 101 - 20), known, i);
            }
            if (i % 11 == 10) {
                KnownPoint.apply(engine, series, time(i - 5), factor * (i % 7), known + 1, i - 5);
            }
            if (i % 13 == 12) {
                await(engine.publisher()
                        .point(series)
                        .validAt(time(i - 3))
                        .reference(i - 3)
                        .knownAt(known + 2)
                        .withdraw());
            }
        }
    }

    private void await(final long ticket) {
        engine.awaitApplied(ticket);
    }

    private Series find(final String key) {
        return engine.series().find(key).orElseThrow();
    }

    /** Offers values of the future, known when the last point was. */
    private void makePending() {
        for (final Filled filled : List.of(new Filled("step.70", 70), new Filled("flow.30", 30))) {
            for (int i = 1; i <= 2; i++) {
                final long at = filled.endNs() + 100_000L * i;
                KnownPoint.apply(engine, find(filled.key()), at, 1_000 * i, filled.endNs(), 1_000 + i);
            }
        }
    }

    private void offerBatch() {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        KnownPoint.offer(batch, find("step.15"), SPACE_NS * 15, 77, SPACE_NS * 15, 500);
        KnownPoint.offer(batch, find("flow.7"), SPACE_NS * 7, 78, SPACE_NS * 15, 500);
        await(batch.commit());
    }

    /** Returns the image of a series of another engine. Its last point changes nothing but the knowledge time. */
    private static byte[] loaded() {
        try (Engine other = TollgateEngine.launch(context())) {
            final FlowSeries series = other.defineFlow(flow("loaded"));
            for (int i = 0; i < LOADED_COUNT; i++) {
                final long known = SPACE_NS * i + 3;
                KnownPoint.apply(other, series, time(i), i + 1, known, i);
                KnownPoint.apply(other, series, time(i), i + 10, known + 1, i);
            }
            other.series().retain("loaded", Retention.versions(0));
            KnownPoint.apply(other, series, 0, 50, SPACE_NS * LOADED_COUNT, 0);
            KnownPoint.apply(other, series, 0, 50, SPACE_NS * LOADED_COUNT + 1, 0);
            return other.images().write(series);
        }
    }
}
