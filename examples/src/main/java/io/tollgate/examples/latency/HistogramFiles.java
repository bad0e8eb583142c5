package io.tollgate.examples.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * Writes histograms as {@code CONTENDER-PERCENT-WHAT.hgrm}, in microseconds, in the format of HdrHistogram's plotter.
 */
final class HistogramFiles {
    private static final double NS_PER_US = 1e3;

    private HistogramFiles() {}

    static void write(final LoadProfile profile, final Path directory) throws IOException {
        for (final Run run : profile.runs()) {
            final String name = profile.contender() + "-" + run.percent();
            write(run.latencies().readable(), directory.resolve(name + "-readable.hgrm"));
            write(run.latencies().seen(), directory.resolve(name + "-seen.hgrm"));
            write(run.latencies().read(), directory.resolve(name + "-read.hgrm"));
        }
    }

    private static void write(final Histogram histogram, final Path file) throws IOException {
        try (PrintStream stream = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(stream, NS_PER_US);
            if (stream.checkError()) {
                throw new IOException(file + ": cannot be written");
            }
        }
    }
}
