package io.tollgate.examples.report;

import io.tollgate.examples.file.NamedOutput;
import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.paint.ChartFormat;
import io.tollgate.examples.report.paint.ChartPainter;
import io.tollgate.examples.report.paint.PngCanvas;
import io.tollgate.examples.report.paint.SvgCanvas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a report: a self-contained {@code report.html}, and each chart as {@code charts/ID.svg} and {@code
 * charts/ID.png}. The same report gives the same bytes; for images this holds within one JDK. Neither a display nor an
 * installed font is needed. Thread-safe; concurrent reports need different directories.
 */
public final class ReportWriter {
    private ReportWriter() {}

    /**
     * Writes all files, and replaces existing ones of the same names.
     *
     * @param report    to write.
     * @param directory to write to; created if it does not exist.
     * @return the page.
     * @throws IOException if a directory or file cannot be written.
     */
    public static Path write(final Report report, final Path directory) throws IOException {
        final Path charts = Files.createDirectories(directory.resolve("charts"));
        for (final Section section : report.sections()) {
            for (final Chart chart : section.charts()) {
                writeChart(chart, charts);
            }
        }
        final Path page = directory.resolve("report.html");
        write(page, new HtmlPage(report).render());
        return page;
    }

    private static void writeChart(final Chart chart, final Path directory) throws IOException {
        final ChartFormat format = ChartFormat.FILE;
        final ChartPainter painter = ChartPainter.of(chart, format);
        final SvgCanvas svg = new SvgCanvas();
        painter.paint(svg);
        final String document =
                svg.document(format.width(), painter.height(), chart.title(), ChartDescription.text(chart));
        write(directory.resolve(chart.id() + ".svg"), document);
        final PngCanvas png = new PngCanvas(format.width(), painter.height());
        painter.paint(png);
        png.write(directory.resolve(chart.id() + ".png"));
    }

    private static void write(final Path file, final String text) throws IOException {
        NamedOutput.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
