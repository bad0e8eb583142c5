package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/**
 * A watch on the US rate on China. It fires at the escalation, clears at the truce, and retracts an update that was
 * wrong.
 */
public final class WatchARate {
    private WatchARate() {}

    /**
     * Prints the updates of the watch.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 0));
            Watch prohibitive =
                    Watch.above(WatchedMetric.LEVEL, 100).withClear(50).withFor(Duration.ofDays(2));
            engine.advanceTo(Instants.parse("2025-04-01T00:00Z"));
            Subscription watched = Subscription.of("prohibitive", "tariff.*").withWatches(prohibitive);
            try (UpdateQueue events = engine.updates().subscribe(watched, QueueOptions.DEFAULT)) {
                Publisher publisher = engine.publisher();
                publisher.offer(rate, Instants.parse("2025-04-09T04:01Z"), 104);
                publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 145);
                publisher.offer(rate, Instants.parse("2025-05-14T04:01Z"), 30);
                engine.advanceTo(Instants.parse("2025-06-01T00:00Z"));
                print(events);
                System.out.println("and if it had been suspended in April:");
                engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 10));
                print(events);
            }
        }
    }

    private static void print(final UpdateQueue events) {
        events.poll(
                event -> System.out.println(
                        Instants.format(event.atNs()) + ' ' + event.type() + " at " + event.newValue() + '%'),
                100);
    }
}
