package io.tollgate.examples.csv;

import java.util.List;

/**
 * One record of a CSV file. Immutable.
 *
 * @param number of its first line in the file, from 1.
 * @param text   as it stands in the file; more than one line where a quoted field holds line breaks.
 * @param fields of the record, unquoted; empty if there is a fault.
 * @param fault  why it cannot be read, empty if it can.
 */
public record CsvLine(long number, String text, List<String> fields, String fault) {
    /** Copies the fields. */
    public CsvLine {
        fields = List.copyOf(fields);
    }

    /**
     * Whether it can be read.
     *
     * @return true if there is no fault.
     */
    public boolean isSound() {
        return fault.isEmpty();
    }
}
