package io.tollgate.duckdb;

import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/** Rows on their way to DuckDB, column by column. One thread at a time. */
final class RowChunk {
    /** The number of rows that DuckDB takes at a time. */
    static final int LENGTH = 2_048;

    private static final byte[] EMPTY = new byte[0];

    private final ColumnType[] types;
    private final long[][] numbers;
    private final byte[][] scales;
    private final byte[][][] texts;
    private final String[] lastTexts;
    private final byte[][] lastBytes;
    private final boolean[][] nulls;
    private int rows;

    RowChunk(final List<Column> columns) {
        final int count = columns.size();
        types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
        numbers = new long[count][LENGTH];
        scales = new byte[count][LENGTH];
        texts = new byte[count][][];
        for (int i = 0; i < count; i++) {
            texts[i] = types[i] == ColumnType.TEXT ? new byte[LENGTH][] : new byte[0][];
        }
        lastTexts = new String[count];
        lastBytes = new byte[count][];
        nulls = new boolean[count][LENGTH];
    }

    void text(final int column, final String value) {
        if (lastTexts[column] != value) {
            lastTexts[column] = value;
            lastBytes[column] = value.getBytes(StandardCharsets.UTF_8);
        }
        texts[column][rows] = lastBytes[column];
    }

    /** Sets an integer, an instant, or the bits of a double. */
    void number(final int column, final long value) {
        numbers[column][rows] = value;
    }

    void decimal(final int column, final long scaled, final int scale) {
        numbers[column][rows] = scaled;
        scales[column][rows] = (byte) scale;
    }

    void empty(final int column) {
        nulls[column][rows] = true;
        if (types[column] == ColumnType.TEXT) {
            texts[column][rows] = EMPTY;
        }
    }

    /** Ends a row. Returns true if the chunk is full. */
    boolean endRow() {
        return ++rows == LENGTH;
    }

    int rows() {
        return rows;
    }

    /** Passes the rows to DuckDB, as far as it asks for their columns. */
    void copyTo(final DuckDBDataChunkWriter target, final int[] columns) {
        for (int i = 0; i < columns.length; i++) {
            copy(columns[i], target.vector(i));
        }
    }

    private void copy(final int column, final DuckDBWritableVector vector) {
        final boolean[] isNull = nulls[column];
        final long[] values = numbers[column];
        if (types[column] == ColumnType.TEXT) {
            // One call for all rows is several times as fast as one for each.
            vector.setStringUtf8Batch(0, Arrays.copyOf(texts[column], rows));
        }
        for (int row = 0; row < rows; row++) {
            if (isNull[row]) {
                vector.setNull(row);
                continue;
            }
            switch (types[column]) {
                case INT -> vector.setInt(row, (int) values[row]);
                case LONG, INSTANT -> vector.setLong(row, values[row]);
                case DOUBLE -> vector.setDouble(row, Double.longBitsToDouble(values[row]));
                case DECIMAL -> vector.setBigDecimal(row, BigDecimal.valueOf(values[row], scales[column][row]));
                default -> {} // Text is set above.
            }
        }
    }
}
