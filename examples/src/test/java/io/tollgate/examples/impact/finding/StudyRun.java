package io.tollgate.examples.impact.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.impact.ImpactStudy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One run of the study, shared by all tests of its numbers. */
public final class StudyRun {
    public static final ImpactStudy STUDY = run();

    private StudyRun() {}

    private static ImpactStudy run() {
        try {
            return ImpactStudy.run();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double number(final String series, final String metric, final String at) {
        return only(STUDY.metrics().stream()
                .filter(row -> row.series().equals(series)
                        && row.metric().equals(metric)
                        && row.at().equals(at))
                .toList());
    }

    public static List<MetricRow> section(final String id) {
        return STUDY.metrics().stream().filter(row -> row.section().equals(id)).toList();
    }

    public static MetricRow row(final String series, final String metric, final String at) {
        final List<MetricRow> rows = STUDY.metrics().stream()
                .filter(row -> row.series().equals(series)
                        && row.metric().equals(metric)
                        && row.at().equals(at))
                .toList();
        assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    public static MetricRow only(final String series, final String metric) {
        final List<MetricRow> rows = STUDY.metrics().stream()
                .filter(row -> row.series().equals(series) && row.metric().equals(metric))
                .toList();
        assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    public static double number(final String series, final String metric) {
        return only(STUDY.metrics().stream()
                .filter(row -> row.series().equals(series) && row.metric().equals(metric))
                .toList());
    }

    public static double only(final List<MetricRow> rows) {
        assertTrue(
                !rows.isEmpty()
                        && rows.stream().map(MetricRow::value).distinct().count() == 1,
                rows.toString());
        return Double.parseDouble(rows.get(0).value());
    }
}
