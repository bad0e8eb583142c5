package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.core.TestReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Pending points and their effects, from all points of a series and with unbounded decimals. */
final class PendingOracle {
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Series series;
    private final List<Oracle.Point> pending;
    private final long at;
    private final String where;

    PendingOracle(final Series series, final List<Oracle.Point> points, final long at, final String where) {
        this.series = series;
        pending = points.stream().filter(point -> point.time() > at).toList();
        this.at = at;
        this.where = where;
    }

    /** Reads the pending points with capacity for all of them, and for three. */
    void check(final TestReader reader, final long inForce) {
        check(reader, inForce, reader.newPendingReading(Math.max(1, pending.size())));
        check(reader, inForce, reader.newPendingReading(3));
    }

    private void check(final TestReader reader, final long inForce, final PendingReading reading) {
        reader.readPending(series, at, reading);
        assertEquals(at, reading.atNs(), where);
        assertEquals(pending.size(), reading.count(), where);
        final boolean isCut = reading.heldCount() < pending.size();
        final Status whole = pending.isEmpty() ? Status.EMPTY : Status.OK;
        assertEquals(isCut ? Status.PARTIAL : whole, reading.status(), where);
        assertEquals(isCut ? 3 : pending.size(), reading.heldCount(), where);
        BigDecimal sum = BigDecimal.ZERO;
        long before = inForce;
        for (int i = 0; i < pending.size(); i++) {
            final Oracle.Point point = pending.get(i);
            final double change = series.definition().kind() == SeriesKind.STEP
                    ? change(before, point.value())
                    : decimal(point.value()).doubleValue();
            if (i < reading.heldCount()) {
                assertEquals(point.time(), reading.validTimeNs(i), where);
                assertEquals(point.value(), reading.scaledValue(i), where);
                assertEquals(change(0, point.value()), reading.value(i), where);
                assertEquals(point.knowledge(), reading.knowledgeTimeNs(i), where);
                assertEquals(point.reference(), reading.reference(i), where);
                assertEquals(span(point.knowledge(), point.time()), reading.announcementLagNs(i), where);
                assertEquals(change, reading.change(i), where);
            }
            sum = sum.add(decimal(point.value()));
            before = point.value();
        }
        final double pipeline =
                series.definition().kind() == SeriesKind.STEP ? change(inForce, before) : sum.doubleValue();
        assertEquals(pending.isEmpty() ? 0 : pipeline, reading.pipeline(), where);
    }

    /** Checks the next point of a level reading. */
    void check(final LevelReading level) {
        assertEquals(at, level.atNs(), where);
        final Oracle.Point next = pending.isEmpty() ? null : pending.get(0);
        assertEquals(next == null ? Decimals.UNKNOWN : next.value(), level.nextScaledValue(), where);
        assertEquals(next == null ? Instants.NONE : next.knowledge(), level.nextKnowledgeTimeNs(), where);
        assertEquals(next == null ? Double.NaN : change(0, next.value()), level.nextValue(), where);
        assertEquals(
                next == null ? Double.NaN : change(level.scaledValue(), next.value()), level.pendingChange(), where);
        assertEquals(next == null ? Instants.NONE : span(at, next.time()), level.countdownNs(), where);
        final boolean isEmpty = level.sinceNs() == Instants.NONE;
        assertEquals(
                isEmpty ? Instants.NONE : span(level.knowledgeTimeNs(), level.sinceNs()),
                level.announcementLagNs(),
                where);
        assertEquals(
                isEmpty || next == null ? Double.NaN : share(level.sinceNs(), next.time()),
                level.shareElapsed(),
                () -> where + " sinceNs=" + level.sinceNs() + " next=" + next);
    }

    private double share(final long since, final long next) {
        final BigInteger from = BigInteger.valueOf(since);
        return Oracle.toDouble(
                BigInteger.valueOf(at).subtract(from), BigInteger.valueOf(next).subtract(from));
    }

    private double change(final long before, final long after) {
        return before == Decimals.UNKNOWN || after == Decimals.UNKNOWN
                ? Double.NaN
                : decimal(after).subtract(decimal(before)).doubleValue();
    }

    private BigDecimal decimal(final long scaled) {
        return BigDecimal.valueOf(scaled, series.definition().scale());
    }

    private static long span(final long from, final long to) {
        final BigInteger span = BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
        return span.min(LONGEST).max(LONGEST.negate()).longValueExact();
    }
}
