package io.tollgate.examples.report;

import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.paint.Wrap;
import io.tollgate.examples.terminal.Style;
import java.util.stream.Collectors;

/** Renders the highlights of a report and the names of its sections for a terminal of 80 columns. Thread-safe. */
public final class SummaryText {
    private static final String INDENT = "  ";

    private SummaryText() {}

    /**
     * Renders title, subtitle, highlights and the contents of the report.
     *
     * @param report to summarise.
     * @param style  of the terminal.
     * @return lines of at most {@link TextTable#WIDTH} columns, each ended by a line feed.
     */
    public static String render(final Report report, final Style style) {
        final StringBuilder text = new StringBuilder();
        text.append(style.heading(report.title())).append('\n');
        TextTable.appendWrapped(text, report.subtitle());
        text.append('\n');
        for (final Report.Highlight highlight : report.highlights()) {
            text.append(highlight.label()).append(": ");
            text.append(style.value(highlight.value())).append('\n');
            indented(text, highlight.note());
        }
        text.append('\n').append(style.heading(contents(report))).append('\n');
        indented(
                text,
                report.sections().stream()
                        .map(Section::title)
                        .map(SummaryText::unbroken)
                        .collect(Collectors.joining(", ")));
        return text.toString().replace('\u00A0', ' ');
    }

    private static String contents(final Report report) {
        final int tables = report.sections().stream()
                .mapToInt(section -> section.tables().size())
                .sum();
        final int charts = report.sections().stream()
                .mapToInt(section -> section.charts().size())
                .sum();
        return "The report has " + tables + " tables and " + charts + " charts in "
                + report.sections().size() + " chapters";
    }

    /** Keeps a title on one line. */
    private static String unbroken(final String title) {
        return title.replace(' ', '\u00A0');
    }

    private static void indented(final StringBuilder text, final String paragraph) {
        if (!paragraph.isBlank()) {
            Wrap.lines(paragraph, TextTable.WIDTH - INDENT.length(), String::length)
                    .forEach(line -> text.append(INDENT).append(line).append('\n'));
        }
    }
}
