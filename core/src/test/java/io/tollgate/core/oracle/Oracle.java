package io.tollgate.core.oracle;

import io.tollgate.api.Publisher;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * All points of one series, and each answer recomputed from all of them in exact fractions. The oracle is slow and
 * obvious, and follows the semantics directly.
 */
public final class Oracle {
    private static final BigInteger DAY_NS = BigInteger.valueOf(86_400_000_000_000L);
    private static final List<Metric> VALUE_METRICS = List.of(
            Metric.MIN,
            Metric.MAX,
            Metric.FIRST,
            Metric.LAST,
            Metric.DELTA,
            Metric.RANGE,
            Metric.RELATIVE,
            Metric.LOG_CHANGE);

    public record Point(long time, long value, long knowledge, long reference) {
        boolean isKnown() {
            return value != Decimals.UNKNOWN;
        }

        boolean isNamed() {
            return reference != Publisher.NO_REFERENCE;
        }
    }

    /** A status, its value or NaN, and the tolerance of an answer. */
    public record Worth(Status status, double value, double tolerance) {
        public Worth(final Status status, final double value) {
            this(status, value, 0);
        }
    }

    /** The expected answer of {@link WindowReading}. */
    public record Answer(
            Map<Metric, Worth> metrics, long count, boolean hasCarriedIn, double carriedIn, long carriedInSince) {}

    /** The expected answer of {@link LevelReading}. */
    public record Level(
            Status status, double value, long scaled, long since, long next, long knowledge, long reference) {}

    private final SeriesDefinition definition;
    private final CurrentPoints points;

    public Oracle(final SeriesDefinition definition) {
        this.definition = definition;
        points = new CurrentPoints(definition);
    }

    /** Takes a point that the policy of the series accepts. */
    public void put(final long time, final long value, final long knowledge, final long reference) {
        points.put(time, value, knowledge, reference);
    }

    public CurrentPoints current() {
        return points;
    }

    public List<Point> points() {
        return points.all();
    }

    public Answer window(final Window window, final long at) {
        final OracleRun run = run(window, at);
        final Answer answer = run.isFlow() ? flow(run) : step(run);
        answer.metrics().putAll(EwmaOracle.of(run));
        answer.metrics().putAll(CusumOracle.of(run));
        answer.metrics().putAll(BaselineOracle.of(run, earlier -> run(window, earlier)));
        return answer;
    }

    /** Returns the points of a window. */
    public OracleRun run(final Window window, final long at) {
        final OracleBounds bounds = bounds(window, at);
        final List<Point> inside = inside(bounds);
        final int scale = definition.scale();
        if (definition.policies().period().isPresent()) {
            final PeriodOracle periods = new PeriodOracle(definition, inside, bounds);
            return OracleRun.flow(scale, bounds, periods.whole(), periods.coveredByWhole(), false, at);
        }
        if (definition.kind() == SeriesKind.FLOW) {
            final boolean isBorn = hasLife() && bounds.highest() >= lifeStart();
            final boolean isAlive =
                    isBorn && BigInteger.valueOf(bounds.lowest()).compareTo(points.lifeEnd()) < 0;
            final BigInteger lived = BigInteger.valueOf(at)
                    .min(points.lifeEnd())
                    .subtract(bounds.start().max(BigInteger.valueOf(isBorn ? lifeStart() : at)));
            return OracleRun.flow(scale, bounds, inside, lived.max(BigInteger.ZERO), isAlive, at);
        }
        final long start =
                bounds.start().max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact();
        final Point before = points.floor(start);
        final boolean isCarried = before != null
                && before.time() < bounds.lowest()
                && start <= at
                && bounds.start().compareTo(expiry(at)) < 0;
        return OracleRun.step(
                scale,
                bounds,
                isCarried ? List.of(before) : List.of(),
                inside,
                BigInteger.valueOf(at).min(expiry(at)),
                at);
    }

