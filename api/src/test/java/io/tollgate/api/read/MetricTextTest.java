package io.tollgate.api.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.TestSeed;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a metric contains all its parts. */
class MetricTextTest {
    private final long seed = TestSeed.of("metric text");
    private final Random random = new Random(seed);

    @Test
    void shouldFindEachMetricWithoutParametersByItsText() {
        Arrays.stream(BasicMetric.values()).forEach(metric -> assertEquals(metric, Metric.parse(metric.text())));
    }

    @Test
    void shouldFindEachMetricWithParametersByItsText() {
        for (int i = 0; i < 5_000; i++) {
            final Metric metric = metric(i % 9);
            assertEquals(metric, Metric.parse(metric.text()), () -> metric.text() + " seed=" + seed);
        }
    }

    private Metric metric(final int kind) {
        return switch (kind) {
            case 0 ->
                new Quantile(
                        random.nextBoolean() ? random.nextInt(101) * 10_000_000 : random.nextInt(Quantile.BILLION),
                        QuantileMethod.values()[random.nextInt(2)]);
            case 1 -> new ShareAbove(decimal());
            case 2 ->
                new Ewma(
                        random.nextBoolean() ? new Decay.HalfLife(durationNs()) : new Decay.TimeConstant(durationNs()));
            case 3 -> new BaselineRatio(new Baseline.Fixed(decimal()));
            case 4 -> new PoissonScore(new Baseline.Earlier(durationNs(), 1 + random.nextInt(Baseline.MAX_COUNT)));
            case 5 -> new ShareBelow(decimal());
            case 6 -> new Volatility(decimal().abs().add(BigDecimal.ONE));
            default ->
                new Cusum(
                        new CusumChart(
                                decimal(),
                                decimal().abs().add(BigDecimal.ONE),
                                decimal().abs(),
                                decimal().abs(),
                                CusumChart.Side.values()[random.nextInt(2)],
                                CusumChart.Reset.values()[random.nextInt(2)]),
                        Cusum.Answer.values()[random.nextInt(3)]);
        };
    }

    private BigDecimal decimal() {
        return BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 10);
    }

    private long durationNs() {
        final long[] units = {1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 86_400_000_000_000L};
        return units[random.nextInt(units.length)] * (1 + random.nextInt(10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "avg, mean",
        "Average, mean",
        "means, mean",
        "stddev, sd",
        "var, variance",
        "medians, median",
        "zscores, zscore",
        "cusum-alarm:1, cusum-alarms",
        "abov:12, above",
        "log_change, log-change"
    })
    void shouldNameTheMetricThatIsMeant(final String text, final String meant) {
        assertTrue(
                refusal(text).startsWith("metric=" + text + ", expected " + meant + ", or another one of count, sum,"));
    }

    @Test
    void shouldNameAllMetricsAndWhatIsWrongWithAParameter() {
        final String all = refusal("volume");
        assertTrue(all.startsWith("metric=volume, expected one of count, sum, "), all);
        Arrays.stream(BasicMetric.values()).forEach(metric -> assertTrue(all.contains(metric.text()), all));
        assertEquals(
                "metric=above:abc, expected a valid parameter of above: level=abc, expected a decimal number such as"
                        + " 12.5",
                refusal("above:abc"));
        assertEquals("metric=cusum:UPPER:1, expected a valid parameter of cusum", refusal("cusum:UPPER:1"));
    }

    private static String refusal(final String text) {
        return assertThrows(IllegalArgumentException.class, () -> Metric.parse(text))
                .getMessage();
    }

    @Test
    void shouldNameTheParameterThatIsNoNumber() {
        for (final Executable call : List.<Executable>of(
                () -> Metric.above("abc"), () -> Metric.below("abc"), () -> Metric.volatility("abc"))) {
            final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
            assertEquals(IllegalArgumentException.class, refused.getClass());
            assertTrue(
                    refused.getMessage().endsWith("=abc, expected a decimal number such as 12.5"), refused::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "means",
                "p",
                "p00x",
                "quantile:",
                "above:",
                "below:x",
                "volatility:0",
                "volatility:",
                "ewma:3",
                "ewma:d",
                "cusum:UPPER:1",
                "ratio-to:"
            })
    void shouldRefuseWhatIsTheTextOfNoMetric(final String text) {
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Metric.parse(text));
        assertTrue(refused.getMessage().startsWith("metric=" + text + ", expected"), refused::getMessage);
    }
}
