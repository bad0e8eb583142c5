package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** An engine without threads: the program steps it and advances its clock, as tests and simulations do. */
public final class SteppedEngine {
    private SteppedEngine() {}

    /**
     * Prints a level before and after the clock reaches it.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        EngineContext context =
                new EngineContext().threadingMode(ThreadingMode.STEPPED).clockMode(ClockMode.MANUAL);
        try (Engine engine = TollgateEngine.launch(context)) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff", Unit.PERCENT, 0));
            Publisher publisher = engine.publisher();
            engine.advanceTo(Instants.parse("2025-05-12T00:00Z"));
            publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), 145);
            publisher.offer(rate, Instants.parse("2025-05-14T04:01Z"), 30);
            int work = 0;
            int done;
            do {
                done = engine.step();
                work += done;
            } while (done > 0);
            System.out.println("worked: " + (work > 0) + ", applied: "
                    + engine.admin().statistics().appliedCount());
            print(engine, rate);
            engine.advanceTo(Instants.parse("2025-05-14T04:01Z"));
            print(engine, rate);
        }
    }

    private static void print(final Engine engine, final StepSeries rate) {
        MetricReader reader = engine.newReader();
        LevelReading level = reader.level().read(rate, engine.now());
        System.out.println(Instants.format(engine.now()) + ": " + level.scaledValue() + "%"
                + (Double.isNaN(level.pendingChange()) ? "" : ", then " + level.nextScaledValue() + "%"));
    }
}
