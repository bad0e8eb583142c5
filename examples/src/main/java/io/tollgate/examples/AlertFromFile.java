package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A file with its own columns becomes one series for each product, with an alert if 30 days average above 40%. */
public final class AlertFromFile {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d.M.uuuu");
    private static final List<String> LINES = List.of(
            "Product;Rate in %;In force from",
            "72083900;50,0;4.6.2025", "72083900;25,0;23.3.2018", "76011060;10,0;1.1.2018", "76011060;50,0;4.6.2025");

    private AlertFromFile() {}

    /**
     * Prints the alerts.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            WatchedMetric average = WatchedMetric.of(Window.sliding(Duration.ofDays(30)), Metric.MEAN);
            Subscription high = Subscription.of("high", "rate.*")
                    .withWatches(Watch.above(average, 40))
                    .withOptions(ReadOptions.DEFAULT.withMinCoverage(1));
            try (UpdateQueue alerts = engine.updates().subscribe(high, QueueOptions.DEFAULT)) {
                LINES.stream().skip(1).forEach(line -> load(engine, line.split(";")));
                engine.advanceTo(Instants.parse("2025-12-31T00:00Z"));
                while (alerts.poll(alert -> print(engine, alert), 100) > 0) {}
            }
        }
    }

    private static void load(final Engine engine, final String[] columns) {
        StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + columns[0], Unit.PERCENT, 1));
        LocalDate date = LocalDate.parse(columns[2], DATE);
        long instant = Instants.of(date, LocalTime.of(0, 1), ZoneId.of("America/New_York"));
        long value = rate.scaled(columns[1].replace(',', '.'));
        engine.awaitApplied(engine.publisher().offer(rate, instant, value));
    }

    private static void print(final Engine engine, final Update alert) {
        String key = engine.series().find(alert.seriesNumber()).orElseThrow().key();
        System.out.println(
                key + " " + alert.type() + " at " + alert.newValue() + "%, " + Instants.format(alert.atNs()));
    }
}
