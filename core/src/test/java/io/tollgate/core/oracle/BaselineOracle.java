package io.tollgate.core.oracle;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Worth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Ratios and Poisson scores against baselines, as fractions of sums over all points. */
final class BaselineOracle {
    private static final List<Baseline> BASELINES = List.of(
            Baseline.fixed("0"),
            Baseline.fixed("-2.5"),
            Baseline.fixed("251.123456789012345"),
            new Baseline.Earlier(7, 2),
            new Baseline.Earlier(86_400_000_000_000L, 1),
            new Baseline.Earlier(7 * 86_400_000_000_000L, 3),
            new Baseline.Earlier(Long.MAX_VALUE, 1));

    static final List<Metric> METRICS = BASELINES.stream()
            .flatMap(baseline -> Stream.<Metric>of(Metric.ratioTo(baseline), Metric.poissonZ(baseline)))
            .toList();

    private static final MathContext SIXTY_DIGITS = new MathContext(60);

    /** A number as a fraction, with the status of the results derived from it. */
    private record Fraction(Status status, BigInteger numerator, BigInteger denominator) {}

    private final OracleRun run;
    private final LongFunction<OracleRun> runs;
    private final Map<Metric, Worth> metrics = new HashMap<>();

    private BaselineOracle(final OracleRun run, final LongFunction<OracleRun> runs) {
        this.run = run;
        this.runs = runs;
    }

    /** Returns the answers for a run. The function gives the runs of the same window as seen from other instants. */
    static Map<Metric, Worth> of(final OracleRun run, final LongFunction<OracleRun> runs) {
        final BaselineOracle oracle = new BaselineOracle(run, runs);
        BASELINES.forEach(oracle::compare);
        return oracle.metrics;
    }

    private void compare(final Baseline baseline) {
        final Fraction own = mean(List.of(run));
        final Fraction other =
                baseline instanceof Baseline.Fixed fixed ? number(fixed.mean()) : mean(earlier(baseline));
        final Status status = own.status().compareTo(other.status()) < 0 ? own.status() : other.status();
        if (!own.status().hasValue()) {
            put(Metric.ratioTo(baseline), own.status(), Double.NaN);
            put(Metric.poissonZ(baseline), own.status(), Double.NaN);
        } else if (!other.status().hasValue()) {
            put(Metric.ratioTo(baseline), Status.INSUFFICIENT, Double.NaN);
            put(Metric.poissonZ(baseline), run.isFlow() ? Status.INSUFFICIENT : Status.UNDEFINED, Double.NaN);
        } else {
            ratio(baseline, status, own, other);
            score(baseline, status, own, other);
        }
    }

    private void ratio(final Baseline baseline, final Status status, final Fraction own, final Fraction other) {
        if (other.numerator().signum() == 0) {
            put(Metric.ratioTo(baseline), Status.UNDEFINED, Double.NaN);
            return;
        }
        final BigInteger sign = BigInteger.valueOf(other.numerator().signum());
        put(
                Metric.ratioTo(baseline),
                status,
                Oracle.toDouble(
                        own.numerator().multiply(other.denominator()).multiply(sign),
                        own.denominator().multiply(other.numerator()).multiply(sign)));
    }

    private void score(final Baseline baseline, final Status status, final Fraction own, final Fraction other) {
        if (!run.isFlow() || other.numerator().signum() <= 0) {
            put(Metric.poissonZ(baseline), Status.UNDEFINED, Double.NaN);
            return;
        }
        final BigDecimal x = decimal(own);
        final BigDecimal b = decimal(other);
        final double score =
                x.subtract(b).divide(b.sqrt(SIXTY_DIGITS), SIXTY_DIGITS).doubleValue();
        metrics.put(Metric.poissonZ(baseline), new Worth(status, score, Math.ulp(score)));
    }

    private static BigDecimal decimal(final Fraction fraction) {
        return new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator()), SIXTY_DIGITS);
    }

    private static Fraction number(final BigDecimal number) {
        final BigDecimal places = BigDecimal.TEN.pow(40);
        return new Fraction(Status.OK, number.multiply(places).toBigIntegerExact(), places.toBigIntegerExact());
    }

    /** Returns the runs of a baseline; null for a run that would end before the first instant. */
    private List<OracleRun> earlier(final Baseline baseline) {
        final Baseline.Earlier windows = (Baseline.Earlier) baseline;
        final List<OracleRun> earlier = new ArrayList<>();
        for (int i = 1; i <= windows.count(); i++) {
            final BigInteger at = BigInteger.valueOf(run.at())
                    .subtract(BigInteger.valueOf(windows.shiftNs()).multiply(BigInteger.valueOf(i)));
            final boolean isBeforeAllTime = at.compareTo(BigInteger.valueOf(Instants.MIN)) < 0;
            earlier.add(isBeforeAllTime ? null : runs.apply(at.longValueExact()));
        }
        return earlier;
    }

    /** Returns the mean of the sums of a FLOW, or the mean over the known time of a STEP. */
    private static Fraction mean(final List<OracleRun> all) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger weight = BigInteger.ZERO;
        Status status = Status.OK;
        for (final OracleRun one : all) {
            final Status own = one == null ? Status.EMPTY : one.isFlow() ? one.quietStatus() : one.weightedStatus();
            status = own.compareTo(status) < 0 ? own : status;
            if (status.hasValue()) {
                sum = sum.add(one.sum());
                weight = weight.add(one.isFlow() ? BigInteger.ONE : one.weight());
            }
        }
        return new Fraction(
                status,
                sum,
                status.hasValue()
                        ? weight.multiply(BigInteger.TEN.pow(all.get(0).scale()))
                        : weight);
    }

    private void put(final Metric metric, final Status status, final double value) {
        metrics.put(metric, new Worth(status, value));
    }
}
