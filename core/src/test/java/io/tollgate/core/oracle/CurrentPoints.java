package io.tollgate.core.oracle;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesDefinition;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The current points of one series, after revisions, sums, duplicates and withdrawals under its policy. */
public final class CurrentPoints {
    /**
     * The identity of a point: the instant, under ALL together with the reference. The arrival distinguishes events
     * without a reference, and is 0 for other points.
     */
    private record Identity(long time, long reference, long arrival) {}

    private static final BigInteger ENDLESS = BigInteger.TWO.pow(64);

    private final DuplicatePolicy policy;
    private final boolean isOfPeriods;
    private final NavigableMap<Identity, Oracle.Point> points = new TreeMap<>(Comparator.comparingLong(Identity::time)
            .thenComparingLong(Identity::reference)
            .thenComparingLong(Identity::arrival));
    private long arrivalCount;
    private BigInteger lifeEnd = ENDLESS;

    /** The points as a list; null after a change. */
    private List<Oracle.Point> listed;

    public CurrentPoints(final SeriesDefinition definition) {
        policy = definition.policies().duplicates();
        isOfPeriods = definition.policies().period().isPresent();
    }

    /** Returns true if the life of the open series can end at an instant: no point is at or after it. */
    boolean canEndAt(final long endNs) {
        final long last = points.isEmpty() ? Long.MIN_VALUE : points.lastKey().time();
        return lifeEnd.equals(ENDLESS) && (last < endNs || last == endNs && isOfPeriods);
    }

    /** Ends the life of the series. */
    void close(final long endNs) {
        lifeEnd = BigInteger.valueOf(endNs);
    }

    /** Returns the end of the life, far after the last instant while the series is open. */
    BigInteger lifeEnd() {
        return lifeEnd;
    }

    /** Returns true if a point would be after the end of the life. A period that ends with it is not. */
    boolean isAfterLife(final long time) {
        final int order = BigInteger.valueOf(time).compareTo(lifeEnd);
        return order > 0 || order == 0 && !isOfPeriods;
    }

    /** Returns true if the life of the series and the policy accept a point. */
    boolean admits(final long time, final long value, final long reference) {
        if (isAfterLife(time)) {
            return false;
        }
        final Oracle.Point point = points.get(identity(time, reference));
        if (point == null) {
            return true;
        }
        final BigInteger sum = BigInteger.valueOf(point.value()).add(BigInteger.valueOf(value));
        final BigInteger largest = BigInteger.valueOf(Long.MAX_VALUE);
        return switch (policy) {
            case REJECT -> false;
            case SUM -> sum.abs().compareTo(largest) <= 0;
            default -> true;
        };
    }

    /** Takes a point that the policy accepts. Under ALL an event without a reference is an event of its own. */
    public void put(final long time, final long value, final long knowledge, final long reference) {
        arrivalCount++;
        listed = null;
        final boolean isEvent = policy == DuplicatePolicy.ALL && reference == Publisher.NO_REFERENCE;
        final Identity identity = isEvent ? new Identity(time, reference, arrivalCount) : identity(time, reference);
        final Oracle.Point before = points.get(identity);
        if (before == null || policy != DuplicatePolicy.KEEP_FIRST && !isUnchanged(time, value, reference)) {
            final long added = before != null && policy == DuplicatePolicy.SUM ? before.value() : 0;
            points.put(identity, new Oracle.Point(time, added + value, knowledge, reference));
        }
    }

    /** Returns true if an accepted point repeats the current one, which is no revision. */
    boolean isUnchanged(final long time, final long value, final long reference) {
        final boolean isEvent = policy == DuplicatePolicy.ALL && reference == Publisher.NO_REFERENCE;
        final boolean isRevising = policy == DuplicatePolicy.REVISE || policy == DuplicatePolicy.ALL && !isEvent;
        final Oracle.Point before = points.get(identity(time, reference));
        return isRevising && before != null && before.value() == value && before.reference() == reference;
    }

    /**
     * Returns true if there is a point to withdraw. Without a reference under ALL it must be the only one at its
     * instant.
     */
    public boolean canWithdraw(final long time, final long reference) {
        return points.containsKey(withdrawn(time, reference));
    }

    public void withdraw(final long time, final long reference) {
        points.remove(withdrawn(time, reference));
        listed = null;
    }

    private Identity withdrawn(final long time, final long reference) {
        final List<Identity> instant = List.copyOf(
                points.subMap(firstOf(time), true, lastOf(time), true).keySet());
        final boolean isOnly =
                policy == DuplicatePolicy.ALL && reference == Publisher.NO_REFERENCE && instant.size() == 1;
        return isOnly ? instant.get(0) : identity(time, reference);
    }

    private Identity identity(final long time, final long reference) {
        return new Identity(time, policy == DuplicatePolicy.ALL ? reference : 0, 0);
    }

    private static Identity firstOf(final long time) {
        return new Identity(time, Long.MIN_VALUE, 0);
    }

    private static Identity lastOf(final long time) {
        return new Identity(time, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    List<Oracle.Point> all() {
        if (listed == null) {
            listed = List.copyOf(points.values());
        }
        return listed;
    }

    Collection<Oracle.Point> range(final long from, final long to) {
        return points.subMap(firstOf(from), true, lastOf(to), true).values();
    }

    /** Returns the last point at or before an instant, null without one. */
    public Oracle.Point floor(final long time) {
        final var entry = points.floorEntry(lastOf(time));
        return entry == null ? null : entry.getValue();
    }

    /** Returns the first point after an instant, null without one. */
    Oracle.Point higher(final long time) {
        final var entry = points.higherEntry(lastOf(time));
        return entry == null ? null : entry.getValue();
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    Oracle.Point first() {
        return points.firstEntry().getValue();
    }
}
