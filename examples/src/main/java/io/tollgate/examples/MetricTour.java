package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/** The two series of the metrics page: a rate of the spring of 2025, and licences of the first week of June. */
public final class MetricTour {
    private MetricTour() {}

    /**
     * Prints some metrics of both series.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            Metric top = Metric.quantile(0.9);
            WindowReading spring = engine.newReader().window(Window.sliding(Duration.ofDays(61)), Metric.MEAN, top);
            spring.read(rate(engine), day("2025-06-01"));
            System.out.println("rate: mean " + spring.value(Metric.MEAN) + ", p90 " + spring.value(top));
            WindowReading week = engine.newReader().window(Window.sliding(Duration.ofDays(8)), Metric.MEAN, top);
            week.read(licences(engine), day("2025-06-09"));
            System.out.println("licences: mean " + week.value(Metric.MEAN) + ", p90 " + week.value(top));
        }
    }

    static StepSeries rate(final Engine engine) {
        StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        String[] days = {"2025-03-04", "2025-04-05", "2025-04-09", "2025-04-10", "2025-05-14"};
        long[] levels = {20, 30, 104, 145, 30};
        for (int i = 0; i < days.length; i++) {
            engine.awaitApplied(engine.publisher().offer(rate, day(days[i]), levels[i]));
        }
        return rate;
    }

    static FlowSeries licences(final Engine engine) {
        SeriesDefinition definition = SeriesDefinition.flow("licences", Unit.COUNT, 0);
        FlowSeries licences = engine.defineFlow(definition.withLifeStart(day("2025-06-01")));
        long[] issued = {20, 40, 40, 40, 50, 50, 70, 90};
        for (int i = 0; i < issued.length; i++) {
            engine.awaitApplied(engine.publisher().offer(licences, day("2025-06-0" + (i + 2)), issued[i]));
        }
        return licences;
    }

    static long day(final String date) {
        return Instants.parse(date + "T00:00Z");
    }
}
