package io.tollgate.examples.csv;

import java.io.Closeable;
import java.io.IOException;

/** Records with a header, one after the other. Single-threaded. */
public interface LineSource extends Closeable {
    /**
     * Returns true if there is another record.
     *
     * @return false at the end of the file.
     * @throws IOException if the file cannot be read.
     */
    boolean hasNext() throws IOException;

    /**
     * Returns the next record, first the header. Call {@link #hasNext()} first.
     *
     * @return the record, or its fault.
     * @throws IOException if the file cannot be read.
     */
    CsvLine next() throws IOException;

    /** {@return how much of the file was read, in bytes} */
    long byteCount();
}
