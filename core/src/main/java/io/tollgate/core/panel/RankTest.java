package io.tollgate.core.panel;

import java.util.Arrays;

/** The Corrado rank test over all pairs of series and event of a study that have a model. Used by one thread. */
final class RankTest {
    private final int estimationLength;
    private final double[] sorted;
    private final double[] sums;
    private final int[] counts;

    RankTest(final int estimationLength, final int eventLength) {
        this.estimationLength = estimationLength;
        sorted = new double[estimationLength + eventLength];
        sums = new double[sorted.length];
        counts = new int[sorted.length];
    }

    /** Returns the statistic, NaN if there is no pair, or no spread of ranks. */
    double statistic(final EventFit[] fits) {
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        for (final EventFit fit : fits) {
            if (fit.isFitted()) {
                add(fit);
            }
        }
        double squares = 0;
        double event = 0;
        int days = 0;
        for (int i = 0; i < sums.length; i++) {
            if (counts[i] > 0) {
                final double u = sums[i] / Math.sqrt(counts[i]);
                squares += u * u;
                days++;
                event += i >= estimationLength ? u : 0;
            }
        }
        final double spread = Math.sqrt(squares / days);
        return spread > 0 ? event / (Math.sqrt(sums.length - estimationLength) * spread) : Double.NaN;
    }

    private void add(final EventFit fit) {
        int total = 0;
        for (int i = 0; i < sums.length; i++) {
            if (!Double.isNaN(fit.abnormal(i))) {
                sorted[total++] = fit.abnormal(i);
            }
        }
        Arrays.sort(sorted, 0, total);
        for (int i = 0; i < sums.length; i++) {
            if (!Double.isNaN(fit.abnormal(i))) {
                sums[i] += rank(fit.abnormal(i), total) / (total + 1) - 0.5;
                counts[i]++;
            }
        }
    }

    /** Returns the rank from 1; equal values share the middle of their ranks. */
    private double rank(final double value, final int total) {
        int below = 0;
        while (below < total && sorted[below] < value) {
            below++;
        }
        int equal = 0;
        while (below + equal < total && sorted[below + equal] == value) {
            equal++;
        }
        return below + (equal + 1) / 2.0;
    }
}
