package io.tollgate.bench.latency;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The percentiles of all runs, in 80 columns, in microseconds. */
final class LatencyTable {
    private static final double NS_PER_US = 1e3;

    private LatencyTable() {}

    static String render(final List<Run> runs) {
        final StringBuilder text = new StringBuilder("us, from the intended send until metrics are read, and the read"
                + " alone\n\n"
                + "contender    %  points/s      p50      p99    p99.9      max  read p50  p99.9\n"
                + "---------  ---  --------  -------  -------  -------  -------  --------  -----\n");
        for (final Run run : runs) {
            final Histogram seen = run.latencies().seen();
            final Histogram read = run.latencies().read();
            text.append(String.format(
                    Locale.ROOT,
                    "%-9s  %3d  %8.0f  %7s  %7s  %7s  %7s  %8s  %5s%n",
                    run.contender(),
                    run.percent(),
                    run.pointsPerSecond(),
                    micros(seen.getValueAtPercentile(50)),
                    micros(seen.getValueAtPercentile(99)),
                    micros(seen.getValueAtPercentile(99.9)),
                    micros(seen.getMaxValue()),
                    micros(read.getValueAtPercentile(50)),
                    micros(read.getValueAtPercentile(99.9))));
        }
        return text.toString();
    }

    private static String micros(final long ns) {
        final double us = ns / NS_PER_US;
        return String.format(Locale.ROOT, us < 10 ? "%.2f" : us < 1_000 ? "%.1f" : "%.0f", us);
    }
}
