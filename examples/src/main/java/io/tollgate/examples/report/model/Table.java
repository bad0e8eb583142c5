package io.tollgate.examples.report.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A table of text cells. Immutable.
 *
 * @param title what the rows are, in one line.
 * @param columns one or more.
 * @param rows each with one cell a column; may be empty.
 * @param note what a reader must know to use the numbers (instants, denominators); may be empty.
 */
public record Table(String title, List<Column> columns, List<Row> rows, String note) {
    /**
     * Copies the lists and checks the shape.
     *
     * @throws IllegalArgumentException if there is no column, or a row has another number of cells.
     */
    public Table {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(note, "note");
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table=" + title + ": columns=0, expected at least one");
        }
        for (final Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("table=" + title + ": cells="
                        + row.cells().size() + " in row " + row.cells() + ", expected columns=" + columns.size());
            }
        }
    }

    /**
     * Whether a row needs a remark because its numbers are not verified.
     *
     * @return true if one row or more is unverified.
     */
    public boolean hasUnverifiedRow() {
        return rows.stream().anyMatch(row -> !row.verified());
    }

    /** On which side of a column its cells stand. */
    public enum Alignment {
        /** Text: cells start at the left edge, and may be wrapped. */
        LEFT,
        /** Numbers: cells end at the right edge, and are wrapped only where nothing else helps. */
        RIGHT
    }

    /**
     * A column.
     *
     * @param heading names the column, with the unit where it has one; may be empty.
     * @param alignment left for text, right for numbers.
     */
    public record Column(String heading, Alignment alignment) {
        /** Checks that both are there. */
        public Column {
            Objects.requireNonNull(heading, "heading");
            Objects.requireNonNull(alignment, "alignment");
        }

        /**
         * A column of text.
         *
         * @param heading names the column.
         * @return the column, aligned left.
         */
        public static Column text(final String heading) {
            return new Column(heading, Alignment.LEFT);
        }

        /**
         * A column of numbers.
         *
         * @param heading names the column, with its unit.
         * @return the column, aligned right.
         */
        public static Column number(final String heading) {
            return new Column(heading, Alignment.RIGHT);
        }
    }

    /**
     * A row.
     *
     * @param cells one a column; {@code [3]} in a cell refers to the report's third source.
     * @param verified false if a number in it was not checked against its source: the row is then marked.
     */
    public record Row(List<String> cells, boolean verified) {
        /** Copies the cells. */
        public Row {
            cells = List.copyOf(cells);
        }

        /**
         * A row whose numbers were checked against their source.
         *
         * @param cells one a column.
         * @return the row.
         */
        public static Row of(final String... cells) {
            return new Row(Arrays.asList(cells), true);
        }

        /**
         * A row with a number that was not checked against its source.
         *
         * @param cells one a column.
         * @return the row, to be shown with a mark.
         */
        public static Row unverified(final String... cells) {
            return new Row(Arrays.asList(cells), false);
        }
    }
}
