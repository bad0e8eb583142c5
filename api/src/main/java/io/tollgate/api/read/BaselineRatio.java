package io.tollgate.api.read;

import java.util.Objects;

/**
 * A window against a baseline, {@code x / b}, where x is the sum of a FLOW, of its whole periods if it reports by
 * period, or the time-weighted mean of a STEP, and b the mean of the baseline. UNDEFINED where b is 0. INSUFFICIENT
 * where a window of the baseline has no x, PARTIAL where one is only partly covered. Correctly rounded.
 * Worked out during the read.
 *
 * @param baseline that the window is compared with.
 */
public record BaselineRatio(Baseline baseline) implements Metric {
    /**
     * Checks that there is one.
     *
     * @param baseline that the window is compared with.
     */
    public BaselineRatio {
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public String text() {
        return "ratio-to:" + baseline.text();
    }
}
