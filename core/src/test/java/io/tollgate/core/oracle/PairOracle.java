package io.tollgate.core.oracle;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The common observations of a pair. For each bucket, or each interval without a change, the oracle searches all points
 * of both series.
 */
public final class PairOracle {
    private static final MathContext SIXTY_DIGITS = new MathContext(60);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** The instants of a bucket or interval, both included. */
    private record Stretch(BigInteger first, BigInteger last) {
        BigInteger lengthNs() {
            return last.subtract(first).add(BigInteger.ONE);
        }
    }

    private record Observation(Stretch stretch, BigInteger observedNs, BigInteger weight, BigInteger x, BigInteger y) {}

    private final Oracle x;
    private final Oracle y;
    private final Pair pair;
    private final OracleBounds bounds;
    private final long at;
    private final List<Observation> observations = new ArrayList<>();

    public PairOracle(final Oracle x, final Oracle y, final Pair pair, final Window window, final long at) {
        this.x = x;
        this.y = y;
        this.pair = pair;
        this.at = at;
        bounds = y.bounds(window, at);
        if (pair.bucket().isEmpty()) {
            observeTime();
        } else if (pair.bucket().get() instanceof Bucket.Fixed fixed) {
            observeBuckets(fixed.lengthNs());
        } else {
            observePeriods((Bucket.Calendar) pair.bucket().get());
        }
    }

    private BigInteger shiftX() {
        return BigInteger.valueOf(Math.max(0, pair.lag()));
    }

    private BigInteger shiftY() {
        return BigInteger.valueOf(Math.max(0, -pair.lag()));
    }

    private void observeTime() {
        final BigInteger start = bounds.start().max(BigInteger.valueOf(Long.MIN_VALUE));
        final TreeSet<BigInteger> cuts = new TreeSet<>(List.of(start, BigInteger.valueOf(at)));
        x.points().forEach(point -> cuts.add(BigInteger.valueOf(point.time()).add(shiftX())));
        y.points().forEach(point -> cuts.add(BigInteger.valueOf(point.time()).add(shiftY())));
        cuts.add(x.expiry(at).add(shiftX()));
        cuts.add(y.expiry(at).add(shiftY()));
        for (final BigInteger from : cuts) {
            final BigInteger next = cuts.higher(from);
            if (from.compareTo(start) >= 0 && next != null && next.compareTo(BigInteger.valueOf(at)) <= 0) {
                final Stretch stretch = new Stretch(from, next.subtract(BigInteger.ONE));
                observe(
                        stretch,
                        stretch.lengthNs(),
                        stretch.lengthNs(),
                        level(x, from.subtract(shiftX())),
                        level(y, from.subtract(shiftY())));
            }
        }
    }

    private void observeBuckets(final long lengthNs) {
        final BigInteger length = BigInteger.valueOf(lengthNs);
        BigInteger last = BigInteger.valueOf(bounds.highest());
        while (true) {
            final Stretch bucket = new Stretch(last.subtract(length).add(BigInteger.ONE), last);
            if (bucket.first().compareTo(BigInteger.valueOf(Math.max(Instants.MIN, bounds.lowest()))) < 0) {
                return;
            }
            observe(bucket, earlier(bucket, length.multiply(shiftX())), earlier(bucket, length.multiply(shiftY())));
            last = last.subtract(length);
        }
    }

    private static Stretch earlier(final Stretch bucket, final BigInteger by) {
        return new Stretch(bucket.first().subtract(by), bucket.last().subtract(by));
    }

    private void observePeriods(final Bucket.Calendar calendar) {
        final ZoneId zone = calendar.zone();
        LocalDate day = calendar.period()
                .firstDay(LocalDate.ofInstant(Instants.toInstant(Math.max(Instants.MIN, bounds.lowest())), zone));
        Stretch period = period(calendar, day, 0);
        while (period.last().compareTo(BigInteger.valueOf(bounds.highest())) <= 0) {
            if (period.first().compareTo(BigInteger.valueOf(bounds.lowest())) >= 0) {
                observe(
                        period,
                        period(calendar, day, Math.max(0, pair.lag())),
                        period(calendar, day, Math.max(0, -pair.lag())));
            }
            day = calendar.period().nextFirstDay(day);
            period = period(calendar, day, 0);
        }
    }

    /** Returns the period that is so many periods before the one that begins with a day. */
    private static Stretch period(final Bucket.Calendar calendar, final LocalDate firstDay, final long back) {
        LocalDate day = firstDay;
        for (long i = 0; i < back; i++) {
            day = calendar.period().firstDay(day.minusDays(1));
        }
        final BigInteger next = nanos(calendar.period()
                .nextFirstDay(day)
                .atStartOfDay(calendar.zone())
                .toInstant());
        return new Stretch(nanos(day.atStartOfDay(calendar.zone()).toInstant()), next.subtract(BigInteger.ONE));
    }

