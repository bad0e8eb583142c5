package io.tollgate.examples;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.micrometer.TollgateMetrics;

/** An engine whose counters a scrape of Prometheus reads through Micrometer. Not in the jar of the examples. */
final class MonitoredEngine {
    private MonitoredEngine() {}

    /** Prints three lines of a scrape. */
    static void main(final String[] args) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Engine engine = TollgateEngine.launch(new EngineContext());
                TollgateMetrics metrics = new TollgateMetrics(engine, Tags.of("engine", "customs"))) {
            metrics.bindTo(registry);
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff", Unit.PERCENT, 0));
            Publisher publisher = engine.publisher();
            publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 145);
            engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-05-14T04:01Z"), 30));
            registry.scrape()
                    .lines()
                    .filter(line -> line.matches("tollgate_(applied|late|series).*"))
                    .forEach(System.out::println);
        }
    }
}
