package io.tollgate.bench.charts;

import io.tollgate.core.report.Footprint;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.BarChart.Bars;
import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.CurveChart.Curve;
import io.tollgate.examples.report.model.CurveChart.Tick;
import io.tollgate.examples.report.model.CurveChart.Vertex;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** A report with two charts: the cost of a tick beside its references, and the bytes of a series beside its bound. */
final class ResultCharts {
    private static final int WINDOW_COUNT = 3;
    private static final int DECADES = 4;

    /** All numbers of points up to this one are drawn, so that the steps between block lengths are upright. */
    private static final int EACH = 128;

    private static final double GROWTH = 1.02;

    private ResultCharts() {}

    /** Returns the report; the first line names the columns. */
    static Report of(final List<String> ticks) {
        final Section results = new Section("results", "Results", "", List.of(), List.of(ticks(ticks), bytes()));
        return new Report("Results", "", List.of(), List.of(results), List.of(), "");
    }

    private static BarChart ticks(final List<String> lines) {
        final String[] names = fields(lines.get(0));
        final List<String> workloads = new ArrayList<>();
        final List<List<Double>> columns = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (final String line : lines.subList(1, lines.size())) {
            final String[] fields = fields(line);
            workloads.add(fields[0].replace(": ", "\n"));
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(fields[i + 1].isEmpty() ? Double.NaN : Double.parseDouble(fields[i + 1]));
            }
        }
        final List<Bars> bars = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            bars.add(new Bars(names[i + 1], i, columns.get(i)));
        }
        return new BarChart(
                "tick",
                "Cost of a tick: one point applied, 18 numbers of three windows read",
                "ns",
                workloads,
                bars,
                List.of(),
                "");
    }

    private static String[] fields(final String line) {
        return line.split(",", -1);
    }

    private static CurveChart bytes() {
        final List<Tick> axis = new ArrayList<>();
        for (int decade = 0; decade <= DECADES; decade++) {
            final long count = Math.round(Math.pow(10, decade));
            axis.add(new Tick(place(count), Long.toString(count)));
        }
        return new CurveChart(
                "bytes",
                "Bytes of a series with three windows, by its points",
                "bytes",
                "points",
                axis,
                List.of(
                        curve("Tollgate", 0, count -> Math.rint(Footprint.bytesPerSeries(count, WINDOW_COUNT))),
                        curve("at most: 450 + 80 n", 1, count -> 450 + 80.0 * count)),
                "");
    }

    private static Curve curve(final String name, final int colour, final LongToDoubleFunction bytes) {
        final long most = Math.round(Math.pow(10, DECADES));
        final List<Vertex> vertices = new ArrayList<>();
        for (long count = 1; count <= most; count = next(count, most)) {
            final boolean isTick = Math.log10(count) % 1 == 0;
            vertices.add(new Vertex(place(count), isTick ? count + " points" : "", bytes.applyAsDouble(count)));
        }
        return new Curve(name, colour, vertices);
    }

    private static long next(final long count, final long most) {
        final long next = count < EACH ? count + 1 : Math.round(count * GROWTH);
        return count < most ? Math.min(next, most) : next;
    }

    private static double place(final long count) {
        return Math.log10(count) / DECADES;
    }
}
