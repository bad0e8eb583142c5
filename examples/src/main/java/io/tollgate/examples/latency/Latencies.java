package io.tollgate.examples.latency;

import org.HdrHistogram.Histogram;

/**
 * The latencies of one run, in nanoseconds with three digits: of every point sent, none left out. One thread.
 *
 * @see OpenLoop
 */
final class Latencies {
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram readable = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram seen = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram read = new Histogram(LONGEST_NS, DIGITS);

    void recordReadable(final long latencyNs) {
        readable.recordValue(Math.min(latencyNs, LONGEST_NS));
    }

    void recordRead(final long seenNs, final long readNs) {
        seen.recordValue(Math.min(seenNs, LONGEST_NS));
        read.recordValue(Math.min(readNs, LONGEST_NS));
    }

    /** From the instant at which a point should have been offered until readers see it. */
    Histogram readable() {
        return readable;
    }

    /** From the instant at which a point should have been offered until metrics with it are read. */
    Histogram seen() {
        return seen;
    }

    /** One read, of all metrics of one window. */
    Histogram read() {
        return read;
    }
}
