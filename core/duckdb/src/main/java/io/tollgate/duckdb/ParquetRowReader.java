package io.tollgate.duckdb;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.text.ShortestDecimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBConnection;

/**
 * Reads a Parquet file. Timestamps without a time zone count as UTC. Memory is bounded. One thread at a time.
 */
public final class ParquetRowReader extends RowReader {
    private final Path file;
    private final long length;
    private final DuckDBConnection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final List<String> columns = new ArrayList<>();
    private final List<Form> forms = new ArrayList<>();
    private long rowNumber;

    /** How the values of a column are read. */
    private enum Form {
        TEXT,
        INTEGER,
        DECIMAL,
        REAL,
        INSTANT
    }

    /**
     * Opens a file.
     *
     * @param file to read.
     * @throws FileFormatException if it is not a Parquet file.
     * @throws IOException         if it cannot be read.
     */
    public ParquetRowReader(final Path file) throws IOException {
        this.file = file;
        length = Files.size(file);
        DuckDBConnection opened = null;
        try {
            opened = DuckDatabase.open();
            connection = opened;
            final String source = "read_parquet(" + DuckDatabase.literal(file.toString()) + ")";
            final String query = describe(source);
            statement = connection.createStatement();
            rows = statement.executeQuery(query);
        } catch (final SQLException e) {
            final FileFormatException refused =
                    new FileFormatException(0, "cannot be read as Parquet: " + firstLine(e));
            refused.initCause(e);
            close(opened, refused);
            throw refused;
        }
    }

    private static void close(final DuckDBConnection opened, final Exception reason) {
        if (opened != null) {
            try {
                opened.close();
            } catch (final SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private static String firstLine(final SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Returns the query of all columns: nanoseconds leave as integers, and rare types as text. */
    private String describe(final String source) throws SQLException {
        final List<String> selected = new ArrayList<>();
        try (Statement described = connection.createStatement();
                ResultSet types = described.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (types.next()) {
                final String name = types.getString(1);
                final Form form = form(types.getString(2).toUpperCase(Locale.ROOT));
                columns.add(name);
                forms.add(form);
                selected.add(
                        switch (form) {
                            case INSTANT -> "epoch_ns(" + ChunkFunction.quoted(name) + ")";
                            case TEXT -> ChunkFunction.quoted(name) + "::VARCHAR";
                            default -> ChunkFunction.quoted(name);
                        });
            }
        }
        return "SELECT " + String.join(", ", selected) + " FROM " + source;
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

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public boolean next() throws IOException {
        try {
            rowNumber++;
            return rows.next();
        } catch (final SQLException e) {
            throw new IOException(file + ": cannot be read: " + firstLine(e), e);
        }
    }

    @Override
    public long rowNumber() {
        return rowNumber;
    }

    /** {@return an empty text: a damaged file has no row} */
    @Override
    public String fault() {
        return "";
    }

    @Override
    public String rowText() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "" : " ").append(columns.get(i)).append('=').append(text(i));
        }
        return text.toString();
    }

    /** {@return the length of the file, because DuckDB does not tell its place} */
    @Override
    public long byteCount() {
        return length;
    }

    private <T> T read(final Reading<T> reading, final int column) {
        try {
            return reading.read(rows, column + 1);
        } catch (final SQLException e) {
            throw new IllegalStateException(file + ": column=" + columns.get(column) + " cannot be read", e);
        }
    }

    /** Reads a value of the current row. */
    private interface Reading<T> {
        T read(ResultSet row, int index) throws SQLException;
    }

    @Override
    public boolean isEmpty(final int column) {
        return text(column).isEmpty();
    }

    @Override
    public String text(final int column) {
        final String text = read(
                (row, index) -> switch (forms.get(column)) {
                    case TEXT, INTEGER -> row.getString(index);
                    case DECIMAL -> plain(row.getBigDecimal(index));
                    case REAL -> real(row, index);
                    case INSTANT -> instant(row, index);
                },
                column);
        return text == null ? "" : text;
    }

    private static String plain(final BigDecimal value) {
        return value == null ? "" : value.stripTrailingZeros().toPlainString();
    }

    private static String real(final ResultSet row, final int index) throws SQLException {
        final double value = row.getDouble(index);
        if (row.wasNull()) {
            return "";
        }
        return Double.isFinite(value) ? ShortestDecimal.of(value) : Double.toString(value);
    }

    private static String instant(final ResultSet row, final int index) throws SQLException {
        final long instantNs = row.getLong(index);
        return row.wasNull() ? "" : Instants.format(instantNs);
    }

    @Override
    public long instantNs(final int column) {
        return forms.get(column) == Form.INSTANT && !isEmpty(column)
                ? Instants.requireInRange(read(ResultSet::getLong, column))
                : super.instantNs(column);
    }

    @Override
    public long scaled(final int column, final int scale) {
        final BigDecimal value = forms.get(column) == Form.DECIMAL ? read(ResultSet::getBigDecimal, column) : null;
        return value == null ? super.scaled(column, scale) : Decimals.scaled(value, scale, RoundingMode.UNNECESSARY);
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            try (statement) {
                rows.close();
            }
        } catch (final SQLException e) {
            throw new IOException(file + ": cannot be closed: " + firstLine(e), e);
        }
    }
}
