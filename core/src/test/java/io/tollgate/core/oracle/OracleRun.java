package io.tollgate.core.oracle;

import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Point;
import io.tollgate.core.oracle.PointOracle.Weighted;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of a window of one series, picked one by one from all points, and the sums over them. */
public final class OracleRun {
    private final boolean isFlow;
    private final int scale;
    private final OracleBounds bounds;
    private final List<Point> carried;
    private final List<Point> inside;
    private final boolean isAlive;
    private final long at;
    private final Optional<BigInteger> knownUntil;
    private final List<Weighted> weighted;
    private final BigInteger weight;
    private final BigInteger sum;
    private final BigInteger covered;

    private OracleRun(
            final int scale,
            final OracleBounds bounds,
            final List<Point> carried,
            final List<Point> inside,
            final Optional<BigInteger> knownUntil,
            final BigInteger lived,
            final boolean isAlive,
            final long at) {
        isFlow = knownUntil.isEmpty();
        this.knownUntil = knownUntil;
        this.scale = scale;
        this.bounds = bounds;
        this.carried = carried;
        this.inside = inside;
        this.isAlive = isAlive;
        this.at = at;
        weighted = isFlow
                ? inside.stream()
                        .map(event -> new Weighted(event, BigInteger.ONE))
                        .toList()
                : weigh(knownUntil.get());
        weight = weighted.stream().map(Weighted::weight).reduce(BigInteger.ZERO, BigInteger::add);
        sum = weighted.stream()
                .map(value -> BigInteger.valueOf(value.point().value()).multiply(value.weight()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (isFlow) {
            covered = bounds.wanted() > 0 ? BigInteger.valueOf(inside.size()).min(wanted()) : lived;
        } else {
            covered = weight;
        }
    }

    /**
     * Returns the run of a FLOW.
     *
     * @param scale   scale of its values.
     * @param bounds  bounds of the window.
     * @param inside  the events inside, ordered by time and reference.
     * @param lived   the window's time inside the life, or covered by whole periods.
     * @param isAlive true if no events mean zero at the end of the window.
     * @param at      the end of the window.
     */
    static OracleRun flow(
            final int scale,
            final OracleBounds bounds,
            final List<Point> inside,
            final BigInteger lived,
            final boolean isAlive,
            final long at) {
        return new OracleRun(scale, bounds, List.of(), inside, Optional.empty(), lived, isAlive, at);
    }

    /**
     * Returns the run of a STEP.
     *
     * @param scale      scale of its values.
     * @param bounds     bounds of the window.
     * @param carried    the carried-in point, if any.
     * @param inside     the points inside, ordered by time.
     * @param knownUntil the expiry of the last value, or the end of the window.
     * @param at         the end of the window.
     */
    static OracleRun step(
            final int scale,
            final OracleBounds bounds,
            final List<Point> carried,
            final List<Point> inside,
            final BigInteger knownUntil,
            final long at) {
        return new OracleRun(scale, bounds, carried, inside, Optional.of(knownUntil), BigInteger.ZERO, true, at);
    }

    /** Returns the start of a STEP's time, not before the first instant. */
    long cutStart() {
        return bounds.start().max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact();
    }

    /** Returns the last point of a FLOW, or the instant until which the last value of a STEP is known. */
    BigInteger end() {
        return knownUntil.orElseGet(
                () -> BigInteger.valueOf(inside.get(inside.size() - 1).time()));
    }

    /** Returns the known value in force at the start of a STEP, from the last of the points at or before it. */
    Optional<Point> inForceAtStart() {
        Optional<Point> last = Optional.empty();
        for (final Point point : points()) {
            last = point.time() <= cutStart() ? Optional.of(point) : last;
        }
        return last.filter(Point::isKnown);
    }

    /** Returns true if a known value was carried in. */
    boolean hasCarriedIn() {
        return !carried.isEmpty() && carried.get(0).isKnown();
    }

    /** Returns all points of the run, the carried-in one first. */
    public List<Point> points() {
        final List<Point> all = new ArrayList<>(carried);
        all.addAll(inside);
        return all;
    }

    private List<Weighted> weigh(final BigInteger knownUntil) {
        final List<Point> all = points();
        final List<Weighted> known = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isKnown()) {
                final BigInteger from = BigInteger.valueOf(Math.max(all.get(i).time(), cutStart()));
                final BigInteger to =
                        i + 1 < all.size() ? BigInteger.valueOf(all.get(i + 1).time()) : knownUntil;
                known.add(new Weighted(all.get(i), to.subtract(from)));
            }
        }
        return known;
    }

    boolean isFlow() {
        return isFlow;
    }

    public int scale() {
        return scale;
    }

    public OracleBounds bounds() {
        return bounds;
    }

    List<Point> carried() {
        return carried;
    }

    public List<Point> inside() {
        return inside;
    }

    public long at() {
        return at;
    }

    /** Returns the known values with their weights: 1 for an event, the time inside the window for a level. */
    public List<Weighted> weighted() {
        return weighted;
    }

    /** Returns the total weight of the known values. */
    BigInteger weight() {
        return weight;
    }

    /** Returns the weighted sum of the values. */
    public BigInteger sum() {
        return sum;
    }

    /** Returns true if no events mean zero at the end of the window. */
    boolean isAlive() {
        return isAlive;
    }

    /**
     * Returns the known time of a STEP. For a FLOW, returns its time inside the life, the time covered by periods, or
     * the number of last points.
     */
    BigInteger covered() {
        return covered;
    }

    /** Returns the time that would be covered if none were missing. */
    BigInteger wanted() {
        return isFlow && bounds.wanted() > 0 ? BigInteger.valueOf(bounds.wanted()) : bounds.length();
    }

    /** Returns PARTIAL or OK, the status of an answer with a value. */
    Status coverage() {
        final boolean isPartial =
                wanted().signum() == 0 || covered.compareTo(wanted()) < 0 || inside.size() < bounds.wanted();
        return isPartial ? Status.PARTIAL : Status.OK;
    }

    /** Returns the status of a metric that needs a known value. */
    Status status() {
        if (inside.isEmpty() && !hasCarriedIn()) {
            return Status.EMPTY;
        }
        return points().stream().anyMatch(Point::isKnown) ? coverage() : Status.INSUFFICIENT;
    }

    /** Returns the status of a metric that needs a value with a weight. */
    Status weightedStatus() {
        return status().hasValue() && weight.signum() == 0 ? Status.INSUFFICIENT : status();
    }

    /** Returns the status of a metric that is 0 if a FLOW has no event inside its life. */
    public Status quietStatus() {
        return isFlow && inside.isEmpty() && isAlive ? coverage() : status();
    }
}
