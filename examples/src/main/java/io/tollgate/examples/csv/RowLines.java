package io.tollgate.examples.csv;

import io.tollgate.data.table.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a file with its header, as records of text. Single-threaded. */
public final class RowLines implements Closeable {
    private final RowReader rows;
    private boolean isHeader = true;
    private boolean isAhead;

    /**
     * Creates the records of a file.
     *
     * @param rows of the file; closed with this object.
     */
    public RowLines(final RowReader rows) {
        this.rows = rows;
    }

    /**
     * Returns true if there is another record.
     *
     * @return false at the end of the file.
     * @throws IOException if the file cannot be read.
     */
    public boolean hasNext() throws IOException {
        isAhead = isHeader || isAhead || rows.next();
        return isAhead;
    }

    /**
     * Returns the next record, first the header. Call {@link #hasNext()} first.
     *
     * @return the record, or its fault.
     */
    public CsvLine next() {
        isAhead = false;
        if (isHeader) {
            isHeader = false;
            return new CsvLine(Math.max(rows.rowNumber(), 1), String.join(",", rows.columns()), rows.columns(), "");
        }
        if (!rows.fault().isEmpty()) {
            return new CsvLine(rows.rowNumber(), rows.rowText(), List.of(), rows.fault());
        }
        final List<String> fields =
                IntStream.range(0, rows.columns().size()).mapToObj(rows::text).toList();
        return new CsvLine(rows.rowNumber(), rows.rowText(), fields, "");
    }

    /** {@return how much of the file was read, in bytes} */
    public long byteCount() {
        return rows.byteCount();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
