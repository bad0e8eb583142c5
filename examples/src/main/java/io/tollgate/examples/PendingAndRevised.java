package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/** The changes of a rate that are announced and not yet in force, and all versions of each change. */
public final class PendingAndRevised {
    private PendingAndRevised() {}

    /**
     * Prints the pending changes as seen from 1 April 2025, and the versions of the changes in April.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.KNOWLEDGE))) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 0));
            announce(engine, rate, "2025-03-04T05:01Z", 20, "2025-03-03T00:00Z");
            announce(engine, rate, "2025-04-05T04:01Z", 30, "2025-04-02T20:00Z");
            announce(engine, rate, "2025-04-09T04:01Z", 54, "2025-04-02T20:00Z");
            announce(engine, rate, "2025-04-09T04:01Z", 104, "2025-04-08T14:00Z");
            MetricReader reader = engine.newReader();
            PendingReading pending = reader.pending(10).read(rate, Instants.parse("2025-04-01T00:00Z"));
            for (int i = 0; i < pending.heldCount(); i++) {
                System.out.println(Instants.format(pending.validTimeNs(i)) + " to " + pending.scaledValue(i) + "%, by "
                        + pending.change(i));
            }
            Window april = Window.sliding(Duration.ofDays(30));
            VersionReading versions = reader.versions(april, 10).read(rate, Instants.parse("2025-05-01T00:00Z"));
            for (int i = 0; i < versions.heldCount(); i++) {
                System.out.println(
                        versions.scaledValue(i) + "% known since " + Instants.format(versions.knowledgeTimeNs(i)));
            }
        }
    }

    private static void announce(
            final Engine engine, final StepSeries rate, final String validAt, final int percent, final String knownAt) {
        Publisher publisher = engine.publisher();
        engine.awaitApplied(publisher
                .point(rate)
                .validAt(Instants.parse(validAt))
                .value(percent)
                .knownAt(Instants.parse(knownAt))
                .offer());
    }
}
