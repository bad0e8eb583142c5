package io.tollgate.core.oracle;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Status;
import io.tollgate.core.oracle.Oracle.Worth;
import java.math.BigInteger;
import java.util.Random;

/** The answers if a window must hold a least number of points, coverage or span. */
final class LimitOracle {
    private final OracleRun run;
    private final double coverage;

    LimitOracle(final OracleRun run, final double coverage) {
        this.run = run;
        this.coverage = coverage;
    }

    /** Returns limits near the content of the window, so that about half of them are met. */
    ReadOptions options(final Random random) {
        final long points = run.points().size();
        final long span = span().max(BigInteger.ZERO)
                .min(BigInteger.valueOf(Long.MAX_VALUE - 1))
                .longValueExact();
        final double[] coverages = {0, coverage, Math.min(1, Math.nextUp(coverage)), random.nextDouble(), 1};
        return new ReadOptions(
                random.nextBoolean() ? 1 : Math.max(1, points + random.nextInt(3) - 1),
                coverages[random.nextInt(coverages.length)],
                random.nextBoolean() ? 0 : Math.max(0, span + random.nextInt(3) - 1),
                false);
    }

    /** Returns the answer under limits: EMPTY comes first, then INSUFFICIENT. */
    Worth limited(final Metric metric, final Worth worth, final ReadOptions options) {
        final boolean isAlways = metric == Metric.COUNT || metric == Metric.COVERAGE;
        return isAlways || worth.status() == Status.EMPTY || isEnough(options)
                ? worth
                : new Worth(Status.INSUFFICIENT, Double.NaN);
    }

    /** A least number of 1 and a least span of 0 require nothing, because a FLOW without events has a sum. */
    private boolean isEnough(final ReadOptions options) {
        return (options.minCount() == 1 || run.points().size() >= options.minCount())
                && coverage >= options.minCoverage()
                && (options.minSpanNs() == 0 || span().compareTo(BigInteger.valueOf(options.minSpanNs())) >= 0);
    }

    /**
     * Returns the span: from the first point or the start of the window, to the last point or the end of the known
     * level. It is negative without a point.
     */
    private BigInteger span() {
        if (run.points().isEmpty()) {
            return BigInteger.ONE.negate();
        }
        final long first = run.carried().isEmpty() ? run.inside().get(0).time() : run.cutStart();
        return run.end().subtract(BigInteger.valueOf(first));
    }
}
