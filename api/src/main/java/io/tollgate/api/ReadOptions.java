package io.tollgate.api;

import java.time.Duration;

/**
 * What a window must hold for its metrics to have a value; with less they are INSUFFICIENT. Count and coverage always
 * have one. Immutable; the {@code with} methods return a changed copy.
 *
 * @param minCount    the least number of points, the one carried into the window of a STEP included; 1, the default,
 *                    adds nothing to what each metric needs itself.
 * @param minCoverage the least coverage, 0 to 1; 0 is the default.
 * @param minSpanNs   the least time in ns from the first point, or the start of the window where a STEP has one carried
 *                    in, to the last point, or the end of the window of a STEP; 0 is the default.
 */
public record ReadOptions(long minCount, double minCoverage, long minSpanNs) {
    /** Nothing beyond what each metric needs itself. */
    public static final ReadOptions DEFAULT = new ReadOptions(1, 0, 0);

    /**
     * Checks the bounds.
     *
     * @param minCount    the least number of points, the one carried into the window of a STEP included; 1, the
     *                    default, adds nothing to what each metric needs itself.
     * @param minCoverage the least coverage, 0 to 1; 0 is the default.
     * @param minSpanNs   the least time in ns from the first point, or the start of the window where a STEP has one
     *                    carried in, to the last point, or the end of the window of a STEP; 0 is the default.
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
        return new ReadOptions(count, minCoverage, minSpanNs);
    }

    /**
     * The same with another least coverage.
     *
     * @param coverage 0 to 1.
     * @return the changed options.
     */
    public ReadOptions withMinCoverage(final double coverage) {
        return new ReadOptions(minCount, coverage, minSpanNs);
    }

    /**
     * The same with another least span.
     *
     * @param span 0 or more, at most 292 years.
     * @return the changed options.
     * @throws IllegalArgumentException if the span is out of range.
     */
    public ReadOptions withMinSpan(final Duration span) {
        try {
            return new ReadOptions(minCount, minCoverage, span.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("minSpan=" + span + ", expected at most 292 years", e);
        }
    }
}