    /** Returns the pro-rata answers for a FLOW with a reporting period, if they differ. */
    Map<Metric, Worth> proRata(final Window window, final long at) {
        final OracleBounds bounds = bounds(window, at);
        return new PeriodOracle(definition, inside(bounds), bounds).proRata(bounds.length());
    }

    private List<Point> inside(final OracleBounds bounds) {
        return bounds.lowest() > bounds.highest()
                ? List.of()
                : List.copyOf(points.range(bounds.lowest(), bounds.highest()));
    }

    /** Returns the expiry of the last value at or before an instant. */
    BigInteger expiry(final long at) {
        final long heartbeat = definition.policies().heartbeatNs();
        final Point last = points.floor(at);
        return heartbeat == 0 || last == null
                ? points.lifeEnd()
                : BigInteger.valueOf(last.time())
                        .add(BigInteger.valueOf(heartbeat))
                        .min(points.lifeEnd());
    }

    OracleBounds bounds(final Window window, final long at) {
        return OracleBounds.of(
                window,
                at,
                points.range(Long.MIN_VALUE, at),
                definition.policies().period());
    }

    public Level level(final long at) {
        final Point point = points.floor(at);
        final Point following = points.higher(at);
        final long next = following == null ? Instants.NONE : following.time();
        if (point == null) {
            return new Level(
                    Status.EMPTY,
                    Double.NaN,
                    Decimals.UNKNOWN,
                    Instants.NONE,
                    next,
                    Instants.NONE,
                    Publisher.NO_REFERENCE);
        }
        final boolean isKnown = point.isKnown() && BigInteger.valueOf(at).compareTo(expiry(at)) < 0;
        return new Level(
                isKnown ? Status.OK : Status.INSUFFICIENT,
                isKnown ? decimal(BigInteger.valueOf(point.value())) : Double.NaN,
                isKnown ? point.value() : Decimals.UNKNOWN,
                point.time(),
                next,
                point.knowledge(),
                point.reference());
    }

    private Answer step(final OracleRun run) {
        final OracleBounds bounds = run.bounds();
        final ShapeOracle shape = new ShapeOracle(false);
        for (final PointOracle.Weighted level : run.weighted()) {
            final BigInteger from = BigInteger.valueOf(Math.max(level.point().time(), run.cutStart()));
            shape.stretch(
                    from,
                    from.add(level.weight()),
                    BigInteger.valueOf(level.point().value()));
        }
        final List<Point> known = run.points().stream().filter(Point::isKnown).toList();
        final Status status = run.status();
        final Map<Metric, Worth> metrics = always(run);
        putValues(metrics, known, status);
        final Status timed = run.weightedStatus();
        putSum(metrics, timed, run.sum(), DAY_NS);
        putMean(metrics, timed, run.sum(), run.weight());
        putRate(metrics, status, known.isEmpty() ? BigInteger.ZERO : change(known), bounds.length());
        putShape(metrics, shape, timed, timed, timed, bounds);
        putPointMetrics(metrics, run, Status.EMPTY);
        final Optional<Point> atStart = run.inForceAtStart();
        return new Answer(
                metrics,
                run.inside().size(),
                atStart.isPresent(),
                atStart.map(point -> decimal(BigInteger.valueOf(point.value()))).orElse(Double.NaN),
                atStart.map(Point::time).orElse(Instants.NONE));
    }

    private Answer flow(final OracleRun run) {
        final List<Point> inside = run.inside();
        final ShapeOracle shape = new ShapeOracle(true);
        inside.forEach(point -> shape.event(point.time(), point.value()));
        final Status status = run.status();
        final Map<Metric, Worth> metrics = always(run);
        putValues(metrics, inside, status);
        putSum(metrics, run.quietStatus(), run.sum(), BigInteger.ONE);
        putRate(metrics, run.quietStatus(), run.sum(), run.bounds().length());
        putMean(metrics, status, run.sum(), run.weight());
        putShape(
                metrics,
                shape,
                atLeast(3, inside, status),
                atLeast(4, inside, status),
                atLeast(2, inside, status),
                run.bounds());
        putPointMetrics(metrics, run, run.isAlive() ? run.coverage() : Status.EMPTY);
        return new Answer(metrics, inside.size(), false, Double.NaN, Instants.NONE);
    }

