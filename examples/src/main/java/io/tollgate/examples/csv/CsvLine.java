package io.tollgate.examples.csv;

import java.util.List;

/**
 * One record of a CSV file. Immutable.
 *
 * @param number line number of its first line, from 1.
 * @param text   the record as in the file; several lines if a quoted field contains line breaks.
 * @param fields unquoted fields; empty if there is a fault.
 * @param fault  the reason why the record cannot be read, empty if it can.
 */
public record CsvLine(long number, String text, List<String> fields, String fault) {
    /** Copies the fields. */
    public CsvLine {
        fields = List.copyOf(fields);
    }

    /**
     * Returns true if the record can be read.
     *
     * @return true if there is no fault.
     */
    public boolean isSound() {
        return fault.isEmpty();
    }
}
