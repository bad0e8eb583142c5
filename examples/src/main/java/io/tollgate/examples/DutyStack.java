package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** The duty on one entry from three layers of rates, each line rounded half up to a cent. */
public final class DutyStack {
    private static final long ENTRY = Instants.parse("2025-06-10T12:00Z");

    private DutyStack() {}

    /**
     * Prints the rate and the duty of the entry.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries base = rate(engine, "duty.base", "2.9");
            StepSeries china = rate(engine, "duty.section301", "25");
            StepSeries steel = rate(engine, "duty.section232", "50");
            Stack stack = Stack.of(Composition.of(
                    Layer.add("base", base), Layer.add("section301", china), Layer.add("section232", steel)));
            StackReading reading = engine.newPanelReader().stack(stack).read(ENTRY);
            long valueInCents = 14_172_00;
            System.out.println(reading.status() + " " + reading.rate() + "%, duty " + reading.duty(valueInCents) / 100.0
                    + " USD, base " + reading.duty(0, valueInCents) / 100.0);
        }
    }

    private static StepSeries rate(final Engine engine, final String key, final String percent) {
        StepSeries rate = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 1));
        engine.awaitApplied(engine.publisher().offer(rate, Instants.parse("2025-06-04T04:01Z"), rate.scaled(percent)));
        return rate;
    }
}
