package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory keeps the points. An engine that opens it again gives the same answers, also after a crash. */
public final class KeepTheData {
    private KeepTheData() {}

    /**
     * Writes a rate with one engine and reads it with the next.
     *
     * @param args not used.
     * @throws IOException if there is no room for a directory.
     */
    public static void main(final String[] args) throws IOException {
        Path directory = Files.createTempDirectory("tollgate");
        EngineContext context = new EngineContext().directory(directory).durability(Durability.interval(10));
        try (Engine engine = TollgateEngine.launch(context)) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 0));
            long ticket = engine.publisher().offer(rate, Instants.parse("2025-04-10T04:01Z"), 145);
            engine.awaitDurable(ticket);
        }
        try (Engine engine = TollgateEngine.launch(context)) {
            StepSeries rate = (StepSeries) engine.series().find("tariff.US.CN").orElseThrow();
            LevelReading level = engine.newReader().level().read(rate, engine.now());
            System.out.println(level.scaledValue() + "% since " + Instants.format(level.sinceNs()));
        }
    }
}
