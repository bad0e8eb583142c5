package io.tollgate.data.table;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import java.io.Closeable;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.List;

/**
 * Reads the rows of a file, from first to last. A row that cannot be read is returned with its {@linkplain #fault()
 * fault}, and reading continues with the next row. One thread at a time.
 *
 * <p>Every value has a text. The typed methods of a format with typed columns avoid it.
 */
public abstract class RowReader implements Closeable {
    /** Creates a reader before the first row. */
    protected RowReader() {}

    /** {@return the names of the columns, unmodifiable} */
    public abstract List<String> columns();

    /**
     * Moves to the next row.
     *
     * @return false at the end of the file.
     * @throws IOException if the file cannot be read, or is damaged.
     */
    public abstract boolean next() throws IOException;

    /** {@return the number of the row for messages: its first line in a text file, otherwise its place from 1} */
    public abstract long rowNumber();

    /** {@return the reason why the row cannot be read, empty if it can} */
    public abstract String fault();

    /** {@return the row as text, as in the file if that is a text file} */
    public abstract String rowText();

    /** {@return the number of bytes read so far, for progress} */
    public abstract long byteCount();

    /**
     * Returns true if a value is empty: blank or null.
     *
     * @param column index of the column.
     * @return true if it is.
     */
    public abstract boolean isEmpty(int column);

    /**
     * Returns the text of a value.
     *
     * @param column index of the column.
     * @return the text; instants as ISO-8601 in UTC, decimals as plain numbers; empty for an empty value.
     */
    public abstract String text(int column);

    /**
     * Returns an integer.
     *
     * @param column index of the column.
     * @return the value.
     * @throws IllegalArgumentException if the value is not an integer of 64 bits; the message names column and value.
     */
    public long integer(final int column) {
        final String text = text(column);
        try {
            if (text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
        } catch (final NumberFormatException e) {
            throw notAnInteger(column, text, e);
        }
        throw notAnInteger(column, text, null);
    }

    private IllegalArgumentException notAnInteger(
            final int column, final String text, final NumberFormatException cause) {
        return new IllegalArgumentException(
                columns().get(column) + "=" + text + ", expected an integer from -2^63 to 2^63 - 1 in ASCII digits",
                cause);
    }

    /**
     * Returns an instant.
     *
     * @param column index of the column.
     * @return the instant in ns.
     * @throws IllegalArgumentException if the value is not an instant in range; the message names column and value.
     */
    public long instantNs(final int column) {
        try {
            return Instants.parse(text(column));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(columns().get(column) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns a decimal as a scaled value.
     *
     * @param column index of the column.
     * @param scale  number of digits after the decimal point, 0 to 9.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the value is not a decimal that fits the scale; the message names it.
     */
    public long scaled(final int column, final int scale) {
        return Decimals.parse(text(column), scale, RoundingMode.UNNECESSARY);
    }
}