    private static BigInteger nanos(final Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(instant.getNano()));
    }

    private void observe(final Stretch bucket, final Stretch bucketX, final Stretch bucketY) {
        final BigInteger missing = missingNs(x, bucketX)
                .max(missingNs(y, bucketY))
                .add(missingAtEndNs(x, bucketX).max(missingAtEndNs(y, bucketY)))
                .min(bucket.lengthNs());
        observe(bucket, bucket.lengthNs().subtract(missing), BigInteger.ONE, entry(x, bucketX), entry(y, bucketY));
    }

    /** Returns the start of a bucket. If closed at the right, it is just after the end of the previous one. */
    private BigInteger begin(final Stretch bucket) {
        final boolean isRightClosed = pair.bucket().get() instanceof Bucket.Fixed && bounds.highest() == at;
        return isRightClosed ? bucket.first().subtract(BigInteger.ONE) : bucket.first();
    }

    /** Returns the time of a bucket that is before the life of a FLOW or covered by no period. */
    private BigInteger missingNs(final Oracle side, final Stretch bucket) {
        if (isStep(side) || !side.hasLife()) {
            return BigInteger.ZERO;
        }
        final BigInteger begin = begin(bucket);
        if (period(side).isEmpty()) {
            return BigInteger.valueOf(side.lifeStart()).subtract(begin).max(BigInteger.ZERO);
        }
        final BigInteger lifeStart = BigInteger.valueOf(policies(side).lifeStartNs());
        BigInteger left = bucket.lengthNs();
        BigInteger coveredFrom = begin.add(bucket.lengthNs());
        for (final Oracle.Point point : wholePeriods(side, bucket).stream()
                .sorted(Comparator.comparingLong(Oracle.Point::time).reversed())
                .toList()) {
            final BigInteger from =
                    BigInteger.valueOf(period(side).get().startNs(point.time())).max(lifeStart);
            final BigInteger to = BigInteger.valueOf(point.time()).min(coveredFrom);
            left = left.subtract(to.subtract(from).max(BigInteger.ZERO));
            coveredFrom = coveredFrom.min(from);
        }
        return left;
    }

    /** Returns the time of a bucket after the life of a FLOW. */
    private BigInteger missingAtEndNs(final Oracle side, final Stretch bucket) {
        final BigInteger end = begin(bucket).add(bucket.lengthNs());
        return isStep(side) || period(side).isPresent()
                ? BigInteger.ZERO
                : end.subtract(side.current().lifeEnd()).max(BigInteger.ZERO);
    }

    private List<Oracle.Point> wholePeriods(final Oracle side, final Stretch bucket) {
        final BigInteger begin = begin(bucket);
        return side.points().stream()
                .filter(point -> point.time() <= bounds.highest()
                        && begin.compareTo(BigInteger.valueOf(period(side).get().startNs(point.time()))) <= 0
                        && begin.compareTo(BigInteger.valueOf(point.time())) < 0
                        && begin.add(bucket.lengthNs()).compareTo(BigInteger.valueOf(point.time())) >= 0)
                .toList();
    }

    private SeriesPolicies policies(final Oracle side) {
        return (side == x ? pair.x() : pair.y()).definition().policies();
    }

    private Optional<ReportingPeriod> period(final Oracle side) {
        return policies(side).period();
    }

    private void observe(
            final Stretch stretch,
            final BigInteger observedNs,
            final BigInteger weight,
            final Optional<BigInteger> valueX,
            final Optional<BigInteger> valueY) {
        if (valueX.isPresent() && valueY.isPresent()) {
            observations.add(new Observation(stretch, observedNs, weight, valueX.get(), valueY.get()));
        }
    }

    /** Returns the value with which a series enters a bucket. */
    private Optional<BigInteger> entry(final Oracle side, final Stretch bucket) {
        if (isStep(side)) {
            return level(side, bucket.last());
        }
        if (period(side).isPresent()) {
            return wholePeriods(side, bucket).stream()
                    .map(point -> BigInteger.valueOf(point.value()))
                    .reduce(BigInteger::add);
        }
        if (!side.hasLife()
                || bucket.last().compareTo(BigInteger.valueOf(side.lifeStart())) < 0
                || bucket.first().compareTo(side.current().lifeEnd()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(side.points().stream()
                .filter(point -> bucket.first().compareTo(BigInteger.valueOf(point.time())) <= 0
                        && bucket.last().compareTo(BigInteger.valueOf(point.time())) >= 0)
                .map(point -> BigInteger.valueOf(point.value()))
                .reduce(BigInteger.ZERO, BigInteger::add));
    }

    private Optional<BigInteger> level(final Oracle side, final BigInteger instant) {
        if (instant.compareTo(side.expiry(at)) >= 0) {
            return Optional.empty();
        }
        return side.points().stream()
                .filter(point -> BigInteger.valueOf(point.time()).compareTo(instant) <= 0)
                .reduce((earlier, later) -> later)
                .filter(Oracle.Point::isKnown)
                .map(point -> BigInteger.valueOf(point.value()));
    }

    BigInteger weight() {
        return sum(Observation::weight);
    }

    private BigInteger sum(final Function<Observation, BigInteger> term) {
        return observations.stream().map(term).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger observedNs() {
        return sum(Observation::observedNs).min(bounds.length());
    }

    double coverage() {
        return bounds.length().signum() == 0 ? 0 : Oracle.toDouble(observedNs(), bounds.length());
    }

    /** Returns {@code W^2 cov(x, x)}, {@code W^2 cov(y, y)} or {@code W^2 cov(x, y)}. */
    private BigInteger spread(
            final Function<Observation, BigInteger> left, final Function<Observation, BigInteger> right) {
        return weight().multiply(
                        sum(each -> each.weight().multiply(left.apply(each)).multiply(right.apply(each))))
                .subtract(sum(each -> each.weight().multiply(left.apply(each)))
                        .multiply(sum(each -> each.weight().multiply(right.apply(each)))));
    }

    private BigInteger ddof() {
        return pair.bucket().isPresent() ? BigInteger.ONE : BigInteger.ZERO;
    }

    public Status status(final PairMetric metric, final ReadOptions options) {
        if (isEmpty(x) || isEmpty(y)) {
            return Status.EMPTY;
        }
        if (weight().compareTo(ddof()) <= 0 || !isEnough(options)) {
            return Status.INSUFFICIENT;
        }
        if (observations.stream().anyMatch(each -> isBeyond(each.x()) || isBeyond(each.y()))) {
            return Status.OVERFLOW;
        }
        final boolean isConstantX = spread(Observation::x, Observation::x).signum() == 0;
        final boolean isConstantY = spread(Observation::y, Observation::y).signum() == 0;
        if (metric != PairMetric.COVARIANCE && isConstantX || metric == PairMetric.CORRELATION && isConstantY) {
            return Status.UNDEFINED;
        }
        final long points = y.points().stream()
                .filter(point -> point.time() >= bounds.lowest() && point.time() <= bounds.highest())
                .count();
        return observedNs().compareTo(bounds.length()) < 0 || points < bounds.wanted() ? Status.PARTIAL : Status.OK;
    }

    private boolean isEmpty(final Oracle side) {
        return isStep(side)
                ? side.points().stream().noneMatch(point -> point.time() <= bounds.highest())
                : period(side).isPresent()
                        ? side.points().stream().noneMatch(point -> point.time() <= at)
                        : !side.hasLife() || side.lifeStart() > at;
    }

    private boolean isEnough(final ReadOptions options) {
        final BigInteger earliest = observations.stream()
                .map(each -> each.stretch().first())
                .reduce(BigInteger::min)
                .orElseThrow();
        final BigInteger latest = observations.stream()
                .map(each -> each.stretch().last())
                .reduce(BigInteger::max)
                .orElseThrow();
        return observations.size() >= options.minCount()
                && coverage() >= options.minCoverage()
                && new Stretch(earliest, latest).lengthNs().compareTo(BigInteger.valueOf(options.minSpanNs())) >= 0;
    }

    private boolean isStep(final Oracle side) {
        return (side == x ? pair.x() : pair.y()).definition().kind() == SeriesKind.STEP;
    }

    private static boolean isBeyond(final BigInteger value) {
        return value.abs().compareTo(LARGEST) > 0;
    }

    /** Returns the value of a metric that has one. The correlation has 60 digits before the rounding. */
    public double value(final PairMetric metric) {
        final BigInteger shared = spread(Observation::x, Observation::y);
        final BigInteger spreadX = spread(Observation::x, Observation::x);
        final BigInteger powerX = BigInteger.TEN.pow(pair.x().definition().scale());
        final BigInteger powerY = BigInteger.TEN.pow(pair.y().definition().scale());
        return switch (metric) {
            case COVARIANCE ->
                Oracle.toDouble(
                        shared,
                        weight().multiply(weight().subtract(ddof()))
                                .multiply(powerX)
                                .multiply(powerY));
            case BETA -> Oracle.toDouble(shared.multiply(powerX), spreadX.multiply(powerY));
            case CORRELATION ->
                shared.signum()
                        * new BigDecimal(shared.pow(2))
                                .divide(
                                        new BigDecimal(spreadX.multiply(spread(Observation::y, Observation::y))),
                                        SIXTY_DIGITS)
                                .sqrt(SIXTY_DIGITS)
                                .doubleValue();
        };
    }

    @Override
    public String toString() {
        return "x=" + x.points() + " lifeX=" + (x.hasLife() ? x.lifeStart() : Instants.NONE) + " y=" + y.points()
                + " lifeY=" + (y.hasLife() ? y.lifeStart() : Instants.NONE) + " observations=" + observations;
    }
}
