package io.tollgate.api.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of decays, CUSUM charts and baselines. */
class SignalMetricTest {
    private static final Duration TOO_LONG = Duration.ofDays(106_752);

    @ParameterizedTest
    @CsvSource({
        "P30D, 30d",
        "PT36H, 36h",
        "PT24H, 1d",
        "PT90M, 90m",
        "PT7S, 7s",
        "PT0.25S, 250ms",
        "PT0.000003S, 3us",
        "PT0.000000001S, 1ns"
    })
    void shouldNameDurationsAsOnTheCommandLine(final Duration length, final String text) {
        assertEquals("ewma:" + text, Metric.ewma(Decay.halfLife(length)).text());
        assertEquals("ewma:tau-" + text, Metric.ewma(Decay.timeConstant(length)).text());
        assertEquals(
                "ratio-to:4x" + text,
                Metric.ratioTo(Baseline.earlier(length, 4)).text());
        assertEquals(
                "poisson-z:1x" + text,
                Metric.poissonZ(Baseline.earlier(length, 1)).text());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void shouldRefuseWhatIsNoTime(final long length) {
        assertRefused("expected 1 or more", () -> Decay.halfLife(Duration.ofNanos(length)));
        assertRefused("expected 1 or more", () -> Decay.timeConstant(Duration.ofNanos(length)));
        assertRefused("expected 1 or more", () -> Baseline.earlier(Duration.ofNanos(length), 1));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertRefused("halfLife=", () -> Decay.halfLife(TOO_LONG));
        assertRefused("timeConstant=", () -> Decay.timeConstant(TOO_LONG));
        assertRefused("shift=", () -> Baseline.earlier(TOO_LONG, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void shouldRefuseACountOfBaselinesOutOfRange(final int count) {
        assertRefused("expected 1 to 1000", () -> Baseline.earlier(Duration.ofDays(1), count));
    }

    @Test
    void shouldTakeEqualNumbersForEqual() {
        assertEquals(Metric.ratioTo(Baseline.fixed("251.50")), Metric.ratioTo(Baseline.fixed("2515e-1")));
        assertEquals("ratio-to:100", Metric.ratioTo(Baseline.fixed("1e2")).text());
        assertEquals(chart("4846.0", "600", "0.50"), chart("4846", "6e2", "0.5"));
        assertEquals(Metric.cusum(chart("1", "2", "0")), Metric.cusum(chart("1.0", "2", "0")));
        assertNotEquals(Metric.cusum(chart("1", "2", "0")), Metric.cusumAlarms(chart("1", "2", "0")));
        assertNotEquals(Decay.halfLife(Duration.ofDays(1)), Decay.timeConstant(Duration.ofDays(1)));
    }

    @Test
    void shouldNameTheAnswersOfAChart() {
        final CusumChart chart = chart("4846", "600", "0.5");
        assertEquals("cusum:LOWER:4846:600:0.5:4:ON_ALARM", Metric.cusum(chart).text());
        assertEquals("cusum-alarms:" + chart.text(), Metric.cusumAlarms(chart).text());
        assertEquals(
                "since-cusum-alarm:" + chart.text(),
                Metric.sinceCusumAlarm(chart).text());
    }

    @ParameterizedTest
    @CsvSource({
        "1e40, 1, 0, mean=",
        "1e-41, 1, 0, mean=",
        "1e999999999, 1, 0, mean=",
        "0, 0, 0, expected above 0",
        "0, -1, 0, expected above 0",
        "0, 1e41, 0, standardDeviation=",
        "0, 1, -0.1, expected 0 or more",
        "0, 1, 1e-41, slack="
    })
    void shouldRefuseNumbersOutOfRange(
            final String mean, final String deviation, final String slack, final String reason) {
        assertRefused(reason, () -> chart(mean, deviation, slack));
    }

    @Test
    void shouldRefuseABaselineOutOfRange() {
        assertRefused("mean=", () -> Baseline.fixed("1e40"));
        assertEquals(
                "mean=many, expected a decimal number such as 12.5",
                assertThrows(IllegalArgumentException.class, () -> Baseline.fixed("many"))
                        .getMessage());
    }

    private static CusumChart chart(final String mean, final String deviation, final String slack) {
        return new CusumChart(
                new BigDecimal(mean),
                new BigDecimal(deviation),
                new BigDecimal(slack),
                new BigDecimal("4"),
                CusumChart.Side.LOWER,
                CusumChart.Reset.ON_ALARM);
    }

    private static void assertRefused(final String reason, final Executable made) {
        final String message =
                assertThrows(IllegalArgumentException.class, made).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
