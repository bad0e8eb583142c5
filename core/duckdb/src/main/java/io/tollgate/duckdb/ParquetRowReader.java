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
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private final Path file;
    private final long length;
    private final DuckDBConnection connection;
    private List<String> names = List.of();
    private ParquetColumns.Column[] columns = {};
    private Statement statement;
    private ResultSet rows;
    /** The current text of each column of text. */
    private String[] texts = {};

    /** The current integer or instant in ns of each column of such, or the bits of its double. */
    private long[] numbers = {};

    /** The current decimal of each column of decimals, null if it is empty. */
    private BigDecimal[] decimals = {};

    /** True for each column that is empty in the current row. */
    private boolean[] empty = {};

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
            // The rows come in the order of the file, which one thread keeps with half the work of two.
            DuckDatabase.execute(connection, "SET threads = 1");
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
        numbers = new long[columns.length];
        decimals = new BigDecimal[columns.length];
        empty = new boolean[columns.length];
        Arrays.fill(empty, true);
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
            for (int i = 0; i < columns.length; i++) {
                fetch(i);
            }
            return true;
        } catch (final SQLException e) {
            throw new IOException(file + ": cannot be read: " + firstLine(e), e);
        }
    }

    private void fetch(final int column) throws SQLException {
        final ParquetColumns.Column read = columns[column];
        switch (read.form()) {
            case TEXT -> {
                final String changed = rows.getString(read.index());
                if (changed != null) {
                    texts[column] = changed;
                    empty[column] = changed.isEmpty();
                }
            }
            case DECIMAL -> {
                decimals[column] = read.decimal(rows);
                empty[column] = decimals[column] == null;
            }
            default -> {
                numbers[column] = read.form() == ParquetColumns.Form.REAL
                        ? Double.doubleToRawLongBits(rows.getDouble(read.index()))
                        : rows.getLong(read.index());
                empty[column] = numbers[column] == 0 && rows.wasNull();
            }
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
        return empty[column];
    }

    @Override
    public String text(final int column) {
        if (empty[column]) {
            return "";
        }
        return switch (columns[column].form()) {
            case TEXT -> texts[column];
            case DECIMAL -> decimals[column].stripTrailingZeros().toPlainString();
            case REAL -> real(Double.longBitsToDouble(numbers[column]));
            case INSTANT -> Instants.format(numbers[column]);
            case INTEGER -> Long.toString(numbers[column]);
        };
    }

    private static String real(final double value) {
        return Double.isFinite(value) ? ShortestDecimal.of(value) : Double.toString(value);
    }

    @Override
    public long integer(final int column) {
        return has(column, ParquetColumns.Form.INTEGER) ? numbers[column] : super.integer(column);
    }

    @Override
    public long instantNs(final int column) {
        return has(column, ParquetColumns.Form.INSTANT)
                ? Instants.requireInRange(numbers[column])
                : super.instantNs(column);
    }

    @Override
    public long scaled(final int column, final int scale) {
        return has(column, ParquetColumns.Form.DECIMAL) ? scaled(decimals[column], scale) : super.scaled(column, scale);
    }

    private boolean has(final int column, final ParquetColumns.Form form) {
        return columns[column].form() == form && !empty[column];
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
