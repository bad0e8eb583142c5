package io.tollgate.examples.report;

import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;

/** Renders a report without its charts as text for a terminal of 80 columns. Thread-safe. */
public final class TextReport {
    private TextReport() {}

    /**
     * Renders title, highlights, sections with their tables, sources and footer.
     *
     * @param report to render.
     * @return lines of at most {@link TextTable#WIDTH} columns, each ended by a line feed.
     */
    public static String render(final Report report) {
        final StringBuilder text = new StringBuilder();
        heading(text, report.title(), '=');
        paragraph(text, report.subtitle());
        for (final Report.Highlight highlight : report.highlights()) {
            final String note = highlight.note().isBlank() ? "" : " (" + highlight.note() + ")";
            TextTable.appendWrapped(text, highlight.label() + ": " + highlight.value() + note);
        }
        for (final Section section : report.sections()) {
            text.append('\n');
            heading(text, section.title(), '-');
            paragraph(text, section.lead());
            for (final Table table : section.tables()) {
                text.append('\n').append(TextTable.render(table));
            }
        }
        if (!report.sources().isEmpty()) {
            text.append('\n');
            heading(text, "Sources", '-');
        }
        for (int i = 0; i < report.sources().size(); i++) {
            TextTable.appendWrapped(
                    text, "[" + (i + 1) + "] " + report.sources().get(i));
        }
        if (!report.footer().isBlank()) {
            text.append('\n');
            paragraph(text, report.footer());
        }
        return text.toString();
    }

    private static void heading(final StringBuilder text, final String title, final char rule) {
        final int start = text.length();
        TextTable.appendWrapped(text, title);
        final int width =
                text.substring(start).lines().mapToInt(String::length).max().orElse(0);
        text.append(String.valueOf(rule).repeat(width)).append('\n');
    }

    private static void paragraph(final StringBuilder text, final String paragraph) {
        if (!paragraph.isBlank()) {
            TextTable.appendWrapped(text, paragraph);
        }
    }
}
