package io.tollgate.api.read;

import io.tollgate.api.series.ReportingPeriod;
import java.time.Duration;
import java.util.Objects;

/**
 * Requirements that a window must meet for its metrics to have a value; otherwise they are INSUFFICIENT. Count and
 * coverage always have a value. The options also decide about reporting periods cut by the start of the window.
 * Immutable; the {@code with} methods return a changed copy.
 *
 * <pre>{@code
 * ReadOptions atLeastHalf = ReadOptions.DEFAULT.withMinCount(10).withMinCoverage(0.5);
 * WindowReading month = reader.windows(atLeastHalf, List.of(Window.sliding(Duration.ofDays(30))), Metric.MEAN);
 * }</pre>
 *
 * @param minCount    minimum number of points, including the level carried into the window of a STEP; the default is
 *                    1, which adds no requirement to those of each metric.
 * @param minCoverage minimum coverage, 0 to 1; the default is 0.
 * @param minSpanNs   minimum span in ns; the default is 0. The span runs from the first point to the last point. For a
 *                    STEP it starts at the start of the window if a level is carried in, and ends at the end of the
 *                    window or when the heartbeat expired.
 * @param isProRata   true to count a share of the periods cut by the start of the window, see {@link #withProRata()};
 *                    the default is false.
 */
public record ReadOptions(long minCount, double minCoverage, long minSpanNs, boolean isProRata) {
    /** The largest number of different ends of cut periods for which pro rata is computed. */
    public static final int MAX_CUT_ENDS = 8;

    /** The defaults: no requirements beyond those of each metric, and only whole periods. */
    public static final ReadOptions DEFAULT = new ReadOptions(1, 0, 0, false);

    /**
     * Checks the bounds.
     *
     * @param minCount    minimum number of points, 1 or more.
     * @param minCoverage minimum coverage, 0 to 1.
     * @param minSpanNs   minimum span in ns, 0 or more.
     * @param isProRata   true to count a share of the periods cut by the start of the window.
     * @throws IllegalArgumentException if a value is out of range.
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
     * Returns a copy with another minimum number of points.
     *
     * @param count 1 or more.
     * @return the copy.
     */
    public ReadOptions withMinCount(final long count) {
        return new ReadOptions(count, minCoverage, minSpanNs, isProRata);
    }

    /**
     * Returns a copy with another minimum coverage.
     *
     * @param coverage 0 to 1.
     * @return the copy.
     */
    public ReadOptions withMinCoverage(final double coverage) {
        return new ReadOptions(minCount, coverage, minSpanNs, isProRata);
    }

    /**
     * Returns a copy with another minimum span.
     *
     * @param span 0 or more, at most 292 years.
     * @return the copy.
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
     * Returns a copy that counts a share of the periods cut by the start of the window, for a FLOW with a
     * {@link ReportingPeriod}. The amount of a cut period {@code [from, to)} counts in {@link Metric#SUM} and
     * {@link Metric#RATE} as {@code amount x (to - start) / (to - from)}, exactly; the time from the start to
     * {@code to} counts in {@link Metric#COVERAGE}. All other metrics still use whole periods, and are PARTIAL if a
     * period is cut. Time after the last booked period stays unknown. Sum and rate are UNDEFINED if the cut periods end
     * at more than {@value #MAX_CUT_ENDS} different instants. Other series are not affected.
     *
     * @return the copy.
     */
    public ReadOptions withProRata() {
        return new ReadOptions(minCount, minCoverage, minSpanNs, true);
    }
}
