package io.tollgate.examples.impact;

import io.tollgate.examples.report.Report;
import java.util.ArrayList;
import java.util.List;

/** What the chapters found: the numbers for {@code metrics.csv}, and the few to see first. */
final class Findings {
    private final List<MetricRow> metrics = new ArrayList<>();
    private final List<Report.Highlight> highlights = new ArrayList<>();

    /** Adds a number. */
    void add(final MetricRow row) {
        metrics.add(row);
    }

    /** Adds a number to see first. */
    void highlight(final String label, final String value, final String note) {
        highlights.add(new Report.Highlight(label, value, note));
    }

    /** All numbers, in the order of the report. */
    List<MetricRow> metrics() {
        return List.copyOf(metrics);
    }

    /** The numbers to see first. */
    List<Report.Highlight> highlights() {
        return List.copyOf(highlights);
    }
}
