package io.tollgate.examples.points;

import io.tollgate.examples.terminal.StatusLine;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of long work on one line of a terminal: points, points a second, share done. */
public final class Progress {
    private static final int LINES_BETWEEN_CHECKS = 4096;
    private static final long INTERVAL_NS = 500_000_000L;

    private final StatusLine line;
    private final long totalBytes;
    private final LongSupplier clockNs;
    private final long startNs;
    private long lineCount;
    private long lastNs;

    /**
     * Creates a progress at its start.
     *
     * @param err        standard error.
     * @param shown      true if the progress is shown.
     * @param totalBytes of the work, 0 or less if unknown.
     * @param clockNs    monotonic clock.
     */
    public Progress(final PrintWriter err, final boolean shown, final long totalBytes, final LongSupplier clockNs) {
        line = new StatusLine(err, shown);
        this.totalBytes = totalBytes;
        this.clockNs = clockNs;
        startNs = clockNs.getAsLong();
        lastNs = startNs;
    }

    /**
     * Counts one more line.
     *
     * @param bytes of the work done so far.
     */
    public void advance(final long bytes) {
        if (++lineCount % LINES_BETWEEN_CHECKS == 0) {
            reach(lineCount, bytes);
        }
    }

    /**
     * Sets the number of lines; not to be called for each.
     *
     * @param lines of the work done so far.
     * @param bytes of the work done so far.
     */
    public void reach(final long lines, final long bytes) {
        lineCount = lines;
        if (!line.shown()) {
            return;
        }
        final long nowNs = clockNs.getAsLong();
        if (nowNs - lastNs >= INTERVAL_NS) {
            lastNs = nowNs;
            final long rate = (long) (lineCount * 1e9 / (nowNs - startNs));
            final String share = totalBytes > 0 ? ", " + Math.min(100, bytes * 100 / totalBytes) + " %" : "";
            line.show(String.format(Locale.ROOT, "%d points, %d points/s%s", lineCount, rate, share));
        }
    }

    /** Erases the line. */
    public void end() {
        line.end();
    }
}