    private void putPointMetrics(final Map<Metric, Worth> metrics, final OracleRun run, final Status quiet) {
        final List<PointOracle.Weighted> weighted = run.weighted();
        final boolean isOfPeriods = definition.policies().period().isPresent();
        metrics.putAll(SpreadOracle.of(new SpreadOracle.Facts(
                isOfPeriods ? run.inside() : points(),
                run.inside(),
                weighted,
                run.status(),
                run.bounds().start(),
                run.isFlow(),
                run.scale())));
        metrics.putAll(QuantileOracle.of(weighted, run.isFlow(), run.status(), run.scale()));
        metrics.putAll(PointOracle.of(new PointOracle.Facts(
                points(),
                run.inside(),
                weighted,
                run.status(),
                quiet,
                run.bounds().highest(),
                run.at(),
                run.scale())));
    }

    public boolean hasLife() {
        return definition.policies().lifeStartNs() != Instants.NONE || !points.isEmpty();
    }

    public long lifeStart() {
        return definition.policies().lifeStartNs() != Instants.NONE
                ? definition.policies().lifeStartNs()
                : points.first().time();
    }

    private static Map<Metric, Worth> always(final OracleRun run) {
        final Map<Metric, Worth> metrics = new HashMap<>();
        final BigInteger wanted = run.wanted();
        metrics.put(Metric.COUNT, new Worth(Status.OK, run.inside().size()));
        metrics.put(Metric.COVERAGE, new Worth(Status.OK, wanted.signum() == 0 ? 0 : toDouble(run.covered(), wanted)));
        return metrics;
    }

    private void putValues(final Map<Metric, Worth> metrics, final List<Point> known, final Status status) {
        if (!status.hasValue()) {
            for (final Metric metric : VALUE_METRICS) {
                metrics.put(metric, new Worth(status, Double.NaN));
            }
            return;
        }
        final BigInteger first = BigInteger.valueOf(known.get(0).value());
        final BigInteger last = BigInteger.valueOf(known.get(known.size() - 1).value());
        final long min = known.stream().mapToLong(Point::value).min().orElseThrow();
        final long max = known.stream().mapToLong(Point::value).max().orElseThrow();
        metrics.put(Metric.MIN, new Worth(status, decimal(BigInteger.valueOf(min))));
        metrics.put(Metric.MAX, new Worth(status, decimal(BigInteger.valueOf(max))));
        metrics.put(Metric.FIRST, new Worth(status, decimal(first)));
        metrics.put(Metric.LAST, new Worth(status, decimal(last)));
        metrics.put(Metric.DELTA, new Worth(status, decimal(last.subtract(first))));
        metrics.put(
                Metric.RANGE, new Worth(status, decimal(BigInteger.valueOf(max).subtract(BigInteger.valueOf(min)))));
        metrics.put(
                Metric.RELATIVE,
                first.signum() == 0
                        ? new Worth(Status.UNDEFINED, Double.NaN)
                        : new Worth(status, toDouble(last.subtract(first), first.abs())));
        putLogChange(metrics, status, first, last);
    }

    /**
     * The units of the streams are PERCENT, in which 100 is 1, and COUNT. The logarithm is exact only to about 1e-14.
     */
    private void putLogChange(
            final Map<Metric, Worth> metrics, final Status status, final BigInteger first, final BigInteger last) {
        final BigInteger one = BigInteger.valueOf(100).multiply(power(1));
        final boolean isRate = definition.unit().equals(Unit.PERCENT);
        final BigInteger from = isRate ? first.add(one) : first;
        final BigInteger to = isRate ? last.add(one) : last;
        final boolean isDefined = from.signum() > 0 && to.signum() > 0;
        metrics.put(
                Metric.LOG_CHANGE,
                isDefined
                        ? new Worth(status, StrictMath.log(toDouble(to, from)))
                        : new Worth(Status.UNDEFINED, Double.NaN));
    }

