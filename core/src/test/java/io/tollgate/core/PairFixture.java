package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Bucket;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PairReading;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;

/** An engine with series of a point a day, and a reader of pairs. */
abstract class PairFixture {
    static final long DAY_NS = 86_400_000_000_000L;
    static final Duration DAY = Duration.ofDays(1);
    static final Bucket DAYS = Bucket.of(DAY);
    static final long[] X = {1, 2, 4, 3, 5, 6};
    static final long[] Y = {0, 1, 2, 4, 3, 5};
    static final long END = 6 * DAY_NS;
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.MANUAL)
            .stepped(true));
    final MetricReader reader = engine.newReader();
    final PairReading reading = reader.newPairReading();

    @AfterEach
    void close() {
        engine.close();
    }

    void read(final Pair pair, final Window window, final long at) {
        reader.readPair(pair, window, at, reading);
        assertEquals(at, reading.atNs());
    }

    void assertAnswer(final PairMetric metric, final Status status, final double value) {
        assertEquals(status, reading.status(metric));
        assertEquals(value, reading.value(metric), metric.text());
    }

    static Window days(final int count) {
        return Window.sliding(Duration.ofDays(count));
    }

    /** An event a day, from the end of the first day on. */
    FlowSeries flow(final String key, final long... values) {
        final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
        for (int i = 0; i < values.length; i++) {
            offer(flow, (i + 1) * DAY_NS, values[i]);
        }
        return flow;
    }

    /** A level a day, from the end of the first day on. */
    StepSeries step(final String key, final long... values) {
        final StepSeries step = engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
        for (int i = 0; i < values.length; i++) {
            offer(step, (i + 1) * DAY_NS, values[i]);
        }
        return step;
    }

    void offer(final Series series, final long time, final long value) {
        engine.awaitApplied(Twin.offer(engine, series, time, value, Publisher.NONE, Publisher.NONE));
    }

    static double cov(final long[] x, final long[] y) {
        long sumX = 0;
        long sumY = 0;
        long product = 0;
        for (int i = 0; i < x.length; i++) {
            sumX += x[i];
            sumY += y[i];
            product += x[i] * y[i];
        }
        return (double) (x.length * product - sumX * sumY) / (x.length * (x.length - 1));
    }
}
