package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle against examples that can be checked by hand. */
class OracleTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @Test
    void shouldAverageTheRateInForceOverTime() {
        final Oracle rate = new Oracle(SeriesDefinition.step("a", Unit.PERCENT, 0));
        final long[] days = {0, 4, 8, 9, 43};
        final long[] values = {20, 30, 104, 145, 30};
        for (int i = 0; i < days.length; i++) {
            rate.put(days[i] * DAY_NS, values[i], 0, Publisher.NO_REFERENCE);
        }
        final Oracle.Answer answer = rate.window(Window.slidingNs(61 * DAY_NS), 61 * DAY_NS);
        assertWorth(answer, Metric.MEAN, Status.OK, 5774.0 / 61);
        assertWorth(answer, Metric.SUM, Status.OK, 5774);
        assertWorth(answer, Metric.COUNT, Status.OK, 4);
        assertWorth(answer, Metric.FIRST, Status.OK, 20);
        assertWorth(answer, Metric.DELTA, Status.OK, 10);
        assertWorth(answer, Metric.MAX, Status.OK, 145);
    }

    @Test
    void shouldTakeTheSampleVarianceOfEvents() {
        final Oracle events = new Oracle(SeriesDefinition.flow("a", Unit.COUNT, 0));
        for (final long value : new long[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            events.put(5, value, 0, Publisher.NO_REFERENCE);
        }
        final Oracle.Answer answer = events.window(Window.slidingNs(10), 10);
        assertWorth(answer, Metric.VARIANCE, Status.PARTIAL, 32.0 / 7);
        assertWorth(answer, Metric.MEAN, Status.PARTIAL, 5);
        assertWorth(answer, Metric.DELTA, Status.PARTIAL, 7);
        assertWorth(answer, Metric.COVERAGE, Status.OK, 0.5);
        assertEquals(2.13809, answer.metrics().get(Metric.SD).value(), 5e-6);
    }

    @Test
    void shouldGiveALevelThatStartsAtTheEndItsExtremesButNoMean() {
        final Oracle rate = new Oracle(SeriesDefinition.step("a", Unit.PERCENT, 1));
        rate.put(10, 44, 7, 8);
        final Oracle.Answer answer = rate.window(Window.slidingNs(10), 10);
        for (final Metric metric : new Metric[] {Metric.MIN, Metric.MAX, Metric.FIRST, Metric.LAST}) {
            assertWorth(answer, metric, Status.PARTIAL, 4.4);
        }
        assertWorth(answer, Metric.COVERAGE, Status.OK, 0);
        assertWorth(answer, Metric.MEAN, Status.INSUFFICIENT, Double.NaN);
        assertWorth(answer, Metric.SUM, Status.INSUFFICIENT, Double.NaN);
        assertEquals(new Oracle.Level(Status.OK, 4.4, 44, 10, Instants.NONE, 7, 8), rate.level(10));
    }

    @Test
    void shouldDistinguishZeroFromNothing() {
        final Oracle events = new Oracle(SeriesDefinition.flow("a", Unit.COUNT, 0));
        assertWorth(events.window(Window.slidingNs(10), 10), Metric.SUM, Status.EMPTY, Double.NaN);
        events.put(10, 3, 0, Publisher.NO_REFERENCE);
        assertWorth(events.window(Window.slidingNs(10), 9), Metric.SUM, Status.EMPTY, Double.NaN);
        assertWorth(events.window(Window.slidingNs(10), 20), Metric.SUM, Status.OK, 0);
        assertWorth(events.window(Window.slidingNs(10), 20), Metric.MEAN, Status.EMPTY, Double.NaN);
        assertWorth(events.window(Window.slidingNs(10), Instants.MAX), Metric.COVERAGE, Status.OK, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7, 0.0",
        "1, 3, 0.3333333333333333",
        "-1, 3, -0.3333333333333333",
        "9007199254740993, 1, 9007199254740992",
        "9007199254740995, 1, 9007199254740996",
        "18014398509481985, 2, 9007199254740992",
        "18014398509481987, 2, 9007199254740994",
        "9223372036854775807, 1, 9223372036854775807",
        "1, 340282366920938463463374607431768211456, 2.938735877055719E-39",
    })
    void shouldRoundAFractionOnce(final BigInteger numerator, final BigInteger denominator, final double expected) {
        assertEquals(expected, Oracle.toDouble(numerator, denominator));
    }

    private static void assertWorth(
            final Oracle.Answer answer, final Metric metric, final Status status, final double value) {
        assertEquals(new Oracle.Worth(status, value), answer.metrics().get(metric), metric.text());
    }
}
