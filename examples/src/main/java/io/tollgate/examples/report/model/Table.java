package io.tollgate.examples.report.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A table of text cells. Immutable.
 *
 * @param title   content of the rows, in one line.
 * @param columns one or more.
 * @param rows    each with one cell for each column; may be empty.
 * @param note    information needed to use the numbers (instants, denominators); may be empty.
 */
public record Table(String title, List<Column> columns, List<Row> rows, String note) {
    /**
     * Copies the lists and checks the shape.
     *
     * @throws IllegalArgumentException if there is no column, or the number of cells in a row differs from the number
     *                                  of columns.
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
     * Returns true if a row needs a remark because its numbers are not verified.
     *
     * @return true if at least one row is unverified.
     */
    public boolean hasUnverifiedRow() {
        return rows.stream().anyMatch(row -> !row.verified());
    }

    /** The alignment of the cells in a column. */
    public enum Alignment {
        /** Text: aligned left, and may be wrapped. */
        LEFT,
        /** Numbers: aligned right, and wrapped only if there is no other way. */
        RIGHT
    }

    /**
     * A column.
     *
     * @param heading   name of the column, with the unit if it has one; may be empty.
     * @param alignment left for text, right for numbers.
     */
    public record Column(String heading, Alignment alignment) {
        /** Checks that no component is missing. */
        public Column {
            Objects.requireNonNull(heading, "heading");
            Objects.requireNonNull(alignment, "alignment");
        }

        /**
         * Creates a column of text.
         *
         * @param heading name of the column.
         * @return the column, aligned left.
         */
        public static Column text(final String heading) {
            return new Column(heading, Alignment.LEFT);
        }

        /**
         * Creates a column of numbers.
         *
         * @param heading name of the column, with its unit.
         * @return the column, aligned right.
         */
        public static Column number(final String heading) {
            return new Column(heading, Alignment.RIGHT);
        }
    }

    /**
     * A row.
     *
     * @param cells    one for each column; {@code [3]} in a cell refers to the report's third source.
     * @param verified false if a number was not checked against its source; the row is then marked.
     */
    public record Row(List<String> cells, boolean verified) {
        /** Copies the cells. */
        public Row {
            cells = List.copyOf(cells);
        }

        /**
         * Creates a row whose numbers were checked against their source.
         *
         * @param cells one for each column.
         * @return the row.
         */
        public static Row of(final String... cells) {
            return new Row(Arrays.asList(cells), true);
        }

        /**
         * Creates a row with a number that was not checked against its source.
         *
         * @param cells one for each column.
         * @return the row, shown with a mark.
         */
        public static Row unverified(final String... cells) {
            return new Row(Arrays.asList(cells), false);
        }
    }
}
