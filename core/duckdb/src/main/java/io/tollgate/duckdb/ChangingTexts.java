package io.tollgate.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * The columns of text of a table. JDBC makes a string of every value that it fetches, which takes several times as long
 * as a number, and mostly repeats the row before. So a query of its own returns only the rows in which a text changes,
 * and the query of the other columns tells which these are. One thread at a time.
 */
final class ChangingTexts implements AutoCloseable {
    private final List<String> columns;
    private final String[] current;
    private final DuckDBConnection connection;
    private final Statement statement;
    private final ResultSet changes;

    /**
     * Starts the query.
     *
     * @param source  the table in SQL.
     * @param columns expressions in SQL, at least one.
     */
    ChangingTexts(final DuckDBConnection database, final String source, final List<String> columns)
            throws SQLException {
        this.columns = columns;
        current = new String[columns.size()];
        Arrays.fill(current, "");
        connection = database.duplicate();
        statement = connection.createStatement();
        changes = statement.executeQuery(
                "SELECT " + String.join(", ", columns) + " FROM " + source + " QUALIFY " + change(columns));
    }

    /** Returns the condition, in SQL, that a text differs from the row before. The first row follows nulls. */
    static String change(final List<String> columns) {
        return columns.stream()
                .map(column -> column + " IS DISTINCT FROM lag(" + column + ") OVER ()")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Moves to the next row in which a text changes. */
    void next() throws SQLException {
        if (!changes.next()) {
            throw new SQLException("fewer rows with other texts than before; the file has changed meanwhile");
        }
        for (int i = 0; i < current.length; i++) {
            final String text = changes.getString(i + 1);
            // A text that stays remains the same object.
            if (!current[i].equals(text)) {
                current[i] = text == null ? "" : text;
            }
        }
    }

    String text(final int column) {
        return current[column];
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                statement) {
            changes.close();
        }
    }
}
