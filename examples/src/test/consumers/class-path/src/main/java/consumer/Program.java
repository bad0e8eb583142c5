package consumer;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

public final class Program {
    public static void main(final String[] arguments) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(rate, Instants.parse("2025-04-10T04:01Z"), 145));
            System.out.println("applied: " + engine.admin().statistics().appliedCount());
        }
    }
}
