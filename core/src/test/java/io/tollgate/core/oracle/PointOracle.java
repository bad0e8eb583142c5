package io.tollgate.core.oracle;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.Oracle.Worth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics that need more than sums, recomputed from lists of points: slow and obvious. */
public final class PointOracle {
    /** The compared metrics with parameters. */
    static final List<Metric> METRICS = List.of(
            Metric.above("0"),
            Metric.above("2.5"),
            Metric.above("-1e3"),
            Metric.above("9000000000000000000000"),
            Metric.below("0"),
            Metric.below("2.5"),
            Metric.below("-1e3"),
            Metric.below("9000000000000000000000"));

    private static final BigInteger DAY_NS = BigInteger.valueOf(86_400_000_000_000L);

    /** A known value with its weight in the window. */
    public record Weighted(Point point, BigInteger weight) {}

    /**
     * Facts about the window.
     *
     * @param all all points of the series, ordered by time.
     * @param inside points inside the window.
     * @param weighted known values of the window.
     * @param status status of a metric that needs a known value.
     * @param quiet status of the number of changes if no point is inside and none carried in.
     * @param highest the last instant inside.
     * @param at the end of the window.
     * @param scale scale of the series.
     */
    record Facts(
            List<Point> all,
            List<Point> inside,
            List<Weighted> weighted,
            Status status,
            Status quiet,
            long highest,
            long at,
            int scale) {}

    private final Facts facts;
    private final Map<Metric, Worth> metrics = new HashMap<>();

    private PointOracle(final Facts facts) {
        this.facts = facts;
    }

    static Map<Metric, Worth> of(final Facts facts) {
        final PointOracle oracle = new PointOracle(facts);
        oracle.changes();
        oracle.sinceChange();
        for (final String level : List.of("0", "2.5", "-1e3", "9000000000000000000000")) {
            oracle.beyond(level, Metric.above(level), 1);
            oracle.beyond(level, Metric.below(level), -1);
        }
        return oracle.metrics;
    }

    private boolean isChange(final int index) {
        return index > 0
                && facts.all().get(index).value() != facts.all().get(index - 1).value();
    }

    private void changes() {
        int count = 0;
        final int first = facts.inside().isEmpty()
                ? 0
                : facts.all().indexOf(facts.inside().get(0));
        for (int i = 0; i < facts.inside().size(); i++) {
            count += isChange(first + i) ? 1 : 0;
        }
        final Status status = facts.status() == Status.EMPTY ? facts.quiet() : facts.status();
        put(Metric.CHANGES, status, count);
    }

    private void sinceChange() {
        for (int i = facts.all().size() - 1; i >= 0; i--) {
            final long time = facts.all().get(i).time();
            if (time <= facts.highest() && isChange(i)) {
                final BigInteger since = BigInteger.valueOf(facts.at()).subtract(BigInteger.valueOf(time));
                put(Metric.SINCE_CHANGE, facts.status(), Oracle.toDouble(since, DAY_NS));
                return;
            }
        }
        final boolean hasNone = facts.status().hasValue();
        put(Metric.SINCE_CHANGE, hasNone ? Status.INSUFFICIENT : facts.status(), Double.NaN);
    }

    private void beyond(final String level, final Metric metric, final int sign) {
        BigInteger beyond = BigInteger.ZERO;
        BigInteger all = BigInteger.ZERO;
        for (final Weighted weighted : facts.weighted()) {
            final BigDecimal value = BigDecimal.valueOf(weighted.point().value(), facts.scale());
            all = all.add(weighted.weight());
            beyond = value.compareTo(new BigDecimal(level)) == sign ? beyond.add(weighted.weight()) : beyond;
        }
        final boolean isWeightless = facts.status().hasValue() && all.signum() == 0;
        put(
                metric,
                isWeightless ? Status.INSUFFICIENT : facts.status(),
                all.signum() == 0 ? Double.NaN : Oracle.toDouble(beyond, all));
    }

    private void put(final Metric metric, final Status status, final double value) {
        metrics.put(metric, new Worth(status, status.hasValue() ? value : Double.NaN));
    }
}
