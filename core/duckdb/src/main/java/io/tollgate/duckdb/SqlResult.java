package io.tollgate.duckdb;

import io.tollgate.api.series.Instants;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query, for files. One thread at a time. */
public final class SqlResult {
    private final ResultSet rows;
    private final List<Column> columns = new ArrayList<>();
    private final List<Boolean> hasOffset = new ArrayList<>();

    /**
     * Reads the columns of a result.
     *
     * @param rows of the query, before the first one.
     * @throws SQLException if the columns cannot be read.
     */
    public SqlResult(final ResultSet rows) throws SQLException {
        this.rows = rows;
        final ResultSetMetaData found = rows.getMetaData();
        for (int i = 1; i <= found.getColumnCount(); i++) {
            final String type = found.getColumnTypeName(i);
            hasOffset.add(type.equals("TIMESTAMP WITH TIME ZONE"));
            columns.add(new Column(
                    found.getColumnName(i),
                    type.startsWith("TIMESTAMP")
                            ? ColumnType.INSTANT
                            : type(found.getColumnType(i), found.getScale(i))));
        }
    }

    private static ColumnType type(final int sqlType, final int scale) {
        return switch (sqlType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> ColumnType.INT;
            case Types.BIGINT -> ColumnType.LONG;
            case Types.FLOAT, Types.REAL, Types.DOUBLE -> ColumnType.DOUBLE;
            case Types.DECIMAL ->
                // Sums have 38 digits: their values are checked one by one.
                scale <= Column.DECIMAL_SCALE ? ColumnType.DECIMAL : ColumnType.TEXT;
            default -> ColumnType.TEXT;
        };
    }

    /** {@return the columns; types without a counterpart are text} */
    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /**
     * Writes all rows.
     *
     * @param writer of a table with these columns; it stays open.
     * @return the number of rows.
     * @throws SQLException if a row cannot be read.
     * @throws IOException  if the file cannot be written, or a decimal has more digits than it can take.
     */
    public long writeTo(final RowWriter writer) throws SQLException, IOException {
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < columns.size(); i++) {
                write(writer, i);
            }
            writer.endRow();
            count++;
        }
        return count;
    }

    private void write(final RowWriter writer, final int column) throws SQLException, IOException {
        final int index = column + 1;
        if (rows.getObject(index) == null) {
            writer.empty();
            return;
        }
        switch (columns.get(column).type()) {
            case TEXT -> writer.text(rows.getString(index));
            case INT, LONG -> writer.integer(rows.getLong(index));
            case INSTANT -> writer.instant(instantNs(column));
            case DECIMAL -> decimal(writer, rows.getBigDecimal(index));
            default -> real(writer, rows.getDouble(index));
        }
    }

    private long instantNs(final int column) throws SQLException {
        return Instants.of(
                hasOffset.get(column)
                        ? rows.getObject(column + 1, OffsetDateTime.class).toInstant()
                        : rows.getObject(column + 1, LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static void decimal(final RowWriter writer, final BigDecimal value) throws IOException {
        final BigDecimal plain = value.stripTrailingZeros();
        final BigDecimal exact = plain.scale() < 0 ? plain.setScale(0) : plain;
        if (exact.unscaledValue().bitLength() >= Long.SIZE) {
            throw new IOException("value=" + exact.toPlainString()
                    + ", expected at most 18 digits; cast the column to VARCHAR or DOUBLE in the query");
        }
        writer.decimal(exact.unscaledValue().longValueExact(), exact.scale());
    }

    /** A file of text has no form for NaN and infinities. */
    private static void real(final RowWriter writer, final double value) throws IOException {
        if (Double.isFinite(value)) {
            writer.real(value);
        } else {
            writer.empty();
        }
    }
}
