package io.tollgate.data.table;

import java.io.IOException;

/** Thrown if a file is not in the expected format as a whole, so that no row can be read. */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Number of the line or row, 0 if the fault has none. */
    private final long rowNumber;

    /**
     * Creates the exception.
     *
     * @param rowNumber number of the line or row, 0 if the fault has none.
     * @param message   the fault and the expected content, without the name of the file.
     */
    public FileFormatException(final long rowNumber, final String message) {
        super(message);
        this.rowNumber = rowNumber;
    }

    /** {@return the number of the line or row, 0 if the fault has none} */
    public long rowNumber() {
        return rowNumber;
    }
}
