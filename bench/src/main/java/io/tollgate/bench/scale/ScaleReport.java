package io.tollgate.bench.scale;

import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Tick;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report of a scale run: a table and two charts by series count, and by points. */
final class ScaleReport {
    private ScaleReport() {}

    static Report of(final List<ExtentResult> bySeries, final List<ExtentResult> byPoints) {
        return new Report(
                "Scale",
                "JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                List.of(),
                List.of(
                        section(
                                "series",
                                "By series",
                                "series",
                                "Each series has " + Extent.FEW_POINTS + " points and three windows.",
                                bySeries,
                                result -> result.extent().seriesCount()),
                        section(
                                "points",
                                "By points a series",
                                "points a series",
                                "Three windows contain 5, 50 and 500 points, if a series has that many.",
                                byPoints,
                                result -> result.extent().pointsASeries())),
                List.of(),
                "ns: processor time of a point. Bytes: memory outside the heap, - if it is too small to measure. By"
                        + " formula: the bytes in use, see core/docs/footprint.md; an engine preallocates up to 128"
                        + " MiB more. Series change in a different order each minute.");
    }

    private static Section section(
            final String id,
            final String title,
            final String across,
            final String lead,
            final List<ExtentResult> results,
            final ToDoubleFunction<ExtentResult> position) {
        final List<Row> rows = new ArrayList<>();
        for (final ExtentResult result : results) {
            rows.add(Row.of(
                    Integer.toString(result.extent().seriesCount()),
                    Integer.toString(result.extent().pointsASeries()),
                    number(result.nsAPoint()),
                    number(result.bytesAPoint()),
                    number(result.bytesASeries()),
                    number(result.formulaBytesASeries())));
        }
        final Table table = new Table(
                title,
                List.of(
                        Column.number("series"),
                        Column.number("points each"),
                        Column.number("ns/point"),
                        Column.number("bytes/point"),
                        Column.number("bytes/series"),
                        Column.number("by formula")),
                rows,
                "");
        return new Section(
                id, title, lead, List.of(table), List.of(chart(id + "-ns", title, across, results, position)));
    }

    private static CurveChart chart(
            final String id,
            final String title,
            final String across,
            final List<ExtentResult> results,
            final ToDoubleFunction<ExtentResult> position) {
        final double low = decade(position.applyAsDouble(results.get(0)));
        final double range = Math.max(1, decade(position.applyAsDouble(results.get(results.size() - 1))) - low);
        final List<Tick> ticks = new ArrayList<>();
        final List<Vertex> vertices = new ArrayList<>();
        for (final ExtentResult result : results) {
            final double count = position.applyAsDouble(result);
            final String label = shortened(count);
            final double place = (decade(count) - low) / range;
            ticks.add(new Tick(place, label));
            vertices.add(new Vertex(place, label + ' ' + across, result.nsAPoint()));
        }
        return new CurveChart(
                id,
                "Time a point, " + title.toLowerCase(Locale.ROOT),
                "ns",
                across,
                ticks,
                List.of(new Curve("engine", 0, vertices)),
                "");
    }

    private static double decade(final double count) {
        return Math.log10(count);
    }

    private static String shortened(final double count) {
        if (count >= 1e6) {
            return Math.round(count / 1e6) + "M";
        }
        return count >= 1e3 ? Math.round(count / 1e3) + "k" : Long.toString(Math.round(count));
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "-" : Long.toString(Math.round(value));
    }
}
