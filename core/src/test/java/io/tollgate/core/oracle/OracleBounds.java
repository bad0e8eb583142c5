package io.tollgate.core.oracle;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Window;
import io.tollgate.core.oracle.Oracle.Point;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The bounds of a window.
 *
 * @param start   start of its time.
 * @param lowest  first instant inside.
 * @param highest last instant inside.
 * @param length  length of its time.
 * @param wanted  number of points for a window of last points, else 0.
 */
public record OracleBounds(BigInteger start, long lowest, long highest, BigInteger length, long wanted) {

    /** Returns the bounds as seen from an instant, for a series with these points up to it. */
    static OracleBounds of(
            final Window window, final long at, final Collection<Point> seen, final Optional<ReportingPeriod> period) {
        if (window instanceof Window.Sliding sliding) {
            final BigInteger length = BigInteger.valueOf(sliding.lengthNs());
            final BigInteger start = BigInteger.valueOf(at).subtract(length);
            final long cut = start.max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact();
            return new OracleBounds(
                    start,
                    sliding.closed().includesStart() ? cut : cut + 1,
                    sliding.closed().includesEnd() ? at : at - 1,
                    length,
                    0);
        }
        if (window instanceof Window.LastPoints last) {
            final List<Point> all = List.copyOf(seen);
            if (all.isEmpty()) {
                return new OracleBounds(BigInteger.valueOf(at), at, at, BigInteger.ZERO, last.pointCount());
            }
            final int first = (int) Math.max(0, all.size() - last.pointCount());
            final long lowest = all.get(first).time();
            final long start = period.isPresent() ? period.get().startNs(lowest) : lowest;
            return new OracleBounds(BigInteger.valueOf(start), lowest, at, length(start, at), last.pointCount());
        }
        if (window instanceof Window.ToDate toDate) {
            final LocalDate day = LocalDate.ofInstant(Instants.toInstant(at), toDate.zone());
            final LocalDate firstDay = toDate.period().firstDay(day);
            final Instant first = firstDay.atStartOfDay(toDate.zone()).toInstant();
            final boolean isBeforeAllTime = first.isBefore(Instants.toInstant(Instants.MIN));
            return since(isBeforeAllTime ? Instants.MIN : Instants.of(first), at);
        }
        return since(((Window.Since) window).instantNs(), at);
    }

    private static OracleBounds since(final long start, final long at) {
        return new OracleBounds(BigInteger.valueOf(start), start, at, length(start, at), 0);
    }

    private static BigInteger length(final long start, final long at) {
        return BigInteger.valueOf(at).subtract(BigInteger.valueOf(start)).max(BigInteger.ZERO);
    }
}
