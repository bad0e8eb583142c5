package io.tollgate.api.read;

import java.util.Objects;

/**
 * The Poisson z-score of a FLOW of counts against a baseline: {@code (x - b) / sqrt(b)}, with the sum x of the window
 * and the mean b of the baseline. UNDEFINED if b is not above 0, and for a STEP; INSUFFICIENT if a window of the
 * baseline has no sum; PARTIAL if one is only partly covered. Within 1 ulp. Computed during the read.
 *
 * @param baseline the baseline.
 */
public record PoissonScore(Baseline baseline) implements Metric {
    /**
     * Creates the metric; no argument may be null.
     *
     * @param baseline the baseline.
     */
    public PoissonScore {
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public String text() {
        return "poisson-z:" + baseline.text();
    }
}
