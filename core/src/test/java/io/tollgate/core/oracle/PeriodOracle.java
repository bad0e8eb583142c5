package io.tollgate.core.oracle;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.Oracle.Worth;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The periods of a FLOW inside a window, the time that they cover, and the values of the cut ones: slow and obvious.
 */
final class PeriodOracle {
    private static final BigInteger DAY_NS = BigInteger.valueOf(86_400_000_000_000L);

    private final SeriesDefinition definition;
    private final ReportingPeriod period;
    private final BigInteger start;
    private final List<Point> whole;
    private final List<Point> cut;

    /** Computes the periods of the points inside a window. A window of last points cuts none. */
    PeriodOracle(final SeriesDefinition definition, final List<Point> inside, final OracleBounds bounds) {
        this.definition = definition;
        start = bounds.start();
        period = definition.policies().period().orElseThrow();
        int first = 0;
        for (int i = 0; i < inside.size() && bounds.wanted() == 0; i++) {
            if (from(inside.get(i)).compareTo(start) < 0) {
                first = i + 1;
            }
        }
        whole = inside.subList(first, inside.size());
        cut = inside.subList(0, first).stream()
                .filter(point -> to(point).compareTo(start) > 0)
                .toList();
    }

    private BigInteger from(final Point point) {
        return BigInteger.valueOf(period.startNs(point.time()));
    }

    private static BigInteger to(final Point point) {
        return BigInteger.valueOf(point.time());
    }

    /** Returns the points of whole periods. */
    List<Point> whole() {
        return whole;
    }

    BigInteger coveredByWhole() {
        return covered(whole);
    }

    /** Returns the length of the union of the periods, inside the window and a declared life. */
    private BigInteger covered(final List<Point> points) {
        final long life = definition.policies().lifeStartNs();
        final BigInteger earliest = life == Instants.NONE ? start : start.max(BigInteger.valueOf(life));
        BigInteger sum = BigInteger.ZERO;
        BigInteger end = earliest;
        final List<Point> byStart = new ArrayList<>(points);
        byStart.sort(Comparator.comparing(this::from));
        for (final Point point : byStart) {
            final BigInteger begin = from(point).max(end);
            if (begin.compareTo(to(point)) < 0) {
                sum = sum.add(to(point).subtract(begin));
                end = to(point);
            }
        }
        return sum;
    }

    /** Returns sum, rate and coverage with shares of the cut periods, empty if none is cut. */
    Map<Metric, Worth> proRata(final BigInteger length) {
        if (cut.isEmpty()) {
            return Map.of();
        }
        final List<Point> all = new ArrayList<>(cut);
        all.addAll(whole);
        final BigInteger covered = covered(all);
        final Worth coverage = new Worth(Status.OK, Oracle.toDouble(covered, length));
        // This check comes first, because a sum of thousands of shares has a denominator that takes too long.
        if (cut.stream().map(Point::time).distinct().count() > ReadOptions.MAX_CUT_ENDS) {
            final Worth undefined = new Worth(Status.UNDEFINED, Double.NaN);
            return Map.of(Metric.SUM, undefined, Metric.RATE, undefined, Metric.COVERAGE, coverage);
        }
        BigInteger numerator =
                whole.stream().map(point -> BigInteger.valueOf(point.value())).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger denominator = BigInteger.ONE;
        for (final Point point : cut) {
            final BigInteger part = to(point).subtract(from(point).max(start));
            final BigInteger period = to(point).subtract(from(point));
            final BigInteger share = BigInteger.valueOf(point.value()).multiply(part);
            numerator = numerator.multiply(period).add(share.multiply(denominator));
            denominator = denominator.multiply(period);
            final BigInteger divisor = numerator.gcd(denominator).max(BigInteger.ONE);
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
        final Status status = covered.compareTo(length) < 0 ? Status.PARTIAL : Status.OK;
        final BigInteger scaled = denominator.multiply(BigInteger.TEN.pow(definition.scale()));
        final double rate = Oracle.toDouble(numerator.multiply(DAY_NS), scaled.multiply(length));
        return Map.of(
                Metric.SUM,
                new Worth(status, Oracle.toDouble(numerator, scaled)),
                Metric.RATE,
                new Worth(status, rate),
                Metric.COVERAGE,
                coverage);
    }
}
