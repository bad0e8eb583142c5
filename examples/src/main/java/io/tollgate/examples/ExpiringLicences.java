package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.licence.LicenceEvent;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicencePipeline;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/** A listener that reads, each day and after each change, how many licences end within 30 days. */
public final class ExpiringLicences {
    private static final long START = Instants.parse("2025-04-04T00:00Z");
    private static final long DAY = Duration.ofDays(1).toNanos();

    private ExpiringLicences() {}

    /**
     * Prints the number when it changes. The followed sum is different each day, so the listener is called every day.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.MANUAL).threadingMode(ThreadingMode.STEPPED))) {
            LicenceSeries series = LicenceSeries.define(engine, "licences.CN.magnets", START);
            LicencePipeline office = LicencePipeline.ofCounts(series, 0, 0);
            WindowReading ahead = engine.newReader().window(Window.slidingNs(30 * DAY), Metric.SUM);
            long[] last = {0};
            Subscription daily = Subscription.of("daily", series.inForce().key())
                    .withMetrics(WatchedMetric.of(Window.since(START), Metric.SUM))
                    .withEvery(Duration.ofDays(1));
            engine.updates().subscribe(daily, QueueOptions.DEFAULT, update -> {
                long count = series.expiringWithin(ahead, update.atNs());
                if (count != last[0]) {
                    last[0] = count;
                    System.out.println(Instants.format(update.atNs()) + ' ' + count + " end within 30 days");
                }
            });
            for (long day = 10; day <= 20; day += 10) {
                long at = START + day * DAY;
                LicenceEvent issued = LicenceEvent.of(LicenceEventKind.ISSUED, day, at, at);
                office.take(issued.withCount(5).withExpiry(at + 40 * DAY))
                        .forEach(point -> engine.awaitApplied(point.offerTo(engine.publisher())));
            }
            engine.advanceTo(START + 90 * DAY);
            while (engine.step() > 0) {}
        }
    }
}
