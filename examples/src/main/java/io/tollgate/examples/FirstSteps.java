package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/** The example of the README: the average US add-on rate on Chinese goods over the 61 days before 1 June 2025. */
public final class FirstSteps {
    private FirstSteps() {}

    /**
     * Prints the average.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        // readme:begin
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN.add-on", Unit.PERCENT, 2));
            Publisher publisher = engine.publisher();
            publisher.offer(rate, Instants.parse("2025-03-04T00:01-05:00"), rate.scaled("20"));
            publisher.offer(rate, Instants.parse("2025-04-05T00:01-04:00"), rate.scaled("30"));
            publisher.offer(rate, Instants.parse("2025-04-09T00:01-04:00"), rate.scaled("104"));
            publisher.offer(rate, Instants.parse("2025-04-10T00:01-04:00"), rate.scaled("145"));
            engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-05-14T00:01-04:00"), rate.scaled("30")));

            MetricReader reader = engine.newReader();
            WindowReading spring = reader.window(Window.sliding(Duration.ofDays(61)), Metric.MEAN);
            spring.read(rate, Instants.parse("2025-06-01T00:00-04:00"));
            System.out.println(spring.value(Metric.MEAN) + " " + spring.status(Metric.MEAN));
        }
        // readme:end
    }
}
