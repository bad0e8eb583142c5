package io.tollgate.examples.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.data.text.ShortestDecimal;
import java.util.ArrayList;
import java.util.List;

/** The output: {@code series,time,window,metric,value,status}, windows and metrics in the requested order. */
final class MetricTable {
    private final CsvWriter csv;
    private final List<WindowArgument> windows;
    private final List<MetricArgument> metrics;
    private final List<Window> distinct;

    /** Readings of all windows, each with at most the number of windows that one reading supports. */
    private final List<WindowReading> readings = new ArrayList<>();

    private final PairedSeries paired;
    private long timeNs;
    private String time;

    MetricTable(
            final CsvWriter csv,
            final List<WindowArgument> windows,
            final List<MetricArgument> metrics,
            final MetricReader reader,
            final PairedSeries paired) {
        this.csv = csv;
        this.windows = windows;
        this.metrics = metrics;
        this.paired = paired;
        final Metric[] ofSeries = metrics.stream()
                .filter(MetricArgument.OfSeries.class::isInstance)
                .map(argument -> ((MetricArgument.OfSeries) argument).metric())
                .toArray(Metric[]::new);
        distinct = windows.stream().map(WindowArgument::window).distinct().toList();
        for (int i = 0; i < distinct.size(); i += MetricReader.MAX_WINDOWS) {
            final int end = Math.min(i + MetricReader.MAX_WINDOWS, distinct.size());
            readings.add(reader.windows(distinct.subList(i, end), ofSeries));
        }
        time = Instants.format(timeNs);
        csv.writeRecord("series", "time", "window", "metric", "value", "status");
    }

    /** Writes all metrics of a series as of an instant. */
    void write(final Series series, final long atNs) {
        if (atNs != timeNs) {
            timeNs = atNs;
            time = Instants.format(atNs);
        }
        readings.forEach(reading -> reading.read(series, atNs));
        for (final WindowArgument window : windows) {
            final int place = distinct.indexOf(window.window());
            final WindowReading reading = readings.get(place / MetricReader.MAX_WINDOWS);
            final int index = place % MetricReader.MAX_WINDOWS;
            for (final MetricArgument argument : metrics) {
                if (argument instanceof MetricArgument.OfPair pair) {
                    paired.read(pair, series, window.window(), atNs);
                    write(series, window, argument, paired.status(), paired.value());
                } else {
                    final Metric metric = ((MetricArgument.OfSeries) argument).metric();
                    write(series, window, argument, reading.status(index, metric), reading.value(index, metric));
                }
            }
        }
    }

    /** A count is below 2^53, so a double represents it exactly. */
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
