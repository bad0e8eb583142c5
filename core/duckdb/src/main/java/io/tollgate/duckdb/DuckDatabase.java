package io.tollgate.duckdb;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/** Opens databases in memory that load no extensions. */
final class DuckDatabase {
    private DuckDatabase() {}

    static DuckDBConnection open() throws SQLException {
        final Properties options = new Properties();
        // Results are read as they are computed, and not collected before.
        options.setProperty("jdbc_stream_results", "true");
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", options);
    }

    static void execute(final DuckDBConnection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns text as a literal of SQL. */
    static String literal(final String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
