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
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Uses several processors: an engine for each importer, each with its own thread and data directory. The engines share
 * no data. Keys are divided by what is read together: the average rate of an importer needs only its own series.
 */
public final class SeveralEngines {
    private static final LevelPattern RATES = new LevelPattern("tariff.*", Unit.PERCENT, 0);

    private SeveralEngines() {}

    /**
     * Prints the average rate of each importer.
     *
     * @param args not used.
     * @throws IOException if a directory cannot be created.
     */
    public static void main(final String[] args) throws IOException {
        Path directory = Files.createTempDirectory("tollgate");
        Stream.of("EU", "US")
                .parallel()
                .map(importer -> average(directory, importer))
                .forEachOrdered(System.out::println);
    }

    private static String average(final Path directory, final String importer) {
        EngineContext context =
                new EngineContext().directory(directory.resolve(importer)).clockMode(ClockMode.EVENT);
        try (Engine engine = TollgateEngine.launch(context)) {
            for (int line = 0; line < 1_000; line++) {
                String key = "tariff." + importer + '.' + (10_000_000 + line);
                StepSeries rate = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
                engine.awaitApplied(engine.publisher().offer(rate, Instants.parse("2025-01-01T00:00Z"), line % 50));
            }
            PanelReader reader = engine.newPanelReader();
            GroupReading reading =
                    reader.group(Group.fitting(MemberPattern.of(RATES))).read(engine.now());
            return importer + " " + reading.value(GroupMetric.SIMPLE) + "%";
        }
    }
}
