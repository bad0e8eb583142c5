package io.tollgate.core.oracle;

import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Ewma;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.Oracle.Worth;
import io.tollgate.core.oracle.PointOracle.Weighted;
import io.tollgate.core.read.EwmaTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Time-decayed averages, computed step by step from their definition, and decayed rates, event by event. Only the decay
 * weights are doubles; {@link EwmaTest} checks the precision of the answers.
 */
public final class EwmaOracle {
    public static final List<Metric> METRICS = List.of(
            Metric.ewma(new Decay.HalfLife(10)),
            Metric.ewma(new Decay.TimeConstant(3_600_000_000_000L)),
            Metric.ewma(new Decay.HalfLife(86_400_000_000_000L)));

    private static final MathContext FORTY_DIGITS = new MathContext(40);
    private static final double DAY_NS = 86_400_000_000_000.0;
    private static final double TOLERANCE = 1e-11;

    private EwmaOracle() {}

    static Map<Metric, Worth> of(final OracleRun run) {
        final Map<Metric, Worth> metrics = new HashMap<>();
        for (final Metric metric : METRICS) {
            final Decay decay = ((Ewma) metric).decay();
            metrics.put(metric, run.isFlow() ? rate(run, decay) : average(run, decay));
        }
        return metrics;
    }

    private static Worth average(final OracleRun run, final Decay decay) {
        if (!run.status().hasValue()) {
            return new Worth(run.status(), Double.NaN);
        }
        BigDecimal average = decimal(run.weighted().get(0).point(), run);
        double largest = 0;
        for (final Weighted weighted : run.weighted()) {
            final BigDecimal value = decimal(weighted.point(), run);
            final BigDecimal left = left(decay, weighted.weight());
            average = value.add(average.subtract(value, FORTY_DIGITS).multiply(left, FORTY_DIGITS), FORTY_DIGITS);
            largest = Math.max(largest, Math.abs(value.doubleValue()));
        }
        return new Worth(run.status(), average.doubleValue(), TOLERANCE * largest);
    }

    private static Worth rate(final OracleRun run, final Decay decay) {
        final Status status = run.quietStatus();
        if (!status.hasValue()) {
            return new Worth(status, Double.NaN);
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal magnitude = BigDecimal.ZERO;
        for (final Point event : run.inside()) {
            final BigInteger age = BigInteger.valueOf(run.at()).subtract(BigInteger.valueOf(event.time()));
            final BigDecimal term = decimal(event, run).multiply(left(decay, age), FORTY_DIGITS);
            sum = sum.add(term, FORTY_DIGITS);
            magnitude = magnitude.add(term.abs(), FORTY_DIGITS);
        }
        final double perDay = DAY_NS / length(decay) * (decay instanceof Decay.HalfLife ? Math.log(2) : 1);
        return new Worth(status, sum.doubleValue() * perDay, 1e-280 + TOLERANCE * magnitude.doubleValue() * perDay);
    }

    private static BigDecimal decimal(final Point point, final OracleRun run) {
        return BigDecimal.valueOf(point.value(), run.scale());
    }

    private static BigDecimal left(final Decay decay, final BigInteger time) {
        final double lengths = time.doubleValue() / length(decay);
        return new BigDecimal(decay instanceof Decay.HalfLife ? StrictMath.pow(2, -lengths) : StrictMath.exp(-lengths));
    }

    public static long length(final Decay decay) {
        return decay instanceof Decay.HalfLife halfLife ? halfLife.lengthNs() : ((Decay.TimeConstant) decay).lengthNs();
    }
}
