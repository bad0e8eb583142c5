package io.tollgate.api.read;

import java.util.Objects;

/**
 * The ratio of a window to a baseline: {@code x / b}. For a FLOW, x is the sum of the window (of its whole periods if
 * the series has a reporting period); for a STEP, x is the time-weighted mean. b is the mean of the baseline. UNDEFINED
 * if b is 0; INSUFFICIENT if a window of the baseline has no x; PARTIAL if one is only partly covered. Correctly
 * rounded. Computed during the read.
 *
 * @param baseline the baseline.
 */
public record BaselineRatio(Baseline baseline) implements Metric {
    /**
     * Creates the metric; no argument may be null.
     *
     * @param baseline the baseline.
     */
    public BaselineRatio {
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public String text() {
        return "ratio-to:" + baseline.text();
    }
}
