package io.tollgate.api.read;

import io.tollgate.api.series.ReportingPeriod;
import java.time.Duration;
import java.util.Objects;

/**
 * What a window must hold for its metrics to have a value; with less they are INSUFFICIENT. Count and coverage always
 * have one. And whether the window of a FLOW with a {@link ReportingPeriod} takes a share of the periods that its start
 * cuts. Immutable; the {@code with} methods return a changed copy.
 *
 * @param minCount    the least number of points, the one carried into the window of a STEP included; 1, the default,
 *                    adds nothing to what each metric needs itself.
 * @param minCoverage the least coverage, 0 to 1; 0 is the default.
 * @param minSpanNs   the least time in ns from the first point, or the start of the window where a STEP has one carried
 *                    in, to the last point, or the end of the window of a STEP or where its heartbeat ran out; 0 is the
 *                    default.
 * @param isProRata   whether a period cut by the start of the window counts in part, see {@link #withProRata()}; false
 *                    is the default.
 */
public record ReadOptions(long minCount, double minCoverage, long minSpanNs, boolean isProRata) {
    /** At so many instants the periods may end that are cut by the start of a window and count in part. */
    public static final int MAX_CUT_ENDS = 8;

    /** Nothing beyond what each metric needs itself. */
    public static final ReadOptions DEFAULT = new ReadOptions(1, 0, 0, false);

    /**
     * Checks the bounds.
     *
     * @param minCount    the least number of points, the one carried into the window of a STEP included; 1, the
     *                    default, adds nothing to what each metric needs itself.
     * @param minCoverage the least coverage, 0 to 1; 0 is the default.
     * @param minSpanNs   the least time in ns from the first point, or the start of the window where a STEP has one
     *                    carried in, to the last point, or the end of the window of a STEP or where its heartbeat
     *                    ran out; 0 is the default.
     * @param isProRata   whether a period cut by the start of the window counts in part, see {@link #withProRata()};
     *                    false is the default.
     * @throws IllegalArgumentException if one is out of range.
     */
    public ReadOptions {
        if (minCount < 1) {
            throw new IllegalArgumentException("minCount=" + minCount + ", expected 1 or more");
        }
        if (!(minCoverage >= 0 && minCoverage <= 1)) {
            throw new IllegalArgumentException("minCoverage=" + minCoverage + ", expected 0 to 1");
        }
        if (minSpanNs < 0) {
            throw new IllegalArgumentException("minSpanNs=" + minSpanNs + ", expected 0 or more");
        }
    }

    /**
     * The same with another least number of points.
     *
     * @param count 1 or more.
     * @return the changed options.
     */
    public ReadOptions withMinCount(final long count) {
        return new ReadOptions(count, minCoverage, minSpanNs, isProRata);
    }

    /**
     * The same with another least coverage.
     *
     * @param coverage 0 to 1.
     * @return the changed options.
     */
    public ReadOptions withMinCoverage(final double coverage) {
        return new ReadOptions(minCount, coverage, minSpanNs, isProRata);
    }

    /**
     * The same with another least span.
     *
     * @param span 0 or more, at most 292 years.
     * @return the changed options.
     * @throws IllegalArgumentException if the span is out of range.
     */
    public ReadOptions withMinSpan(final Duration span) {
        Objects.requireNonNull(span, "span");
        try {
            return new ReadOptions(minCount, minCoverage, span.toNanos(), isProRata);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("minSpan=" + span + ", expected at most 292 years", e);
        }
    }

    /**
     * The same with a share of the periods cut by the start of the window of a FLOW that has a {@link
     * ReportingPeriod}: an amount of {@code [from, to)} counts in {@link Metric#SUM} and {@link Metric#RATE} as {@code
     * amount x (to - start) / (to - from)}, exactly, and the time from the start to {@code to} counts in {@link
     * Metric#COVERAGE}. All other metrics take whole periods still, and are PARTIAL where one is cut. What lies behind
     * the last period booked is not guessed. Where periods overlap so that those cut end at more than {@value
     * #MAX_CUT_ENDS} instants, sum and rate are UNDEFINED. No other series is read differently.
     *
     * @return the changed options.
     */
    public ReadOptions withProRata() {
        return new ReadOptions(minCount, minCoverage, minSpanNs, true);
    }
}
