package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/** A code of the Harmonized System is split. The average goes on, although the new codes have no imports yet. */
public final class SplitCode {
    private SplitCode() {}

    /**
     * Prints the average before the split, after it, and after one of the new codes got a rate of its own.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        long hs2022 = Instants.parse("2022-01-01T00:00Z");
        Concordance editions = Concordance.of(Recoding.of(
                hs2022,
                "854140",
                new Recoding.Part("854142", Share.of(1, 4)),
                new Recoding.Part("854143", Share.of(3, 4))));
        Group chips = Group.fitting(MemberPattern.of(
                        new LevelPattern("tariff.*", Unit.PERCENT, 0),
                        new LevelPattern("imports.*", new Unit("USD"), 0))
                .withConcordance(editions));
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.EVENT))) {
            StepSeries old = engine.defineStep(SeriesDefinition.step("tariff.854140", Unit.PERCENT, 0));
            StepSeries imports = engine.defineStep(SeriesDefinition.step("imports.854140", new Unit("USD"), 0));
            StepSeries cells = engine.defineStep(SeriesDefinition.step("tariff.854142", Unit.PERCENT, 0));
            Publisher publisher = engine.publisher();
            publisher.offer(old, Instants.parse("2018-08-23T00:00Z"), 25);
            publisher.offer(imports, Instants.parse("2018-01-01T00:00Z"), 1_000);
            engine.awaitApplied(publisher.offer(cells, Instants.parse("2024-09-27T00:00Z"), 50));
            GroupReading reading = engine.newPanelReader().group(chips);
            for (String day : new String[] {"2021-12-31T00:00Z", "2022-01-02T00:00Z", "2024-10-01T00:00Z"}) {
                reading.read(Instants.parse(day));
                System.out.println(day + " " + reading.value(GroupMetric.WEIGHTED) + "%");
            }
        }
    }
}
