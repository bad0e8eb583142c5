package io.tollgate.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineClosedException;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TollgateMetricsTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    @AutoClose
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private long time = Instants.parse("2025-04-10T00:00Z");

    private static EngineContext context() {
        return new EngineContext().threadingMode(ThreadingMode.STEPPED).refusalHandler(refusal -> {});
    }

    private static StepSeries define(final Engine engine, final DuplicatePolicy policy) {
        return engine.defineStep(
                SeriesDefinition.step("rate." + policy, Unit.PERCENT, 0).withDuplicates(policy));
    }

    private double value(final String name, final String... tags) {
        return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
    }

    private void apply(final Engine engine, final StepSeries series, final int count) {
        for (int i = 0; i < count; i++) {
            time += MINUTE_NS;
            engine.publisher().apply(series, time, i);
        }
    }

    @Test
    void shouldCountPointsByTheirFate() {
        try (Engine engine = TollgateEngine.launch(context())) {
            new TollgateMetrics(engine).bindTo(registry);
            final StepSeries revised = define(engine, DuplicatePolicy.REVISE);
            final StepSeries rejected = define(engine, DuplicatePolicy.REJECT);
            final StepSeries kept = define(engine, DuplicatePolicy.KEEP_FIRST);
            apply(engine, revised, 5);
            engine.publisher().apply(revised, time, 4);
            engine.publisher().apply(revised, time, 8);
            engine.publisher().apply(revised, time - MINUTE_NS / 2, 9);
            engine.awaitApplied(engine.publisher().withdraw(revised, time));
            apply(engine, kept, 1);
            engine.publisher().apply(kept, time, 8);
            apply(engine, rejected, 1);
            engine.publisher().apply(rejected, time, 8);
            engine.publisher().apply(rejected, time, 9);
            assertEquals(12, value("tollgate.applied"));
            assertEquals(1, value("tollgate.revised"));
            assertEquals(1, value("tollgate.unchanged"));
            assertEquals(1, value("tollgate.late"));
            assertEquals(1, value("tollgate.withdrawn"));
            assertEquals(1, value("tollgate.ignored"));
            assertEquals(2, value("tollgate.refused", "reason", "duplicate"));
            assertEquals(0, value("tollgate.refused", "reason", "overflow"));
            assertEquals(3, value("tollgate.series"));
            assertEquals(engine.admin().statistics().offHeapBytes(), value("tollgate.off.heap"));
            assertEquals(1, value("tollgate.running"));
        }
    }

    @Test
    void shouldCountBatchesAndBackPressure() {
        try (Engine engine = TollgateEngine.launch(context())) {
            new TollgateMetrics(engine).bindTo(registry);
            final StepSeries series = define(engine, DuplicatePolicy.REJECT);
            final Batch batch = engine.publisher().newBatch();
            commit(engine, batch, series);
            commit(engine, batch, series);
            batch.begin();
            batch.abort();
            assertEquals(1, value("tollgate.batches", "outcome", "applied"));
            assertEquals(1, value("tollgate.batches", "outcome", "refused"));
            assertEquals(1, value("tollgate.batches", "outcome", "aborted"));
            assertEquals(0, value("tollgate.batches", "outcome", "timed_out"));
            assertEquals(0, value("tollgate.ring.used"));
            while (engine.publisher().offer(series, time, 1) > 0) {
                time += MINUTE_NS;
            }
            assertEquals(1, value("tollgate.back.pressured"));
            assertTrue(value("tollgate.ring.used") > value("tollgate.ring.capacity") / 2);
        }
    }

    private void commit(final Engine engine, final Batch batch, final StepSeries series) {
        batch.begin();
        batch.offer(series, time, 1);
        engine.awaitApplied(batch.commit());
    }

    @Test
    void shouldCountCheckpointsOfADirectory() {
        try (Engine engine = TollgateEngine.launch(context().directory(directory.resolve("data")))) {
            new TollgateMetrics(engine).bindTo(registry);
            apply(engine, define(engine, DuplicatePolicy.REVISE), 3);
            engine.admin().checkpoint();
            assertEquals(1, value("tollgate.checkpoints", "outcome", "made"));
            assertEquals(0, value("tollgate.checkpoints", "outcome", "failed"));
            assertEquals(0, value("tollgate.log.deleted"));
            assertTrue(value("tollgate.disk.usable") > 0);
        }
    }

    @Test
    void shouldHaveAMeterForEachReasonAndNoneForASeries() {
        try (Engine engine = TollgateEngine.launch(context())) {
            new TollgateMetrics(engine).bindTo(registry);
            final int meters = registry.getMeters().size();
            for (final RefusalReason reason : RefusalReason.values()) {
                assertEquals(
                        0, value("tollgate.refused", "reason", reason.name().toLowerCase(Locale.ROOT)));
            }
            for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
                if (policy != DuplicatePolicy.SUM && policy != DuplicatePolicy.ALL) {
                    apply(engine, define(engine, policy), 1);
                }
            }
            assertEquals(meters, registry.getMeters().size());
        }
    }

    @Test
    void shouldKeepCountersAndLoseGaugesWhenTheEngineCloses() {
        final Engine engine = TollgateEngine.launch(context());
        new TollgateMetrics(engine).bindTo(registry);
        apply(engine, define(engine, DuplicatePolicy.REVISE), 7);
        assertEquals(7, value("tollgate.applied"));
        engine.close();
        assertEquals(7, value("tollgate.applied"));
        assertEquals(Double.NaN, value("tollgate.series"));
        assertEquals(Double.NaN, value("tollgate.off.heap"));
        assertEquals(0, value("tollgate.running"));
        for (final Meter meter : registry.getMeters()) {
            meter.measure().forEach(measurement -> assertFalse(measurement.getValue() < 0, meter::toString));
        }
        assertThrows(EngineClosedException.class, () -> new TollgateMetrics(engine));
    }

    @Test
    void shouldReadTheNextEngineOfTheSameTagsAfterTheClose() {
        try (Engine first = TollgateEngine.launch(context());
                Engine second = TollgateEngine.launch(context())) {
            try (TollgateMetrics metrics = new TollgateMetrics(first, Tags.of("engine", "customs"))) {
                metrics.bindTo(registry);
                apply(first, define(first, DuplicatePolicy.REVISE), 1);
                assertEquals(1, value("tollgate.applied", "engine", "customs"));
            }
            assertEquals(List.of(), registry.getMeters());
            new TollgateMetrics(second, Tags.of("engine", "customs")).bindTo(registry);
            apply(second, define(second, DuplicatePolicy.REVISE), 2);
            assertEquals(2, value("tollgate.applied", "engine", "customs"));
        }
    }

    @Test
    void shouldKeepTheBinderThatTheProgramForgot() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final WeakReference<Object> collected = bindAndForget(engine);
            while (collected.get() != null) {
                System.gc();
            }
            apply(engine, define(engine, DuplicatePolicy.REVISE), 2);
            assertEquals(2, value("tollgate.applied"));
            assertEquals(1, value("tollgate.series"));
            assertEquals(1, value("tollgate.running"));
        }
    }

    /** Returns a reference to an object that is younger than the binder, and that nothing holds. */
    private WeakReference<Object> bindAndForget(final Engine engine) {
        new TollgateMetrics(engine).bindTo(registry);
        return new WeakReference<>(new Object());
    }

    @Test
    void shouldNameMetersAsPrometheusExpects() {
        final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Engine engine = TollgateEngine.launch(context().directory(directory.resolve("data")))) {
            new TollgateMetrics(engine, Tags.of("engine", "customs")).bindTo(prometheus);
            apply(engine, define(engine, DuplicatePolicy.REVISE), 3);
            final String scraped = prometheus.scrape();
            assertEquals(ScrapedNames.EXPECTED, ScrapedNames.of(scraped), scraped);
            final Set<String> lines = new HashSet<>(scraped.lines().toList());
            assertTrue(lines.contains("tollgate_applied_points_total{engine=\"customs\"} 3.0"), scraped);
            assertTrue(
                    lines.contains("tollgate_refused_points_total{engine=\"customs\",reason=\"duplicate\"} 0.0"),
                    scraped);
        }
        assertTrue(prometheus.scrape().contains("tollgate_off_heap_bytes{engine=\"customs\"} NaN"));
    }
}