    private static Status atLeast(final int count, final List<Point> inside, final Status status) {
        return !inside.isEmpty() && inside.size() < count ? Status.INSUFFICIENT : status;
    }

    private void putShape(
            final Map<Metric, Worth> metrics,
            final ShapeOracle shape,
            final Status skew,
            final Status kurtosis,
            final Status line,
            final OracleBounds bounds) {
        final boolean isConstant = shape.isConstant();
        final boolean isInstant = shape.isInstant();
        putWorth(metrics, Metric.SKEW, skew, isConstant, shape::skew);
        putWorth(metrics, Metric.KURTOSIS, kurtosis, isConstant, shape::kurtosis);
        putWorth(metrics, Metric.SLOPE, line, isInstant, () -> shape.slopePerDay(power(1)));
        putWorth(metrics, Metric.INTERCEPT, line, isInstant, () -> shape.intercept(bounds.start(), power(1)));
    }

    private static void putWorth(
            final Map<Metric, Worth> metrics,
            final Metric metric,
            final Status status,
            final boolean isUndefined,
            final DoubleSupplier value) {
        final Status worth = status.hasValue() && isUndefined ? Status.UNDEFINED : status;
        metrics.put(metric, new Worth(worth, worth.hasValue() ? value.getAsDouble() : Double.NaN));
    }

    private void putSum(
            final Map<Metric, Worth> metrics, final Status status, final BigInteger sum, final BigInteger unit) {
        final double value = status.hasValue() ? toDouble(sum, unit.multiply(power(1))) : Double.NaN;
        metrics.put(Metric.SUM, new Worth(status, value));
    }

    /** Puts the rate per day of the window's length: the sum of a FLOW, the change of a STEP. */
    private void putRate(
            final Map<Metric, Worth> metrics, final Status status, final BigInteger total, final BigInteger length) {
        final Status worth = status.hasValue() && length.signum() == 0 ? Status.INSUFFICIENT : status;
        final double value =
                worth.hasValue() ? toDouble(total.multiply(DAY_NS), length.multiply(power(1))) : Double.NaN;
        metrics.put(Metric.RATE, new Worth(worth, value));
    }

    private static BigInteger change(final List<Point> known) {
        return BigInteger.valueOf(known.get(known.size() - 1).value())
                .subtract(BigInteger.valueOf(known.get(0).value()));
    }

    private void putMean(
            final Map<Metric, Worth> metrics, final Status status, final BigInteger sum, final BigInteger weight) {
        final double value = status.hasValue() ? toDouble(sum, weight.multiply(power(1))) : Double.NaN;
        metrics.put(Metric.MEAN, new Worth(status, value));
    }

    /** Returns {@code 10^(times x scale)}. */
    private BigInteger power(final int times) {
        return BigInteger.TEN.pow(times * definition.scale());
    }

    private double decimal(final BigInteger scaled) {
        return toDouble(scaled, power(1));
    }

    /**
     * Rounds a fraction once, half to even. It keeps at least 66 first bits and a last bit that is set if a remainder
     * follows. The JDK rounds that integer correctly, and the remaining power of two changes no bit.
     */
    public static double toDouble(final BigInteger numerator, final BigInteger denominator) {
        final int shift = Math.max(0, 66 + denominator.bitLength() - numerator.bitLength());
        final BigInteger[] quotient = numerator.abs().shiftLeft(shift).divideAndRemainder(denominator);
        final int following = quotient[1].signum();
        final double bits =
                quotient[0].shiftLeft(1).add(BigInteger.valueOf(following)).doubleValue();
        final double magnitude = Math.scalb(bits, -shift - 1);
        return numerator.signum() < 0 ? -magnitude : magnitude;
    }
}
