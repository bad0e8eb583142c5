package io.tollgate.examples.impact.finding;

import io.tollgate.examples.report.model.Report;
import java.util.ArrayList;
import java.util.List;

/** The findings of the chapters: the numbers for {@code metrics.csv}, and the highlights. */
public final class Findings {
    private final List<MetricRow> metrics = new ArrayList<>();
    private final List<Report.Highlight> highlights = new ArrayList<>();

    /** Adds a number. */
    public void add(final MetricRow row) {
        metrics.add(row);
    }

    /** Adds a highlight. */
    public void highlight(final String label, final String value, final String note) {
        highlights.add(new Report.Highlight(label, value, note));
    }

    /** Returns all numbers, in the order of the report. */
    public List<MetricRow> metrics() {
        return List.copyOf(metrics);
    }

    /** Returns the highlights. */
    public List<Report.Highlight> highlights() {
        return List.copyOf(highlights);
    }
}
