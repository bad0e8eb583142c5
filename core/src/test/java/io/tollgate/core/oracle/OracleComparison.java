package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Requires that a reading equals the oracle bit for bit, or within a tolerance if a metric is not correctly rounded.
 */
public final class OracleComparison {
    /** All metrics of the oracle, including basic metrics that need no declaration. */
    static final Metric[] METRICS = Stream.of(
                    Arrays.stream(BasicMetric.values()).filter(metric -> !TestReader.isOfSums(metric)),
                    PointOracle.METRICS.stream(),
                    QuantileOracle.METRICS.stream(),
                    EwmaOracle.METRICS.stream(),
                    CusumOracle.METRICS.stream(),
                    BaselineOracle.METRICS.stream())
            .flatMap(metrics -> metrics)
            .toArray(Metric[]::new);
    /** Metrics that are not correctly rounded, with their tolerances. */
    private static final Map<Metric, DoubleUnaryOperator> TOLERANCES = Map.of(
            Metric.SD, Math::ulp,
            Metric.POPULATION_SD, Math::ulp,
            Metric.ZSCORE, Math::ulp,
            Metric.ZSCORE_INCLUSIVE, Math::ulp,
            Metric.SKEW, Math::ulp,
            Metric.LOG_CHANGE, value -> 1e-14 + 1e-13 * Math.abs(value));

    private OracleComparison() {}

    /** Requires equality for all metrics of a window, as known at an instant. */
    public static void require(
            final Oracle.Answer answer,
            final TestReader reader,
            final Series series,
            final Window window,
            final long at,
            final long knownAt,
            final String where) {
        final WindowReading reading = reader.newReading(METRICS);
        reader.read(series, window, at, knownAt, reading);
        answer.metrics().forEach((metric, worth) -> require(worth, metric, reading, () -> where));
        assertEquals(answer.count(), reading.count(), where);
        assertEquals(answer.carriedInSince(), reading.carriedInSinceNs(), where);
    }

    /** Requires equality for a metric. */
    public static void require(
            final Oracle.Worth worth, final Metric metric, final WindowReading reading, final Supplier<String> where) {
        assertEquals(worth.status(), reading.status(metric), () -> metric + " status: " + where.get());
        final double value = reading.value(metric);
        final double tolerance = TOLERANCES.containsKey(metric)
                ? TOLERANCES.get(metric).applyAsDouble(worth.value())
                : worth.tolerance();
        if (tolerance > 0) {
            if (!(Math.abs(worth.value() - value) <= tolerance)) {
                fail(metric + " expected=" + worth.value() + " actual=" + value + " " + where.get());
            }
        } else {
            requireSameBits(worth.value(), value, metric, where);
        }
    }

    /** Requires two equal values of a metric. */
    static void requireSameBits(
            final double expected, final double actual, final Metric metric, final Supplier<String> where) {
        if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(actual)) {
            fail(metric + " expected=" + expected + " actual=" + actual + " " + where.get());
        }
    }
}
