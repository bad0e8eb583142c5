package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Window;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Windows and metrics that are read together, in the form in which the graph of a job has them.
 *
 * @param windowTerms the windows.
 * @param metricTexts the texts of the metrics, which represent them completely.
 */
record SeriesRead(WindowTerms[] windowTerms, String[] metricTexts) implements Serializable {
    static SeriesRead of(final List<? extends Window> windows, final Metric... metrics) {
        return new SeriesRead(
                WindowTerms.of(windows),
                Arrays.stream(metrics).map(Metric::text).toArray(String[]::new));
    }

    List<Window> windows() {
        return Arrays.stream(windowTerms).map(WindowTerms::window).toList();
    }

    Metric[] metrics() {
        return Arrays.stream(metricTexts).map(Metric::parse).toArray(Metric[]::new);
    }
}
