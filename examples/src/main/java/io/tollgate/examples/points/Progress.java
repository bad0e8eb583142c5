package io.tollgate.examples.points;

import io.tollgate.examples.terminal.StatusLine;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of long work on one line of a terminal: points or other items, items a second, share done. */
public final class Progress {
    private static final int ITEMS_BETWEEN_CHECKS = 4096;
    private static final long INTERVAL_NS = 500_000_000L;

    private final StatusLine line;
    private final String items;
    private final long total;
    private final LongSupplier clockNs;
    private final long startNs;
    private long itemCount;
    private long lastNs;

    /**
     * Creates a progress at its start.
     *
     * @param err     standard error.
     * @param shown   true if the progress is shown.
     * @param items   name of the counted items, in the plural.
     * @param total   amount of the work, for example in bytes, 0 or less if unknown.
     * @param clockNs monotonic clock.
     */
    public Progress(
            final PrintWriter err,
            final boolean shown,
            final String items,
            final long total,
            final LongSupplier clockNs) {
        line = new StatusLine(err, shown);
        this.items = items;
        this.total = total;
        this.clockNs = clockNs;
        startNs = clockNs.getAsLong();
        lastNs = startNs;
    }

    /**
     * Counts one more item.
     *
     * @param done amount of the work done so far.
     */
    public void advance(final long done) {
        if (++itemCount % ITEMS_BETWEEN_CHECKS == 0) {
            reach(itemCount, done);
        }
    }

    /**
     * Sets the number of items; not to be called for each.
     *
     * @param count of the items so far.
     * @param done  amount of the work done so far.
     */
    public void reach(final long count, final long done) {
        itemCount = count;
        if (!line.shown()) {
            return;
        }
        final long nowNs = clockNs.getAsLong();
        if (nowNs - lastNs >= INTERVAL_NS) {
            lastNs = nowNs;
            final long rate = (long) (itemCount * 1e9 / (nowNs - startNs));
            final String share = total > 0 ? ", " + Math.min(100, done * 100 / total) + " %" : "";
            line.show(String.format(Locale.ROOT, "%d %s, %d %s/s%s", itemCount, items, rate, items, share));
        }
    }

    /** Erases the line. */
    public void end() {
        line.end();
    }
}
