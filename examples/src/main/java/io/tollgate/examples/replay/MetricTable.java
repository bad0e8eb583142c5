package io.tollgate.examples.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.Instants;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.WindowReading;
import io.tollgate.examples.csv.ShortestDecimal;
import java.util.List;

/** The output: {@code series,time,window,metric,value,status}, windows and metrics in the order asked. */
final class MetricTable {
    private final CsvWriter csv;
    private final List<WindowArgument> windows;
    private final List<MetricArgument> metrics;
    private final MetricReader reader;
    private final WindowReading reading;
    private long timeNs;
    private String time;

    MetricTable(
            final CsvWriter csv,
            final List<WindowArgument> windows,
            final List<MetricArgument> metrics,
            final MetricReader reader) {
        this.csv = csv;
        this.windows = windows;
        this.metrics = metrics;
        this.reader = reader;
        reading = reader.newReading(metrics.stream().map(MetricArgument::metric).toArray(Metric[]::new));
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
            reader.read(series, window.window(), atNs, reading);
            for (final MetricArgument argument : metrics) {
                final Status status = reading.status(argument.metric());
                csv.writeRecord(
                        series.key(),
                        time,
                        window.text(),
                        argument.text(),
                        value(argument.metric(), status),
                        status.name());
            }
        }
    }

    private String value(final Metric metric, final Status status) {
        if (!status.hasValue()) {
            return "";
        }
        return metric == Metric.COUNT ? Long.toString(reading.count()) : ShortestDecimal.of(reading.value(metric));
    }
}
