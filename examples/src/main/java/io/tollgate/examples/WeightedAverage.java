package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** The trade-weighted average of four tariff lines, now and as known before one of them was revised. */
public final class WeightedAverage {
    private static final Unit USD = new Unit("USD");
    private static final long START = Instants.parse("2025-01-01T00:00Z");

    private WeightedAverage() {}

    /**
     * Prints the averages.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            long[] rates = {50, 10, 0, 20};
            long[] imports = {10, 100, 1_000, 100};
            engine.advanceTo(START);
            for (int line = 0; line < rates.length; line++) {
                offer(engine, SeriesDefinition.step("rate.line" + line, Unit.PERCENT, 0), rates[line]);
                offer(engine, SeriesDefinition.step("imports.line" + line, USD, 0), imports[line]);
            }
            Group lines = Group.fitting(MemberPattern.of(
                    new LevelPattern("rate.*", Unit.PERCENT, 0), new LevelPattern("imports.*", USD, 0)));
            PanelReader reader = engine.newPanelReader();
            print("first", reader.group(lines).read(START));

            long corrected = Instants.parse("2025-03-01T00:00Z");
            engine.advanceTo(corrected);
            offer(engine, SeriesDefinition.step("rate.line2", Unit.PERCENT, 0), 5);
            print("now", reader.group(lines).read(START));
            print("as known before", reader.asOf(corrected - 1).group(lines).read(START));
        }
    }

    private static void offer(final Engine engine, final SeriesDefinition definition, final long value) {
        engine.awaitApplied(engine.publisher().offer(engine.defineStep(definition), START, value));
    }

    private static void print(final String name, final GroupReading reading) {
        System.out.println(name + ": " + reading.value(GroupMetric.WEIGHTED) + "%, without weights "
                + reading.value(GroupMetric.SIMPLE) + "%, " + reading.status(GroupMetric.WEIGHTED));
    }
}
