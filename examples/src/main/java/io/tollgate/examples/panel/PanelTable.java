package io.tollgate.examples.panel;

import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The output: {@code time,metric,value,covered_weight,status}, metrics in the requested order. */
final class PanelTable {
    static final List<Column> COLUMNS = List.of(
            new Column("time", ColumnType.INSTANT),
            new Column("metric", ColumnType.TEXT),
            new Column("value", ColumnType.DOUBLE),
            new Column("covered_weight", ColumnType.DOUBLE),
            new Column("status", ColumnType.TEXT));

    private final RowWriter output;
    private final List<GroupMetric> metrics;
    private final GroupReading reading;

    PanelTable(final RowWriter output, final List<GroupMetric> metrics, final GroupReading reading) {
        this.output = output;
        this.metrics = metrics;
        this.reading = reading;
    }

    /** Writes all metrics as of an instant. */
    void write(final long atNs) {
        reading.read(atNs);
        try {
            for (final GroupMetric metric : metrics) {
                output.instant(atNs);
                output.text(metric.text());
                value(metric);
                value(GroupMetric.COVERED);
                output.text(reading.status(metric).name());
                output.endRow();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void value(final GroupMetric metric) throws IOException {
        if (reading.status(metric).hasValue()) {
            output.real(reading.value(metric));
        } else {
            output.empty();
        }
    }
}
