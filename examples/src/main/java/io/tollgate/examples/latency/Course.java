package io.tollgate.examples.latency;

import java.util.Comparator;
import java.util.List;

/**
 * All rates of one contender. Immutable.
 *
 * @param contender        whose.
 * @param maximumPerSecond points a second that it takes at most.
 * @param runs             by rising rate; one at least.
 */
record Course(ContenderName contender, double maximumPerSecond, List<Run> runs) {
    /** All are compared at half of each one's own maximum. */
    static final int HEADLINE_PERCENT = 50;

    /** A rate is past the knee when nine points of ten no longer become readable within so many times what they did. */
    private static final double KNEE_FACTOR = 10;

    private static final double KNEE_PERCENTILE = 90;

    Course {
        runs = List.copyOf(runs);
    }

    /**
     * The fastest run before the knee: up to it, the 90th percentile until a point is readable stays within ten times
     * that of the slowest run. The median blows up too late and the far tail is the machine's.
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

    /** Whether a rate beyond the knee was sent, so that the knee is known and not only a bound. */
    boolean hasPassedKnee() {
        return knee() != runs.get(runs.size() - 1);
    }

    /** The run that all are compared at: the one nearest to half of the maximum. */
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
