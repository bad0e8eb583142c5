package io.tollgate.core.oracle;

import io.tollgate.api.read.CusumChart;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.Oracle.Worth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** CUSUM charts in exact decimals, all multiplied by the standard deviation. */
public final class CusumOracle {
    private static final List<CusumChart> CHARTS = List.of(
            chart("0.0001", "0.00003", "0.5", "4", CusumChart.Side.LOWER, CusumChart.Reset.ON_ALARM),
            chart("100", "12.5", "0.25", "3", CusumChart.Side.UPPER, CusumChart.Reset.NEVER),
            chart("100", "12.5", "0.25", "3", CusumChart.Side.UPPER, CusumChart.Reset.ON_ALARM),
            chart("-1e20", "1e-30", "0", "0", CusumChart.Side.LOWER, CusumChart.Reset.NEVER),
            chart("0", "1e9", "0.1", "1e9", CusumChart.Side.LOWER, CusumChart.Reset.ON_ALARM));

    public static final List<Metric> METRICS = CHARTS.stream()
            .flatMap(chart ->
                    Stream.<Metric>of(Metric.cusum(chart), Metric.cusumAlarms(chart), Metric.sinceCusumAlarm(chart)))
            .toList();

    private static final BigDecimal DAY_NS = BigDecimal.valueOf(86_400_000_000_000L);

    private CusumOracle() {}

    private static CusumChart chart(
            final String mean,
            final String deviation,
            final String slack,
            final String threshold,
            final CusumChart.Side side,
            final CusumChart.Reset reset) {
        return new CusumChart(
                new BigDecimal(mean),
                new BigDecimal(deviation),
                new BigDecimal(slack),
                new BigDecimal(threshold),
                side,
                reset);
    }

    static Map<Metric, Worth> of(final OracleRun run) {
        final Map<Metric, Worth> metrics = new HashMap<>();
        CHARTS.forEach(chart -> put(metrics, chart, run));
        return metrics;
    }

    private static void put(final Map<Metric, Worth> metrics, final CusumChart chart, final OracleRun run) {
        final List<Point> observations =
                run.inside().stream().filter(Point::isKnown).toList();
        final BigDecimal limit = chart.threshold().multiply(chart.standardDeviation());
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal last = BigDecimal.ZERO;
        BigDecimal since = null;
        long alarms = 0;
        for (final Point observation : observations) {
            final BigDecimal above =
                    BigDecimal.valueOf(observation.value(), run.scale()).subtract(chart.mean());
            last = sum.add(chart.side() == CusumChart.Side.UPPER ? above : above.negate())
                    .subtract(chart.slack().multiply(chart.standardDeviation()))
                    .max(BigDecimal.ZERO);
            final boolean isAlarm = last.compareTo(limit) > 0;
            sum = isAlarm && chart.reset() == CusumChart.Reset.ON_ALARM ? BigDecimal.ZERO : last;
            alarms += isAlarm ? 1 : 0;
            since = isAlarm ? BigDecimal.valueOf(run.at()).subtract(BigDecimal.valueOf(observation.time())) : since;
        }
        final Status status =
                run.inside().isEmpty() ? Status.EMPTY : observations.isEmpty() ? Status.INSUFFICIENT : run.coverage();
        put(metrics, Metric.cusum(chart), status, quotient(last, chart.standardDeviation()));
        put(metrics, Metric.cusumAlarms(chart), status, alarms);
        if (since == null) {
            put(metrics, Metric.sinceCusumAlarm(chart), status.hasValue() ? Status.INSUFFICIENT : status, 0);
        } else {
            put(metrics, Metric.sinceCusumAlarm(chart), status, quotient(since, DAY_NS));
        }
    }

    private static double quotient(final BigDecimal dividend, final BigDecimal divisor) {
        final int places = Math.max(0, Math.max(dividend.scale(), divisor.scale()));
        final BigInteger numerator = dividend.setScale(places).unscaledValue();
        return Oracle.toDouble(numerator, divisor.setScale(places).unscaledValue());
    }

    private static void put(
            final Map<Metric, Worth> metrics, final Metric metric, final Status status, final double value) {
        metrics.put(metric, new Worth(status, status.hasValue() ? value : Double.NaN));
    }
}
