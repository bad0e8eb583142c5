package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Window;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Windows and metrics that are read together, in the form in which the graph of a job has them.
 *
 * @param windows the windows.
 * @param metrics the texts of the metrics, which represent them completely.
 */
record SeriesRead(Window[] windows, String[] metrics) implements Serializable {
    static SeriesRead of(final List<? extends Window> windows, final Metric... metrics) {
        return new SeriesRead(
                windows.toArray(Window[]::new),
                Arrays.stream(metrics).map(Metric::text).toArray(String[]::new));
    }

    Metric[] parsedMetrics() {
        return Arrays.stream(metrics).map(Metric::parse).toArray(Metric[]::new);
    }
}
