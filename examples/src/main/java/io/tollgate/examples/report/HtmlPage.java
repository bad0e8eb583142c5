package io.tollgate.examples.report;

import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.Ink;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Report.Highlight;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Alignment;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import io.tollgate.examples.report.paint.ChartFormat;
import io.tollgate.examples.report.paint.ChartPainter;
import io.tollgate.examples.report.paint.Numbers;
import io.tollgate.examples.report.paint.References;
import io.tollgate.examples.report.paint.SvgCanvas;
import io.tollgate.examples.report.paint.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Renders a report as one HTML page, which is also well-formed XML. It contains its style and charts and loads no other
 * file. A script adds a filter of the rows. Each chart is drawn twice, for desktops and for phones; the style sheet
 * shows one of them. Single-threaded.
 *
 * <p>The page's own anchors contain an underscore, which ids of sections and charts cannot contain.
 */
final class HtmlPage {
    private static final String STYLE = resource("report.css");
    /** Adds a filter of rows to the page. It contains no character that XML would escape. */
    private static final String SCRIPT = resource("report.js");

    /** Cells with more characters keep a minimum width on a phone, and the table scrolls. */
    private static final int LONGEST_NARROW_CELL = 40;

    private static final Pattern DATE = Pattern.compile("\\b\\d{4}-\\d{2}[-0-9T:.Z+]*");

    private final Report report;
    private final StringBuilder html = new StringBuilder(1 << 16);

    HtmlPage(final Report report) {
        this.report = report;
    }

    String render() {
        final String title = Xml.escape(report.title());
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>")
                .append(title);
        html.append("</title>\n<style>\n").append(colours()).append(STYLE).append("</style>\n</head>\n<body>\n");
        html.append("<a class=\"skip\" href=\"#_main\">To the content</a>\n<header>\n<h1>")
                .append(title);
        html.append("</h1>\n");
        paragraph("subtitle", report.subtitle());
        html.append("</header>\n");
        navigation();
        html.append("<main id=\"_main\">\n");
        highlights();
        report.sections().forEach(this::section);
        sources();
        html.append("</main>\n<footer>\n");
        paragraph("made", report.footer());
        html.append("</footer>\n<script>\n").append(SCRIPT).append("</script>\n");
        return html.append("</body>\n</html>\n").toString();
    }

    private void navigation() {
        html.append("<nav aria-label=\"Sections\">\n<ul>\n");
        for (final Section section : report.sections()) {
            html.append("<li><a href=\"#").append(section.id()).append("\">");
            html.append(Xml.escape(section.title())).append("</a></li>\n");
        }
        if (!report.sources().isEmpty()) {
            html.append("<li><a href=\"#_sources\">Sources</a></li>\n");
        }
        html.append("</ul>\n</nav>\n");
    }

    private void highlights() {
        if (report.highlights().isEmpty()) {
            return;
        }
        html.append("<dl class=\"highlights\">\n");
        for (final Highlight highlight : report.highlights()) {
            html.append("<div><dt>").append(linked(highlight.label()));
            html.append("</dt><dd class=\"value\">").append(linked(highlight.value()));
            html.append("</dd><dd class=\"remark\">")
                    .append(linked(highlight.note()))
                    .append("</dd></div>\n");
        }
        html.append("</dl>\n");
    }

    private void section(final Section section) {
        html.append("<section id=\"").append(section.id()).append("\">\n<h2>");
        html.append(Xml.escape(section.title())).append("</h2>\n");
        paragraph("lead", section.lead());
        section.charts().forEach(this::figure);
        section.tables().forEach(this::table);
        html.append("</section>\n");
    }

    private void figure(final Chart chart) {
        html.append("<figure id=\"").append(chart.id()).append("\">\n<figcaption>");
        html.append(Xml.escape(chart.title())).append("</figcaption>\n<div class=\"wide\">\n");
        html.append(drawing(chart, ChartFormat.WIDE, chart.id() + "_wide"));
        html.append("</div>\n<div class=\"narrow\">\n");
        html.append(drawing(chart, ChartFormat.NARROW, chart.id() + "_narrow")).append("</div>\n");
        paragraph("source", chart.source().isBlank() ? "" : "Source: " + chart.source());
        html.append("<details>\n<summary>Numbers of this chart</summary>\n");
        table(ChartDescription.table(chart));
        html.append("</details>\n</figure>\n");
    }

