package io.tollgate.examples.report;

import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.StepChart.Band;
import io.tollgate.examples.report.model.StepChart.Line;
import io.tollgate.examples.report.model.StepChart.LineStyle;
import io.tollgate.examples.report.model.StepChart.Marker;
import io.tollgate.examples.report.model.StepChart.Point;
import io.tollgate.examples.report.model.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A small report with every feature of a report. */
public final class SampleReport {
    public static final long START_NS = ns("2025-01-01T00:00:00Z");
    public static final long END_NS = ns("2026-01-01T00:00:00Z");
    static final long TRUCE_NS = ns("2025-05-14T04:01:00Z");

    private SampleReport() {}

    /** Writes the report to the directory given as argument, in a separate process. */
    public static void main(final String[] arguments) throws IOException {
        ReportWriter.write(report(), Path.of(arguments[0]));
    }

    public static long ns(final String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    public static Line line(final String name, final int colour, final LineStyle style, final Point... points) {
        return new Line(name, colour, style, List.of(points), END_NS);
    }

    public static StepChart steps(final Line... lines) {
        return new StepChart("rates", "Add-on rates", "percentage points", List.of(lines), List.of(), List.of(), "");
    }

    public static StepChart rates() {
        final Line us = line(
                "US on China",
                0,
                LineStyle.SOLID,
                new Point(START_NS, 0),
                new Point(ns("2025-04-10T04:01:00Z"), 145),
                new Point(TRUCE_NS, 30));
        final Line china = line(
                "China on US",
                1,
                LineStyle.SOLID,
                new Point(START_NS, 0),
                new Point(ns("2025-04-12T04:00:00Z"), 125),
                new Point(TRUCE_NS, 10));
        final Line announced = line("US 34, announced", 0, LineStyle.DASHED, new Point(ns("2025-04-09T04:01:00Z"), 34));
        return new StepChart(
                "rates",
                "Add-on rates",
                "percentage points",
                List.of(us, china, announced),
                List.of(new Band(TRUCE_NS, ns("2026-11-10T05:01:00Z"), "Truce")),
                List.of(new Marker(ns("2025-06-09T12:00:00Z"), "London talks")),
                "Official notices [1]");
    }

    public static BarChart magnets() {
        return new BarChart(
                "magnets",
                "Magnet exports",
                "tonnes a month",
                List.of("2025-03", "2025-04", "2025-05"),
                List.of(new BarChart.Bars("Exports", 2, List.of(Double.NaN, 2628.0, 1238.0))),
                List.of(new BarChart.Level("Mean of 2024: 4846", 4846)),
                "Customs [2]");
    }

    static Table levels() {
        return new Table(
                "Levels",
                List.of(Table.Column.text("Date"), Table.Column.number("pp"), Table.Column.text("Source")),
                List.of(Table.Row.of("2025-04-10", "145", "[1]"), Table.Row.unverified("2025-05-14", "30", "[2] [9]")),
                "End of day.");
    }

    static Report report() {
        return report("Tariffs");
    }

    static Report report(final String title) {
        return new Report(
                title,
                "As of 2026-01-01",
                List.of(new Report.Highlight("Change at the truce", "-115 pp", "14 May 2025 [1]")),
                List.of(
                        new Section(
                                "headline", "Headline rates", "Both fell [1].", List.of(levels()), List.of(rates())),
                        new Section("rare-earths", "Rare earths", "", List.of(), List.of(magnets()))),
                List.of("Federal Register, https://www.federalregister.gov", "Chinese customs"),
                "Made by a test.");
    }
}
