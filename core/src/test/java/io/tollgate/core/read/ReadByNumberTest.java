package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A read by the number of a series answers as a read by its handle does. */
class ReadByNumberTest {
    private static final int AT_NS = 3;

    private final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.EVENT)
            .threadingMode(ThreadingMode.STEPPED));
    private final WindowReading reading =
            engine.newReader().window(Window.slidingNs(2), Metric.MEAN, Metric.LOG_CHANGE);

    @AfterEach
    void close() {
        engine.close();
    }

    private StepSeries define(final String key, final Unit unit, final long from, final long to) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, unit, 0));
        engine.publisher().apply(series, 1, from);
        engine.publisher().apply(series, 2, to);
        return series;
    }

    @ParameterizedTest
    @CsvSource({
        "PERCENT, 100, 300, 2, 4",
        "FRACTION, 1, 3, 2, 4",
        "BASIS_POINT, 10000, 30000, 2, 4",
        "COUNT, 1, 3, 1, 3",
        "PERCENTS, 1, 3, 1, 3",
        "PERCEN, 1, 3, 1, 3",
        "PERCENT_OF_TOTAL, 1, 3, 1, 3"
    })
    void shouldReadTheSeriesOfANumber(
            final String unit, final long from, final long to, final double first, final double last) {
        final StepSeries other = define("other", Unit.COUNT, 5, 5);
        final StepSeries series = define("series", new Unit(unit), from, to);
        reading.read(series.number(), AT_NS);
        assertEquals((from + to) / 2.0, reading.value(Metric.MEAN));
        assertEquals(Math.log(last / first), reading.value(Metric.LOG_CHANGE), 1e-15);
        reading.read(series, AT_NS);
        assertEquals((from + to) / 2.0, reading.value(Metric.MEAN));
        assertEquals(Math.log(last / first), reading.value(Metric.LOG_CHANGE), 1e-15);
        assertEquals(5, reading.read(other.number(), AT_NS).value(Metric.MEAN));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 1L << 32, Long.MAX_VALUE, Series.NO_NUMBER})
    void shouldRefuseANumberThatNoSeriesHas(final long number) {
        final StepSeries series = define("series", Unit.COUNT, 5, 5);
        reading.read(series, AT_NS);
        assertEquals(
                "seriesNumber=" + number + ", expected the number of a series of this engine",
                assertThrows(IllegalArgumentException.class, () -> reading.read(number, AT_NS))
                        .getMessage());
        assertEquals(5, reading.read(series.number(), AT_NS).value(Metric.MEAN));
    }

    @Test
    void shouldRefuseAnInstantOutOfRange() {
        final StepSeries series = define("series", Unit.COUNT, 5, 5);
        assertThrows(IllegalArgumentException.class, () -> reading.read(series.number(), Long.MIN_VALUE));
    }
}
