package io.tollgate.duckdb;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.TermText;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowProducer;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** A metric of one window of every series, in order of their keys. One thread at a time. */
final class MetricRows implements RowProducer {
    static final List<Column> COLUMNS = List.of(
            new Column("series", ColumnType.TEXT),
            new Column("time", ColumnType.INSTANT),
            new Column("value", ColumnType.DOUBLE),
            new Column("status", ColumnType.TEXT));

    private final MetricReader reader;
    private final WindowReading reading;
    private final Metric metric;
    private final Iterator<Series> series;
    private final long atNs;

    /**
     * Creates the rows.
     *
     * @throws IllegalArgumentException if a text is not a window or a metric.
     */
    MetricRows(final SeriesSource source, final long atNs, final String window, final String metric) {
        this.metric = Metric.parse(metric);
        this.atNs = atNs;
        reader = source.newReader();
        reading = reader.window(TermText.parseWindow(window), this.metric);
        series = source.series(SeriesPattern.ANY).iterator();
    }

    @Override
    public boolean produce(final RowWriter writer) throws IOException {
        if (!series.hasNext()) {
            return false;
        }
        final Series next = series.next();
        final Status status = reading.read(next, atNs).status(metric);
        writer.text(next.key());
        writer.instant(atNs);
        if (status.hasValue()) {
            writer.real(reading.value(metric));
        } else {
            writer.empty();
        }
        writer.text(status.name());
        writer.endRow();
        return true;
    }

    @Override
    public void handOver() {
        reader.handOver();
    }
}
