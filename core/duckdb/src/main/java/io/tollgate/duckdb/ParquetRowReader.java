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
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.duckdb.DuckDBConnection;

/**
 * Reads a Parquet file. Timestamps without a time zone count as UTC. Memory is bounded. One thread at a time.
 */
public final class ParquetRowReader extends RowReader {
    /** Its text is read instead: the smallest integer is no instant, and read from text as well as any other. */
    private static final long ABSENT = Long.MIN_VALUE;

    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private final Path file;
    private final long length;
    private final DuckDBConnection connection;
    private List<String> names = List.of();
    private ParquetColumns.Column[] columns = {};
    private Statement statement;
    private ResultSet rows;
    /** The current text of each column of text, empty for others. */
    private String[] texts = {};

    private long rowCount;
    private long rowNumber;

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
        try {
            connection = DuckDatabase.open();
        } catch (final SQLException e) {
            throw refused(e);
        }
        try {
            open("read_parquet(" + DuckDatabase.literal(file.toString()) + ")");
        } catch (final SQLException e) {
            final FileFormatException refused = refused(e);
            try {
                close();
            } catch (final IOException closing) {
                refused.addSuppressed(closing);
            }
            throw refused;
        }
    }

    private static FileFormatException refused(final SQLException e) {
        final FileFormatException refused = new FileFormatException(0, "cannot be read as Parquet: " + firstLine(e));
        refused.initCause(e);
        return refused;
    }

    private void open(final String source) throws SQLException {
        statement = connection.createStatement();
        try (ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + source)) {
            counted.next();
            rowCount = counted.getLong(1);
        }
        final ParquetColumns found = ParquetColumns.of(statement, source);
        names = found.names();
        columns = found.all().toArray(new ParquetColumns.Column[0]);
        texts = new String[columns.length];
        Arrays.fill(texts, "");
        rows = statement.executeQuery("SELECT " + found.selected() + " FROM " + source);
    }

    private static String firstLine(final SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public List<String> columns() {
        return names;
    }

    @Override
    public boolean next() throws IOException {
        try {
            rowNumber++;
            if (!rows.next()) {
                return false;
            }
            for (int i = 0; i < texts.length; i++) {
                final ParquetColumns.Column read = columns[i];
                final String changed = read.form() == ParquetColumns.Form.TEXT ? rows.getString(read.index()) : null;
                texts[i] = changed == null ? texts[i] : changed;
            }
            return true;
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
        for (int i = 0; i < columns.length; i++) {
            text.append(i == 0 ? "" : " ").append(names.get(i)).append('=').append(text(i));
        }
        return text.toString();
    }

    /** {@return the share of the length of the file that the rows so far have of all} */
    @Override
    public long byteCount() {
        return rowCount == 0 ? length : (long) ((double) length * Math.min(rowNumber, rowCount) / rowCount);
    }

    @Override
    public boolean isEmpty(final int column) {
        final ParquetColumns.Column read = columns[column];
        try {
            switch (read.form()) {
                case TEXT:
                    return texts[column].isEmpty();
                case DECIMAL:
                    return read.decimal(rows) == null;
                default:
                    rows.getLong(read.index());
                    return rows.wasNull();
            }
        } catch (final SQLException e) {
            throw unreadable(read, e);
        }
    }

    private IllegalStateException unreadable(final ParquetColumns.Column column, final SQLException e) {
        return new IllegalStateException(file + ": column=" + column.name() + " cannot be read", e);
    }

    @Override
    public String text(final int column) {
        final ParquetColumns.Column read = columns[column];
        if (read.form() == ParquetColumns.Form.TEXT) {
            return texts[column];
        }
        if (isEmpty(column)) {
            return "";
        }
        try {
            return switch (read.form()) {
                case DECIMAL -> read.decimal(rows).stripTrailingZeros().toPlainString();
                case REAL -> real(rows.getDouble(read.index()));
                case INSTANT -> Instants.format(rows.getLong(read.index()));
                default -> Long.toString(rows.getLong(read.index()));
            };
        } catch (final SQLException e) {
            throw unreadable(read, e);
        }
    }

    private static String real(final double value) {
        return Double.isFinite(value) ? ShortestDecimal.of(value) : Double.toString(value);
    }

    @Override
    public long integer(final int column) {
        final long value = number(column, ParquetColumns.Form.INTEGER);
        return value != ABSENT ? value : super.integer(column);
    }

    @Override
    public long instantNs(final int column) {
        final long instantNs = number(column, ParquetColumns.Form.INSTANT);
        return instantNs != ABSENT ? Instants.requireInRange(instantNs) : super.instantNs(column);
    }

    /** Returns a number of the given form, {@link #ABSENT} if the column is of another form, or empty. */
    private long number(final int column, final ParquetColumns.Form form) {
        final ParquetColumns.Column read = columns[column];
        if (read.form() != form) {
            return ABSENT;
        }
        try {
            final long value = rows.getLong(read.index());
            return value == 0 && rows.wasNull() ? ABSENT : value;
        } catch (final SQLException e) {
            throw unreadable(read, e);
        }
    }

    @Override
    public long scaled(final int column, final int scale) {
        final ParquetColumns.Column read = columns[column];
        try {
            final BigDecimal value = read.form() == ParquetColumns.Form.DECIMAL ? read.decimal(rows) : null;
            return value == null ? super.scaled(column, scale) : scaled(value, scale);
        } catch (final SQLException e) {
            throw unreadable(read, e);
        }
    }

    /** A value of 64 bits without more digits than the scale, as nearly all, needs no other number. */
    private static long scaled(final BigDecimal value, final int scale) {
        final int surplus = value.scale() - scale;
        if (surplus >= 0 && surplus < POWERS.length && value.precision() < POWERS.length) {
            final long unscaled = value.unscaledValue().longValue();
            if (unscaled % POWERS[surplus] == 0) {
                return unscaled / POWERS[surplus];
            }
        }
        return Decimals.scaled(value, scale, RoundingMode.UNNECESSARY);
    }

    @Override
    public void close() throws IOException {
        final ResultSet closedRows = rows;
        final Statement closedStatement = statement;
        try (connection;
                closedStatement) {
            if (closedRows != null) {
                closedRows.close();
            }
        } catch (final SQLException e) {
            throw new IOException(file + ": cannot be closed: " + firstLine(e), e);
        }
    }
}
