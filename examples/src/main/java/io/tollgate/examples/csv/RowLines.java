package io.tollgate.examples.csv;

import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a file that is no CSV, as records of text. Single-threaded. */
public final class RowLines implements LineSource {
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

    @Override
    public boolean hasNext() throws IOException {
        isAhead = isHeader || isAhead || rows.next();
        return isAhead;
    }

    @Override
    public CsvLine next() {
        isAhead = false;
        if (isHeader) {
            isHeader = false;
            return new CsvLine(1, String.join(",", rows.columns()), rows.columns(), "");
        }
        if (!rows.fault().isEmpty()) {
            return new CsvLine(rows.rowNumber(), rows.rowText(), List.of(), rows.fault());
        }
        final List<String> fields =
                IntStream.range(0, rows.columns().size()).mapToObj(rows::text).toList();
        return new CsvLine(rows.rowNumber(), rows.rowText(), fields, "");
    }

    @Override
    public long byteCount() {
        return rows.byteCount();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
