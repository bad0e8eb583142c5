package io.tollgate.core.oracle;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.Oracle.Worth;
import io.tollgate.core.oracle.PointOracle.Weighted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Variances, standard deviations and z-scores from exact sums over weighted values: slow and obvious. */
final class SpreadOracle {
    private static final MathContext FORTY_DIGITS = new MathContext(40);

    /**
     * Facts about the window.
     *
     * @param all all points of the series, ordered by time.
     * @param inside points inside the window.
     * @param weighted known values of the window.
     * @param status status of a metric that needs a known value.
     * @param start start of the window.
     * @param isFlow true if the points are events.
     * @param scale scale of the series.
     */
    record Facts(
            List<Point> all,
            List<Point> inside,
            List<Weighted> weighted,
            Status status,
            BigInteger start,
            boolean isFlow,
            int scale) {}

    private final Facts facts;
    private final int ddof;
    private final Map<Metric, Worth> metrics = new HashMap<>();

    private SpreadOracle(final Facts facts) {
        this.facts = facts;
        ddof = facts.isFlow() ? 1 : 0;
    }

    static Map<Metric, Worth> of(final Facts facts) {
        final SpreadOracle oracle = new SpreadOracle(facts);
        final Sums window = new Sums(facts.weighted());
        oracle.variances(window, oracle.ddof, Metric.VARIANCE, Metric.SD);
        oracle.variances(window, 0, Metric.POPULATION_VARIANCE, Metric.POPULATION_SD);
        final int last = facts.weighted().size() - 1;
        oracle.score(
                Metric.ZSCORE_INCLUSIVE,
                window,
                last < 0 ? 0 : facts.weighted().get(last).point().value());
        oracle.newest();
        return oracle.metrics;
    }

    /** The sums of 1, v and v^2 with their weights. */
    private record Sums(BigInteger weight, BigInteger sum, BigInteger squareSum) {
        Sums(final List<Weighted> values) {
            this(sum(values, 0), sum(values, 1), sum(values, 2));
        }

        private static BigInteger sum(final List<Weighted> values, final int power) {
            return values.stream()
                    .map(value ->
                            BigInteger.valueOf(value.point().value()).pow(power).multiply(value.weight()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }

        /** Returns {@code W^2} times the variance of all. */
        BigInteger spread() {
            return weight.multiply(squareSum).subtract(sum.multiply(sum));
        }
    }

    private void variances(final Sums sums, final int degrees, final Metric variance, final Metric sd) {
        final Status status = enough(sums, degrees);
        if (!status.hasValue()) {
            metrics.put(variance, new Worth(status, Double.NaN));
            metrics.put(sd, new Worth(status, Double.NaN));
            return;
        }
        final BigInteger denominator = sums.weight()
                .multiply(sums.weight().subtract(BigInteger.valueOf(degrees)))
                .multiply(BigInteger.TEN.pow(2 * facts.scale()));
        metrics.put(variance, new Worth(status, Oracle.toDouble(sums.spread(), denominator)));
        metrics.put(sd, new Worth(status, root(sums.spread(), denominator).doubleValue()));
    }

    private Status enough(final Sums sums, final int degrees) {
        final boolean isShort = sums.weight().compareTo(BigInteger.valueOf(degrees)) <= 0;
        return facts.status().hasValue() && isShort ? Status.INSUFFICIENT : facts.status();
    }

    /** Puts {@code (v - S / W) / sqrt(spread / (W (W - ddof)))}. */
    private void score(final Metric metric, final Sums sums, final long value) {
        Status status = enough(sums, ddof);
        if (status.hasValue() && sums.spread().signum() == 0) {
            status = Status.UNDEFINED;
        }
        if (!status.hasValue()) {
            metrics.put(metric, new Worth(status, Double.NaN));
            return;
        }
        final BigInteger weight = sums.weight();
        final BigDecimal distance =
                new BigDecimal(weight.multiply(BigInteger.valueOf(value)).subtract(sums.sum()));
        final BigDecimal deviation = root(sums.spread(), weight.multiply(weight.subtract(BigInteger.valueOf(ddof))));
        final double score = distance.divide(deviation.multiply(new BigDecimal(weight)), FORTY_DIGITS)
                .doubleValue();
        metrics.put(metric, new Worth(status, score));
    }

    private static BigDecimal root(final BigInteger numerator, final BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), FORTY_DIGITS)
                .sqrt(FORTY_DIGITS);
    }

    /** Puts the score of the newest point inside, against the time from the start of the window to that point. */
    private void newest() {
        final Point newest = facts.inside().isEmpty()
                ? null
                : facts.inside().get(facts.inside().size() - 1);
        if (!facts.status().hasValue()) {
            metrics.put(Metric.ZSCORE, new Worth(facts.status(), Double.NaN));
        } else if (newest == null || !newest.isKnown()) {
            metrics.put(Metric.ZSCORE, new Worth(Status.INSUFFICIENT, Double.NaN));
        } else {
            final BigInteger until = BigInteger.valueOf(newest.time());
            score(Metric.ZSCORE, new Sums(facts.isFlow() ? events(until) : levels(until)), newest.value());
        }
    }

    private List<Weighted> events(final BigInteger until) {
        return facts.all().stream()
                .filter(event -> BigInteger.valueOf(event.time()).compareTo(facts.start()) >= 0)
                .filter(event -> BigInteger.valueOf(event.time()).compareTo(until) < 0)
                .map(event -> new Weighted(event, BigInteger.ONE))
                .toList();
    }

    private List<Weighted> levels(final BigInteger until) {
        final List<Weighted> levels = new ArrayList<>();
        for (int i = 0; i + 1 < facts.all().size(); i++) {
            final Point level = facts.all().get(i);
            final BigInteger from = BigInteger.valueOf(level.time()).max(facts.start());
            final BigInteger to =
                    BigInteger.valueOf(facts.all().get(i + 1).time()).min(until);
            if (level.isKnown() && from.compareTo(to) < 0) {
                levels.add(new Weighted(level, to.subtract(from)));
            }
        }
        return levels;
    }
}
