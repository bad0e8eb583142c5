package io.tollgate.core.oracle;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.Quantile;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Worth;
import io.tollgate.core.oracle.PointOracle.Weighted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Quantiles from the sorted values, from their definitions in exact decimals. */
final class QuantileOracle {
    /** The compared quantiles. */
    static final List<Quantile> METRICS = Stream.of(
                    "0", "0.000000001", "0.05", "0.333333333", "0.5", "0.9", "0.999", "1")
            .map(Double::parseDouble)
            .flatMap(p -> Stream.of(Metric.quantile(p), Metric.quantile(p, QuantileMethod.NEAREST_RANK)))
            .toList();

    private final List<Weighted> sorted;
    private final BigDecimal total;
    private final int scale;

    private QuantileOracle(final List<Weighted> weighted, final int scale) {
        sorted = weighted.stream()
                .sorted(Comparator.comparingLong(value -> value.point().value()))
                .toList();
        total = new BigDecimal(sorted.stream().map(Weighted::weight).reduce(BigInteger.ZERO, BigInteger::add));
        this.scale = scale;
    }

    static Map<Metric, Worth> of(
            final List<Weighted> weighted, final boolean isFlow, final Status status, final int scale) {
        final QuantileOracle oracle = new QuantileOracle(weighted, scale);
        final boolean isWeightless = status.hasValue() && oracle.total.signum() == 0;
        final Status worth = isWeightless ? Status.INSUFFICIENT : status;
        final Map<Metric, Worth> metrics = new HashMap<>();
        for (final Quantile metric : METRICS) {
            metrics.put(metric, new Worth(worth, worth.hasValue() ? oracle.value(metric, isFlow) : Double.NaN));
        }
        return metrics;
    }

    private double value(final Quantile metric, final boolean isFlow) {
        final BigDecimal p = BigDecimal.valueOf(metric.partsPerBillion(), 9);
        final BigDecimal value = isFlow && metric.method() == QuantileMethod.LINEAR ? interpolated(p) : smallest(p);
        return Oracle.toDouble(value.movePointRight(20).toBigIntegerExact(), BigInteger.TEN.pow(20));
    }

    private BigDecimal interpolated(final BigDecimal p) {
        final BigDecimal place = p.multiply(total.subtract(BigDecimal.ONE));
        final BigDecimal whole = place.setScale(0, RoundingMode.FLOOR);
        final BigDecimal lower = at(whole.intValueExact());
        final BigDecimal upper = at(place.setScale(0, RoundingMode.CEILING).intValueExact());
        return lower.add(upper.subtract(lower).multiply(place.subtract(whole)));
    }

    /** Returns the smallest value with a share of at least p at or below it. */
    private BigDecimal smallest(final BigDecimal p) {
        BigDecimal below = BigDecimal.ZERO;
        int i = 0;
        while (below.add(weight(i)).compareTo(p.multiply(total)) < 0) {
            below = below.add(weight(i));
            i++;
        }
        return at(i);
    }

    private BigDecimal weight(final int index) {
        return new BigDecimal(sorted.get(index).weight());
    }

    private BigDecimal at(final int index) {
        return BigDecimal.valueOf(sorted.get(index).point().value(), scale);
    }
}
