package io.tollgate.examples.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.examples.csv.ShortestDecimal;
import java.util.List;

/** The output: {@code series,time,window,metric,value,status}, windows and metrics in the order asked. */
final class MetricTable {
    private final CsvWriter csv;
    private final List<WindowArgument> windows;
    private final List<MetricArgument> metrics;
    private final MetricReader reader;
    private final long knownAtNs;
    private final WindowReading reading;
    private final PairedSeries paired;
    private long timeNs;
    private String time;

    MetricTable(
            final CsvWriter csv,
            final List<WindowArgument> windows,
            final List<MetricArgument> metrics,
            final MetricReader reader,
            final long knownAtNs,
            final PairedSeries paired) {
        this.csv = csv;
        this.windows = windows;
        this.metrics = metrics;
        this.reader = reader;
        this.knownAtNs = knownAtNs;
        this.paired = paired;
        reading = reader.newReading(metrics.stream()
                .filter(MetricArgument.OfSeries.class::isInstance)
                .map(argument -> ((MetricArgument.OfSeries) argument).metric())
                .toArray(Metric[]::new));
        time = Instants.format(timeNs);
        csv.writeRecord("series", "time", "window", "metric", "value", "status");
    }

    /** Writes all metrics of a series as seen from an instant. */
    void write(final Series series, final long atNs) {
        if (atNs != timeNs) {
            timeNs = atNs;
            time = Instants.format(atNs);
        }
        for (final WindowArgument window : windows) {
            reader.read(series, window.window(), atNs, knownAtNs, reading);
            for (final MetricArgument argument : metrics) {
                if (argument instanceof MetricArgument.OfPair pair) {
                    paired.read(pair, series, window.window(), atNs, knownAtNs);
                    write(series, window, argument, paired.status(), paired.value());
                } else {
                    final Metric metric = ((MetricArgument.OfSeries) argument).metric();
                    write(series, window, argument, reading.status(metric), reading.value(metric));
                }
            }
        }
    }

    /** A count is below 2^53, so as a double it is the same integer. */
    private void write(
            final Series series,
            final WindowArgument window,
            final MetricArgument argument,
            final Status status,
            final double value) {
        final String text = status.hasValue() ? ShortestDecimal.of(value) : "";
        csv.writeRecord(series.key(), time, window.text(), argument.text(), text, status.name());
    }
}
