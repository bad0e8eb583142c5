package io.tollgate.examples;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** A revision of 15,000 tariff lines in one batch; averages by chapter contain all of it or none of it. */
public final class TariffRevision {
    private static final int LINES = 15_000;
    private static final Unit USD = new Unit("USD");

    private TariffRevision() {}

    /**
     * Prints the averages before and after the revision.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.EVENT))) {
            Hierarchy chapters = Hierarchy.byPrefix(
                    Group.fitting(MemberPattern.of(
                            new LevelPattern("tariff.*", Unit.PERCENT, 1), new LevelPattern("imports.*", USD, 0))),
                    2);
            engine.series().register(chapters);
            StepSeries[] rates = new StepSeries[LINES];
            Batch batch = engine.publisher().newBatch();
            for (String day : new String[] {"2018-07-06T04:01Z", "2025-04-10T04:01Z"}) {
                long instantNs = Instants.parse(day);
                batch.begin();
                for (int i = 0; i < LINES; i++) {
                    String code = Integer.toString(10_000_000 + 6_000 * i);
                    rates[i] = engine.defineStep(SeriesDefinition.step("tariff." + code, Unit.PERCENT, 1));
                    StepSeries imports = engine.defineStep(SeriesDefinition.step("imports." + code, USD, 0));
                    batch.offer(imports, instantNs, 1_000 + i);
                    batch.offer(rates[i], instantNs, day.startsWith("2018") ? i % 50 : 1_450);
                }
                engine.awaitApplied(batch.commit());
                PanelReader reader = engine.newPanelReader();
                HierarchyReading reading =
                        reader.hierarchy(chapters, Hierarchy.ALL, "85").read(engine.now());
                System.out.print("all " + reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED) + "%, ");
                System.out.println("chapter 85 " + reading.node("85").value(GroupMetric.WEIGHTED) + "%");
            }
        }
    }
}
