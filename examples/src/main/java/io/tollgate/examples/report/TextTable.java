package io.tollgate.examples.report;

import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Alignment;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import io.tollgate.examples.report.paint.Numbers;
import io.tollgate.examples.report.paint.Wrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Renders a table as text for a terminal of {@value #WIDTH} columns. No line is longer and no cell is cut. Cells are
 * wrapped if necessary, text columns first. The frame is ASCII; a code point of a cell counts as one column.
 * Thread-safe.
 */
public final class TextTable {
    /** Columns of the terminal. */
    public static final int WIDTH = 80;

    private static final String GAP = "  ";
    private static final int LEAST_TEXT = 8;
    private static final String MARK = " *";

    private TextTable() {}

    /**
     * Renders a table: title, headings, rows, note. An unverified row has a {@code *} after its first cell.
     *
     * @param table at most 27 columns.
     * @return lines, each ended by a line feed.
     * @throws IllegalArgumentException if there are more columns than fit with one character each.
     */
    public static String render(final Table table) {
        final int[] widths = widths(table);
        final StringBuilder text = new StringBuilder();
        appendWrapped(text, table.title());
        appendRow(text, table, widths, headings(table));
        final String[] rules = Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
        text.append(String.join(GAP, rules)).append('\n');
        for (final Row row : table.rows()) {
            appendRow(text, table, widths, cells(table, row));
        }
        if (table.hasUnverifiedRow()) {
            text.append("* not checked against its source\n");
        }
        if (!table.note().isBlank()) {
            appendWrapped(text, table.note());
        }
        return text.toString();
    }

    static void appendWrapped(final StringBuilder text, final String paragraph) {
        Wrap.lines(paragraph, WIDTH, TextTable::length)
                .forEach(line -> text.append(line).append('\n'));
    }

    private static List<String> headings(final Table table) {
        return table.columns().stream().map(Column::heading).toList();
    }

    private static List<String> cells(final Table table, final Row row) {
        final List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            final boolean isNumber = table.columns().get(i).alignment() == Alignment.RIGHT;
            cells.add(
                    isNumber ? Numbers.grouped(row.cells().get(i)) : row.cells().get(i));
        }
        if (!row.verified()) {
            cells.set(0, cells.get(0) + MARK);
        }
        return cells;
    }

    /**
     * Starts with the preferred widths. Narrows the widest text column repeatedly, then the widest of all columns,
     * until the table fits. A column becomes narrower than its longest word only if there is no other way.
     */
    private static int[] widths(final Table table) {
        final int count = table.columns().size();
        final int room = WIDTH - GAP.length() * (count - 1);
        if (room < count) {
            throw new IllegalArgumentException("table=" + table.title() + ": columns=" + count
                    + ", expected at most 27 for " + WIDTH + " columns of a terminal");
        }
        final int[] widths = new int[count];
        final int[] words = new int[count];
        final int[] textAlone = new int[count];
        for (int i = 0; i < count; i++) {
            widths[i] = wanted(table, i);
            words[i] = longestWord(table, i);
            final boolean isText = table.columns().get(i).alignment() == Alignment.LEFT;
            textAlone[i] = isText ? Math.max(LEAST_TEXT, words[i]) : widths[i];
        }
        shrink(widths, textAlone, room);
        shrink(widths, words, room);
        shrink(widths, new int[count], room);
        return widths;
    }

    /** Narrows the widest column repeatedly until all columns fit or each has its minimum width. */
    private static void shrink(final int[] widths, final int[] least, final int room) {
        while (Arrays.stream(widths).sum() > room) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int longestWord(final Table table, final int column) {
        return Stream.concat(
                        Stream.of(table.columns().get(column).heading()),
                        table.rows().stream().map(row -> cells(table, row).get(column)))
                .flatMap(cell -> Arrays.stream(cell.strip().split("\\s+")))
                .mapToInt(TextTable::length)
                .max()
                .orElse(1);
    }

    /** Returns the preferred width: the widest cell, or the longest word of the heading. */
    private static int wanted(final Table table, final int column) {
        final Column head = table.columns().get(column);
        int wanted = 1;
        for (final String word : head.heading().split("\\s+")) {
            wanted = Math.max(wanted, length(word));
        }
        for (final Row row : table.rows()) {
            wanted = Math.max(wanted, length(cells(table, row).get(column).strip()));
        }
        return wanted;
    }

    private static void appendRow(
            final StringBuilder text, final Table table, final int[] widths, final List<String> cells) {
        final List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            wrapped.add(Wrap.lines(cells.get(i), widths[i], TextTable::length));
        }
        final int height = wrapped.stream().mapToInt(List::size).max().orElseThrow();
        for (int line = 0; line < height; line++) {
            final StringBuilder joined = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                final List<String> lines = wrapped.get(i);
                final String part = line < lines.size() ? lines.get(line) : "";
                final String padding = " ".repeat(widths[i] - length(part));
                final boolean right = table.columns().get(i).alignment() == Alignment.RIGHT;
                joined.append(i == 0 ? "" : GAP).append(right ? padding + part : part + padding);
            }
            text.append(joined.toString().stripTrailing()).append('\n');
        }
    }

    private static int length(final String text) {
        return text.codePointCount(0, text.length());
    }
}
