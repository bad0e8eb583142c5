package io.tollgate.examples.panel;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.data.text.ShortestDecimal;
import java.util.List;

/** The output: {@code time,metric,value,covered_weight,status}, metrics in the requested order. */
final class PanelTable {
    private final CsvWriter csv;
    private final List<GroupMetric> metrics;
    private final GroupReading reading;

    PanelTable(final CsvWriter csv, final List<GroupMetric> metrics, final GroupReading reading) {
        this.csv = csv;
        this.metrics = metrics;
        this.reading = reading;
        csv.writeRecord("time", "metric", "value", "covered_weight", "status");
    }

    /** Writes all metrics as of an instant. */
    void write(final long atNs) {
        reading.read(atNs);
        final String covered = text(GroupMetric.COVERED);
        for (final GroupMetric metric : metrics) {
            csv.writeRecord(
                    Instants.format(atNs),
                    metric.text(),
                    text(metric),
                    covered,
                    reading.status(metric).name());
        }
    }

    private String text(final GroupMetric metric) {
        final Status status = reading.status(metric);
        return status.hasValue() ? ShortestDecimal.of(reading.value(metric)) : "";
    }
}
