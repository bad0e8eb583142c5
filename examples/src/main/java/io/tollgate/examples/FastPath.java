package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Many series, a registered window, and one reading for all of them: writing and reading allocate no memory. */
public final class FastPath {
    private static final long START = Instants.parse("2025-01-01T00:00Z");
    private static final long DAY = Duration.ofDays(1).toNanos();

    private FastPath() {}

    /**
     * Prints the number of series whose average of thirty days is above 40%.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        Window month = Window.sliding(Duration.ofDays(30));
        SeriesDefinition line = SeriesDefinition.step("line", Unit.PERCENT, 1).withWindows(month);
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            List<Series> rates = engine.series()
                    .define(IntStream.range(0, 1_000)
                            .mapToObj(i -> line.withKey("tariff." + i))
                            .toList());
            Publisher publisher = engine.publisher();
            long last = 0;
            for (int day = 0; day < 60; day++) {
                for (int i = 0; i < rates.size(); i++) {
                    do {
                        last = publisher.offer(rates.get(i), START + day * DAY, (i + day) % 500);
                    } while (last == Publisher.BACK_PRESSURED);
                }
            }
            engine.awaitApplied(last);
            MetricReader reader = engine.newReader();
            WindowReading mean = reader.window(month, Metric.MEAN);
            int high = 0;
            for (int i = 0; i < rates.size(); i++) {
                high += mean.read(rates.get(i), START + 59 * DAY).value(Metric.MEAN) > 40 ? 1 : 0;
            }
            System.out.println(high + " of " + rates.size());
        }
    }
}
