package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** An image takes a series, or all series, to another engine with its whole history. */
public final class MoveASeries {
    private static final long ANNOUNCED = Instants.parse("2025-04-02T20:00Z");
    private static final long CHANGED = Instants.parse("2025-04-09T20:00Z");
    private static final long IN_FORCE = Instants.parse("2025-04-10T04:01Z");

    private MoveASeries() {}

    /**
     * Moves a rate, and then all series.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        byte[] image;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 0));
            engine.publisher()
                    .point(rate)
                    .validAt(IN_FORCE)
                    .value(84)
                    .knownAt(ANNOUNCED)
                    .offer();
            engine.publisher()
                    .point(rate)
                    .validAt(IN_FORCE)
                    .value(145)
                    .knownAt(CHANGED)
                    .offer();
            image = engine.images().write(rate);
            engine.images().writeAll(all);
        }
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries rate = (StepSeries) engine.images().load(image);
            LevelReading now = engine.newReader().level().read(rate, IN_FORCE);
            LevelReading then = engine.newReader().asOf(ANNOUNCED).level().read(rate, IN_FORCE);
            System.out.println(now.scaledValue() + "%, expected before: " + then.scaledValue() + "%");
        }
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            long count = engine.images().loadAll(new ByteArrayInputStream(all.toByteArray()));
            System.out.println(count + " series from " + all.size() + " bytes");
        }
    }
}
