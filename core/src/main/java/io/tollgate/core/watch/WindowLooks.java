package io.tollgate.core.watch;

import io.tollgate.api.Metric;
import io.tollgate.api.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.read.WriterReader;
import java.util.Arrays;

/**
 * Where a window is looked at for some metrics.
 *
 * @param window     that changes there.
 * @param isOfSpread whether one of them has no value where the window of a STEP has no spread.
 */
record WindowLooks(Window window, boolean isOfSpread) {
    static WindowLooks of(final Window window, final Metric... metrics) {
        final boolean isOfSpread = Arrays.stream(metrics).anyMatch(BasicMetrics::needsSpread);
        // What the newest point is compared with has the start of the window in it, whether that includes it or not.
        final boolean isFromStart = Arrays.asList(metrics).contains(Metric.ZSCORE);
        return new WindowLooks(isFromStart ? withStart(window) : window, isOfSpread);
    }

    private static Window withStart(final Window window) {
        return window instanceof Window.Sliding sliding
                ? new Window.Sliding(sliding.lengthNs(), sliding.closed().withStart())
                : window;
    }

    /** The next instant behind one at which they are looked at. */
    long next(final WriterReader reader, final long atNs) {
        return isOfSpread ? reader.nextOfSpread(window, atNs) : reader.next(window, atNs);
    }
}
