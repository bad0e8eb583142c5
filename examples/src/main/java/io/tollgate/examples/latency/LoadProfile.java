package io.tollgate.examples.latency;

import java.util.Comparator;
import java.util.List;

/**
 * All rates of one contender. Immutable.
 *
 * @param contender        the contender.
 * @param maximumPerSecond highest accepted rate, in points a second.
 * @param runs             at least one, by rising rate.
 */
record LoadProfile(ContenderName contender, double maximumPerSecond, List<Run> runs) {
    /** Contenders are compared at half of their own maximum. */
    static final int HEADLINE_PERCENT = 50;

    /** A rate is past the knee if the 90th percentile exceeds that of the slowest run by this factor. */
    private static final double KNEE_FACTOR = 10;

    private static final double KNEE_PERCENTILE = 90;

    LoadProfile {
        runs = List.copyOf(runs);
    }

    /**
     * Returns the fastest run before the knee. Up to it, the 90th percentile of the time until a point is readable
     * stays within ten times that of the slowest run. The median rises too late, and the far tail depends on the
     * machine.
     */
    Run knee() {
        Run knee = runs.get(0);
        for (final Run run : runs) {
            if (isPastKnee(runs.get(0), run)) {
                return knee;
            }
            knee = run;
        }
        return knee;
    }

    /** Returns true if a rate beyond the knee was sent. Otherwise the knee is only a lower bound. */
    boolean hasPassedKnee() {
        return knee() != runs.get(runs.size() - 1);
    }

    /** Returns the run for comparisons: the one nearest to half of the maximum. */
    Run headline() {
        return runs.stream()
                .min(Comparator.comparingInt(run -> Math.abs(run.percent() - HEADLINE_PERCENT)))
                .orElseThrow();
    }

    static boolean isPastKnee(final Run slowest, final Run run) {
        return kneeNs(run) > KNEE_FACTOR * Math.max(1, kneeNs(slowest));
    }

    private static long kneeNs(final Run run) {
        return run.latencies().readable().getValueAtPercentile(KNEE_PERCENTILE);
    }
}
