package io.tollgate.examples.replay;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The output: {@code series,time,window,metric,value,status}, windows and metrics in the requested order. */
final class MetricTable {
    static final List<Column> COLUMNS = List.of(
            new Column("series", ColumnType.TEXT),
            new Column("time", ColumnType.INSTANT),
            new Column("window", ColumnType.TEXT),
            new Column("metric", ColumnType.TEXT),
            new Column("value", ColumnType.DOUBLE),
            new Column("status", ColumnType.TEXT));

    private final RowWriter output;
    private final List<WindowArgument> windows;
    private final List<MetricArgument> metrics;
    private final List<Window> distinct;

    /** Readings of all windows, each with at most the number of windows that one reading supports. */
    private final List<WindowReading> readings = new ArrayList<>();

    private final PairedSeries paired;

    MetricTable(
            final RowWriter output,
            final List<WindowArgument> windows,
            final List<MetricArgument> metrics,
            final MetricReader reader,
            final PairedSeries paired) {
        this.output = output;
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
    }

    /** Writes all metrics of a series as of an instant. */
    void write(final Series series, final long atNs) {
        readings.forEach(reading -> reading.read(series, atNs));
        for (final WindowArgument window : windows) {
            final int place = distinct.indexOf(window.window());
            final WindowReading reading = readings.get(place / MetricReader.MAX_WINDOWS);
            final int index = place % MetricReader.MAX_WINDOWS;
            for (final MetricArgument argument : metrics) {
                if (argument instanceof MetricArgument.OfPair pair) {
                    paired.read(pair, series, window.window(), atNs);
                    write(series, atNs, window, argument, paired.status(), paired.value());
                } else {
                    final Metric metric = ((MetricArgument.OfSeries) argument).metric();
                    write(series, atNs, window, argument, reading.status(index, metric), reading.value(index, metric));
                }
            }
        }
    }

    /** A count is below 2^53, so a double represents it exactly. */
    private void write(
            final Series series,
            final long atNs,
            final WindowArgument window,
            final MetricArgument argument,
            final Status status,
            final double value) {
        try {
            output.text(series.key());
            output.instant(atNs);
            output.text(window.text());
            output.text(argument.text());
            if (status.hasValue()) {
                output.real(value);
            } else {
                output.empty();
            }
            output.text(status.name());
            output.endRow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
