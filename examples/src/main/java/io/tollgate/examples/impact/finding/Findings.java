package io.tollgate.examples.impact.finding;

import io.tollgate.examples.report.model.Report;
import java.util.ArrayList;
import java.util.List;

/** What the chapters found: the numbers for {@code metrics.csv}, and the few to see first. */
public final class Findings {
    private final List<MetricRow> metrics = new ArrayList<>();
    private final List<Report.Highlight> highlights = new ArrayList<>();

    /** Adds a number. */
    public void add(final MetricRow row) {
        metrics.add(row);
    }

    /** Adds a number to see first. */
    public void highlight(final String label, final String value, final String note) {
        highlights.add(new Report.Highlight(label, value, note));
    }

    /** All numbers, in the order of the report. */
    public List<MetricRow> metrics() {
        return List.copyOf(metrics);
    }

    /** The numbers to see first. */
    public List<Report.Highlight> highlights() {
        return List.copyOf(highlights);
    }
}
