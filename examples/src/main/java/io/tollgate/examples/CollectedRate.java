package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;

/** Two flows together: duties as a share of imports, and how far both move together from day to day. */
public final class CollectedRate {
    private static final long START = Instants.parse("2025-05-01T00:00Z");

    private CollectedRate() {}

    /**
     * Prints the collected rate of six days, and the correlation of both flows by day.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            FlowSeries imports = flow(engine, "imports", 100, 200, 400, 300, 500, 600);
            FlowSeries duties = flow(engine, "duties", 0, 10, 20, 40, 30, 50);
            Window days = Window.sliding(Duration.ofDays(6));
            long end = START + Duration.ofDays(6).toNanos();

            PanelReader panels = engine.newPanelReader();
            RatioReading ratio =
                    panels.ratio(FlowRatio.of(duties, imports), days).read(end);
            Pair pair = Pair.byBucket(imports, duties, Bucket.of(Duration.ofDays(1)));
            PairReading together = engine.newReader().pair(pair, days).read(end);
            System.out.println("collected " + ratio.percent() + "%, " + ratio.status());
            System.out.println("correlation " + together.value(PairMetric.CORRELATION));
        }
    }

    private static FlowSeries flow(final Engine engine, final String key, final long... amounts) {
        FlowSeries flow =
                engine.defineFlow(SeriesDefinition.flow(key, new Unit("USD"), 0).withLifeStart(START));
        for (int day = 0; day < amounts.length; day++) {
            long noon = START + Duration.ofDays(day).plusHours(12).toNanos();
            engine.awaitApplied(engine.publisher().offer(flow, noon, amounts[day]));
        }
        return flow;
    }
}
