package io.tollgate.examples.report;

import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.StepChart.Line;
import io.tollgate.examples.report.model.StepChart.LineStyle;
import io.tollgate.examples.report.model.StepChart.Point;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import io.tollgate.examples.report.paint.Numbers;
import io.tollgate.examples.report.paint.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Describes a chart in words and as a table, for readers who cannot see it or need its numbers. */
public final class ChartDescription {
    private ChartDescription() {}

    /** Returns a few sentences: the content, and the lowest, highest and last number of each line or group. */
    public static String text(final Chart chart) {
        final List<String> sentences = new ArrayList<>();
        if (chart instanceof StepChart steps) {
            addSentences(sentences, steps);
        } else if (chart instanceof CurveChart curves) {
            sentences.add("Curves by " + curves.across() + ", in " + curves.unit() + ", on a logarithmic axis.");
            curves.curves()
                    .forEach(curve -> sentences.add(
                            range(curve.name(), curve.vertices().stream().mapToDouble(Vertex::value))));
        } else {
            addSentences(sentences, (BarChart) chart);
        }
        return String.join(" ", sentences);
    }

    private static void addSentences(final List<String> sentences, final StepChart steps) {
        sentences.add("Levels over time as steps, in " + steps.unit() + ".");
        for (final Line line : steps.lines()) {
            final String kind = line.style() == LineStyle.DASHED ? " (announced, never in force)" : "";
            sentences.add(range(line.name() + kind, line.points().stream().mapToDouble(Point::value)));
        }
        steps.bands()
                .forEach(band -> sentences.add("Shaded: " + band.label() + ", " + TimeAxis.text(band.fromNs()) + " to "
                        + TimeAxis.text(band.toNs()) + "."));
        steps.markers()
                .forEach(marker ->
                        sentences.add("Marked: " + marker.label() + ", " + TimeAxis.text(marker.timeNs()) + "."));
    }

    private static void addSentences(final List<String> sentences, final BarChart bars) {
        sentences.add("Bars from " + bars.category(0) + " to "
                + bars.category(bars.categories().size() - 1) + ", in " + bars.unit() + ".");
        bars.groups()
                .forEach(group -> sentences.add(
                        range(group.name(), group.values().stream().mapToDouble(Double::doubleValue))));
        bars.referenceLevels()
                .forEach(level -> sentences.add(
                        "Compared with: " + level.label() + ", at " + Numbers.exact(level.value()) + "."));
    }

    /** Returns every number of the chart; for curves only the vertices with a name. */
    public static Table table(final Chart chart) {
        if (chart instanceof StepChart steps) {
            return table(steps);
        }
        return chart instanceof CurveChart curves ? table(curves) : table((BarChart) chart);
    }

    private static Table table(final CurveChart chart) {
        final List<Row> rows = new ArrayList<>();
        for (final Curve curve : chart.curves()) {
            curve.vertices().stream()
                    .filter(vertex -> !vertex.at().isEmpty())
                    .forEach(vertex -> rows.add(Row.of(curve.name(), vertex.at(), text(vertex.value()))));
        }
        final List<Column> columns =
                List.of(Column.text("Curve"), Column.text(chart.across()), Column.number(chart.unit()));
        return new Table("Numbers: " + chart.title(), columns, rows, "");
    }

    private static Table table(final StepChart chart) {
        final List<Row> rows = new ArrayList<>();
        for (final Line line : chart.lines()) {
            final String name = line.style() == LineStyle.DASHED ? line.name() + " (never in force)" : line.name();
            line.points().forEach(point -> rows.add(Row.of(name, TimeAxis.text(point.timeNs()), text(point.value()))));
        }
        final List<Column> columns = List.of(Column.text("Line"), Column.text("From"), Column.number(chart.unit()));
        return new Table("Numbers: " + chart.title(), columns, rows, "");
    }

    private static Table table(final BarChart chart) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("")));
        chart.groups().forEach(group -> columns.add(Column.number(group.name())));
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < chart.categories().size(); i++) {
            final int category = i;
            final Stream<String> amounts =
                    chart.groups().stream().map(group -> text(group.values().get(category)));
            rows.add(
                    new Row(Stream.concat(Stream.of(chart.category(i)), amounts).toList(), true));
        }
        return new Table("Numbers: " + chart.title() + ", " + chart.unit(), columns, rows, "");
    }

    private static String range(final String name, final DoubleStream values) {
        final double[] known = values.filter(value -> !Double.isNaN(value)).toArray();
        if (known.length == 0) {
            return name + ": nothing known.";
        }
        return name + ": lowest " + Numbers.exact(DoubleStream.of(known).min().orElseThrow()) + ", highest "
                + Numbers.exact(DoubleStream.of(known).max().orElseThrow()) + ", last "
                + Numbers.exact(known[known.length - 1]) + ".";
    }

    private static String text(final double value) {
        return Double.isNaN(value) ? "unknown" : Numbers.exact(value);
    }
}
