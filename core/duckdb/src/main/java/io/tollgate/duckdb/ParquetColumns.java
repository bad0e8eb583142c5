package io.tollgate.duckdb;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of a Parquet file, and the expressions in SQL that read them: nanoseconds leave as integers, and rare
 * types as text.
 *
 * <p>JDBC makes a string of every text that it fetches, which takes several times as long as a number. So a text that
 * repeats the row before leaves as null, and an empty one as a text without characters.
 *
 * @param all      the columns in their order.
 * @param selected the expressions of all columns.
 */
record ParquetColumns(List<Column> all, String selected) {
    /** Digits of a decimal that DuckDB keeps as 64 bits. Wider ones take ten times as long to fetch. */
    private static final int LONG_PRECISION = 18;

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    /** How the values of a column are read. */
    enum Form {
        TEXT,
        INTEGER,
        DECIMAL,
        REAL,
        INSTANT
    }

    /**
     * A column.
     *
     * @param index     place in the result, from 1.
     * @param wideIndex place of the decimals that are too wide for {@code index}, 0 if there are none.
     */
    record Column(String name, Form form, int index, int wideIndex) {
        /** Returns a decimal of the current row, null if it is empty. */
        BigDecimal decimal(final ResultSet row) throws SQLException {
            final BigDecimal value = row.getBigDecimal(index);
            return value == null && wideIndex > 0 ? row.getBigDecimal(wideIndex) : value;
        }
    }

    static ParquetColumns of(final Statement statement, final String source) throws SQLException {
        final List<Column> all = new ArrayList<>();
        final List<String> selected = new ArrayList<>();
        try (ResultSet types = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (types.next()) {
                final String name = types.getString(1);
                final String type = types.getString(2).toUpperCase(Locale.ROOT);
                final String column = ChunkFunction.quoted(name);
                final Form form = form(type);
                final Matcher decimal = DECIMAL.matcher(type);
                final int scale = decimal.matches() ? Integer.parseInt(decimal.group(2)) : 0;
                final boolean isWide = decimal.matches()
                        && Integer.parseInt(decimal.group(1)) > LONG_PRECISION
                        && scale <= LONG_PRECISION;
                all.add(new Column(name, form, selected.size() + 1, isWide ? selected.size() + 2 : 0));
                if (isWide) {
                    selected.add("TRY_CAST(" + column + " AS DECIMAL(" + LONG_PRECISION + ", " + scale + "))");
                }
                selected.add(
                        switch (form) {
                            case TEXT -> changed(column + "::VARCHAR");
                            case INSTANT -> "epoch_ns(" + column + ")";
                            default -> column;
                        });
            }
        }
        return new ParquetColumns(List.copyOf(all), String.join(", ", selected));
    }

    /** Returns the text, and null if the row before has it too. The first row follows nulls. */
    private static String changed(final String text) {
        return "CASE WHEN " + text + " IS DISTINCT FROM lag(" + text + ") OVER () THEN coalesce(" + text + ", '') END";
    }

    private static Form form(final String type) {
        if (type.startsWith("TIMESTAMP")) {
            return Form.INSTANT;
        }
        if (type.startsWith("DECIMAL")) {
            return Form.DECIMAL;
        }
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> Form.INTEGER;
            case "DOUBLE" -> Form.REAL;
            default -> Form.TEXT;
        };
    }

    Column get(final int column) {
        return all.get(column);
    }

    List<String> names() {
        return all.stream().map(Column::name).toList();
    }
}
