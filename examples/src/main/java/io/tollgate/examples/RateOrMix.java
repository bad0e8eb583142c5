package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** A weighted average fell, although no rate did: imports moved to the cheaper product. */
public final class RateOrMix {
    private RateOrMix() {}

    /**
     * Prints the change and its two effects.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        long before = Instants.parse("2025-03-01T00:00Z");
        long after = Instants.parse("2025-06-01T00:00Z");
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.EVENT))) {
            StepSeries[] rates = new StepSeries[2];
            StepSeries[] imports = new StepSeries[2];
            for (int i = 0; i < 2; i++) {
                rates[i] = engine.defineStep(SeriesDefinition.step("tariff." + i, Unit.PERCENT, 0));
                imports[i] = engine.defineStep(SeriesDefinition.step("imports." + i, new Unit("USD"), 0));
            }
            Publisher publisher = engine.publisher();
            publisher.offer(rates[0], before, 50);
            publisher.offer(rates[1], before, 10);
            publisher.offer(rates[1], after, 14);
            publisher.offer(imports[0], before, 600);
            publisher.offer(imports[1], before, 400);
            publisher.offer(imports[0], after, 100);
            engine.awaitApplied(publisher.offer(imports[1], after, 900));
            Group group = Group.of(GroupMember.of(rates[0], imports[0]), GroupMember.of(rates[1], imports[1]));
            EffectReading change = engine.newPanelReader().effects(group).read(before, after);
            System.out.println(change.before() + "% to " + change.after() + "%");
            System.out.println("rates " + change.rateEffect() + ", mix " + change.mixEffect());
        }
    }
}
