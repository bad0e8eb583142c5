package io.tollgate.api.watch;

import io.tollgate.api.series.Window;
import java.time.Duration;

/** The grid on which watches evaluate metrics whose crossings cannot be computed exactly. */
final class WatchGrid {
    private static final long PARTS = 1_000;
    private static final long LEAST_NS = Duration.ofMinutes(1).toNanos();
    private static final long OPEN_NS = Duration.ofHours(1).toNanos();

    private WatchGrid() {}

    /** Returns the length of the grid for a window, in ns. */
    static long lengthNs(final Window window) {
        if (window instanceof Window.Sliding sliding) {
            return Math.max(LEAST_NS, sliding.lengthNs() / PARTS);
        }
        if (window instanceof Window.ToDate toDate) {
            final int days = switch (toDate.period()) {
                case MONTH -> 30;
                case QUARTER -> 91;
                case YEAR -> 365;
            };
            return Duration.ofDays(days).toNanos() / PARTS;
        }
        return OPEN_NS;
    }
}