    private static String drawing(final Chart chart, final ChartFormat format, final String elementId) {
        final ChartPainter painter = ChartPainter.of(chart, format);
        final SvgCanvas canvas = new SvgCanvas();
        painter.paint(canvas);
        return canvas.element(elementId, format.width(), painter.height(), chart.title(), ChartDescription.text(chart));
    }

    private void table(final Table table) {
        final String title = Xml.escape(table.title());
        html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(title);
        html.append("\">\n<table>\n<caption><span>").append(title).append("</span></caption>\n<thead><tr>");
        for (final Column column : table.columns()) {
            html.append("<th scope=\"col\"").append(align(column)).append('>');
            html.append(linked(column.heading())).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (final Row row : table.rows()) {
            html.append(row.verified() ? "<tr>" : "<tr class=\"unverified\">");
            for (int i = 0; i < row.cells().size(); i++) {
                cell(row, i, table.columns().get(i));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n</div>\n");
        final String unverified = table.hasUnverifiedRow() ? "Marked unverified: not checked against the source." : "";
        paragraph("note", (table.note() + " " + unverified).strip());
    }

    private void cell(final Row row, final int index, final Column column) {
        final String cell = row.cells().get(index);
        final String text = column.alignment() == Alignment.RIGHT ? Numbers.grouped(cell) : cell;
        final boolean broad = column.alignment() == Alignment.LEFT && text.length() > LONGEST_NARROW_CELL;
        html.append(index == 0 ? "<th scope=\"row\"" : "<td").append(broad ? " class=\"long\"" : align(column));
        html.append('>').append(linked(text));
        html.append(index == 0 && !row.verified() ? " <span class=\"mark\">unverified</span>" : "");
        html.append(index == 0 ? "</th>" : "</td>");
    }

    private void sources() {
        if (report.sources().isEmpty()) {
            return;
        }
        html.append("<section id=\"_sources\">\n<h2>Sources</h2>\n<ol class=\"sources\">\n");
        for (int i = 0; i < report.sources().size(); i++) {
            html.append("<li id=\"source_").append(i + 1).append("\">");
            html.append(Xml.escape(report.sources().get(i))).append("</li>\n");
        }
        html.append("</ol>\n</section>\n");
    }

    private void paragraph(final String kind, final String text) {
        if (!text.isBlank()) {
            html.append("<p class=\"")
                    .append(kind)
                    .append("\">")
                    .append(linked(text))
                    .append("</p>\n");
        }
    }

    /** Returns the text with links to sources, and with dates that do not break at their hyphens. */
    private String linked(final String text) {
        return DATE.matcher(References.link(text, report.sources().size()))
                .replaceAll("<span class=\"whole\">$0</span>");
    }

    private static String align(final Column column) {
        return column.alignment() == Alignment.RIGHT ? " class=\"number\"" : "";
    }

    /** Returns the colour variables, light and dark, and the classes of the charts that use them. */
    private static String colours() {
        final StringBuilder light = new StringBuilder();
        final StringBuilder dark = new StringBuilder();
        final StringBuilder classes = new StringBuilder();
        for (final Ink ink : Ink.values()) {
            final String name = ink.cssName();
            light.append("--").append(name).append(':').append(ink.light()).append(';');
            dark.append("--").append(name).append(':').append(ink.dark()).append(';');
            classes.append(".fill-")
                    .append(name)
                    .append("{fill:var(--")
                    .append(name)
                    .append(")}");
            classes.append(".stroke-")
                    .append(name)
                    .append("{stroke:var(--")
                    .append(name)
                    .append(")}\n");
        }
        return ":root{" + light + "}\n@media screen and (prefers-color-scheme:dark){:root{" + dark + "}}\n" + classes;
    }

    private static String resource(final String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("resource=" + name + " cannot be read", e);
        }
    }
}
