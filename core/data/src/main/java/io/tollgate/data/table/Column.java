package io.tollgate.data.table;

import java.util.Objects;

/**
 * A column of a table. Immutable.
 *
 * @param name name in the header.
 * @param type type of the values.
 */
public record Column(String name, ColumnType type) {
    /** Digits of a decimal column: enough for a scaled value of any series. */
    public static final int DECIMAL_PRECISION = 28;

    /** Digits after the point of a decimal column: the largest scale of a series. */
    public static final int DECIMAL_SCALE = 9;

    /**
     * Creates a column; no argument may be null.
     *
     * @param name name in the header.
     * @param type type of the values.
     */
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
