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
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** Receives each change of a rate once and in order, with its cause. Changes by the passing of time are included. */
public final class FollowChanges {
    private FollowChanges() {}

    /**
     * Prints the changes.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 0));
            Subscription rates = Subscription.of("rates", "tariff.*").withMetrics(WatchedMetric.LEVEL);
            Publisher publisher = engine.publisher();
            try (UpdateQueue updates = engine.updates().subscribe(rates, QueueOptions.DEFAULT)) {
                engine.advanceTo(Instants.parse("2025-05-12T00:00Z"));
                publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 104);
                publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 145);
                long pending = publisher.offer(rate, Instants.parse("2025-05-14T04:01Z"), 30);
                engine.awaitApplied(pending);
                engine.advanceTo(Instants.parse("2025-05-15T00:00Z"));
                updates.poll(
                        update -> System.out.println(update.number() + " " + Instants.format(update.atNs()) + " "
                                + update.oldValue() + " -> " + update.newValue() + " " + update.cause()),
                        100);
            }
        }
    }
}
