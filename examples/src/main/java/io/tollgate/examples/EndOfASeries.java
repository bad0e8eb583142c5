package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** A rate ends and another one follows. Old versions are forgotten afterwards, current values are not. */
public final class EndOfASeries {
    private EndOfASeries() {}

    /**
     * Prints the end and the successor, the level after the end, and the number of forgotten versions.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        long start = Instants.parse("2025-02-04T05:01Z");
        long end = Instants.parse("2026-02-20T05:00Z");
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            engine.advanceTo(start);
            StepSeries fentanyl = engine.defineStep(SeriesDefinition.step("tariff.ieepa", Unit.PERCENT, 0));
            StepSeries next = engine.defineStep(SeriesDefinition.step("tariff.s122", Unit.PERCENT, 0));
            for (int percent : new int[] {10, 20}) {
                engine.awaitApplied(engine.publisher().offer(fentanyl, start, percent));
            }
            engine.advanceTo(end);
            engine.series().close(fentanyl, LifeEnd.at(end).followedBy(next));
            MetricReader reader = engine.newReader();
            LifeReading life = reader.life().read(fentanyl);
            String successor =
                    engine.series().find(life.successor()).orElseThrow().key();
            System.out.println("ended " + Instants.format(life.endNs()) + ", followed by " + successor);
            LevelReading level = reader.level().read(fentanyl, end);
            System.out.println("level " + level.status());
            System.out.println("forgotten " + engine.series().retain("tariff.*", Retention.versions(0)));
            System.out.println("and still " + level.read(fentanyl, end - 1).scaledValue() + "% before");
        }
    }
}
