package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** An event study: the abnormal returns of a share in the three days from an announcement on. */
public final class SteelStudy {
    private static final long START = Instants.parse("2018-02-21T21:00Z");

    private SteelStudy() {}

    /**
     * Prints the market model and the cumulative abnormal return.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries market =
                    returns(engine, "market", ".01", "-.01", ".02", "0", "-.02", ".01", "-.01", "-.03", ".005");
            StepSeries share = returns(
                    engine, "share", ".018", "-.012", ".031", ".002", "-.027", ".012", "-.020", "-.075", ".004");
            List<Long> closes =
                    LongStream.range(0, 9).mapToObj(SteelStudy::close).toList();
            List<Long> announced = List.of(close(6));
            EventStudy study = EventStudy.ofMarket(market, List.of(share), announced, closes, 6)
                    .withReturns(EventStudy.Returns.LEVEL)
                    .withWindow(0, 0, 2);
            EventStudyReading reading = engine.newPanelReader().study(study).read();
            for (EventMetric metric : EventMetric.values()) {
                System.out.println(metric + " " + reading.value(0, 0, metric));
            }
        }
    }

    private static StepSeries returns(final Engine engine, final String key, final String... returns) {
        StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.FRACTION, 4));
        for (int day = 0; day < returns.length; day++) {
            engine.awaitApplied(engine.publisher().offer(series, close(day), series.scaled(returns[day])));
        }
        return series;
    }

    private static long close(final long day) {
        return START + Duration.ofDays(day).toNanos();
    }
}
