package io.tollgate.api.read;

import java.util.Objects;

/**
 * How unusual the sum x of a FLOW of counts is against the mean b of a baseline, {@code (x - b) / sqrt(b)}: its z-score
 * if counts are as those of Poisson. UNDEFINED where b is not above 0, and for a STEP. INSUFFICIENT where a window of
 * the baseline has no sum, PARTIAL where one is only partly covered. Within 1 ulp. Worked out during
 * the read.
 *
 * @param baseline that the window is compared with.
 */
public record PoissonScore(Baseline baseline) implements Metric {
    /**
     * Checks that there is one.
     *
     * @param baseline that the window is compared with.
     */
    public PoissonScore {
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public String text() {
        return "poisson-z:" + baseline.text();
    }
}
