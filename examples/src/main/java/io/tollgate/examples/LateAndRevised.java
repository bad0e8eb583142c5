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
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Late, restated and withdrawn points: every answer is exactly that of the data as it stands. */
public final class LateAndRevised {
    private LateAndRevised() {}

    /**
     * Prints the average of ten days after each point.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff", Unit.PERCENT, 1));
            Publisher publisher = engine.publisher();
            publisher.offer(rate, day(1), rate.scaled("10"));
            print(engine, rate, "in order ", publisher.offer(rate, day(6), rate.scaled("20")));
            print(engine, rate, "late     ", publisher.offer(rate, day(3), rate.scaled("15")));
            print(engine, rate, "revised  ", publisher.offer(rate, day(6), rate.scaled("30")));
            print(engine, rate, "withdrawn", publisher.withdraw(rate, day(3)));
        }
    }

    private static void print(final Engine engine, final StepSeries rate, final String what, final long ticket) {
        engine.awaitApplied(ticket);
        MetricReader reader = engine.newReader();
        WindowReading reading = reader.window(Window.sliding(Duration.ofDays(10)), Metric.MEAN, Metric.MAX);
        reading.read(rate, day(11));
        System.out.println(what + " mean " + reading.value(Metric.MEAN) + ", max " + reading.value(Metric.MAX));
    }

    private static long day(final int dayOfMonth) {
        return Instants.of(LocalDate.of(2025, 1, dayOfMonth), LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }
}
