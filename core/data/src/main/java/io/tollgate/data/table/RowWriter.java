package io.tollgate.data.table;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes rows to a file. Each row has one call for each column, in their order, and then {@link #endRow()}:
 *
 * <pre>{@code
 * writer.text("tariff.US.CN");
 * writer.instant(validTimeNs);
 * writer.decimal(440, 2);
 * writer.endRow();
 * }</pre>
 *
 * <p>A writer checks neither the number nor the types of the values. One thread at a time. After an exception the file
 * is incomplete.
 */
public interface RowWriter extends Closeable {
    /**
     * Writes text. Repeating the same object in a column is cheaper than writing equal text.
     *
     * @param value the text.
     * @throws IOException if the file cannot be written.
     */
    void text(String value) throws IOException;

    /**
     * Writes an integer, of a column of type INT or LONG.
     *
     * @param value the integer.
     * @throws IOException if the file cannot be written.
     */
    void integer(long value) throws IOException;

    /**
     * Writes a decimal.
     *
     * @param scaled {@code value x 10^scale}.
     * @param scale  number of digits after the decimal point, 0 to 9.
     * @throws IOException if the file cannot be written.
     */
    void decimal(long scaled, int scale) throws IOException;

    /**
     * Writes an instant.
     *
     * @param instantNs the instant in ns.
     * @throws IOException if the file cannot be written.
     */
    void instant(long instantNs) throws IOException;

    /**
     * Writes a double. Text has the shortest decimal that reads back as the same double.
     *
     * @param value a finite number.
     * @throws IOException if the file cannot be written.
     */
    void real(double value) throws IOException;

    /**
     * Writes an empty value: blank in CSV, null in other formats.
     *
     * @throws IOException if the file cannot be written.
     */
    void empty() throws IOException;

    /**
     * Ends the row.
     *
     * @throws IOException if the file cannot be written.
     */
    void endRow() throws IOException;

    /**
     * Ends the file.
     *
     * @throws IOException if the file cannot be written.
     */
    @Override
    void close() throws IOException;
}
