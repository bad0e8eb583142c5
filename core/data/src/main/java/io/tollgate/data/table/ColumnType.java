package io.tollgate.data.table;

/** Type of the values of a column. Every column may have empty values. */
public enum ColumnType {
    /** Text. */
    TEXT,
    /** An integer of 32 bits. */
    INT,
    /** An integer of 64 bits. JSON Lines write it as text, because many programs read JSON numbers as doubles. */
    LONG,
    /** A decimal of at most {@link Column#DECIMAL_PRECISION} digits, {@link Column#DECIMAL_SCALE} after the point. */
    DECIMAL,
    /** An instant in nanoseconds since 1970 in UTC. */
    INSTANT,
    /** A double. */
    DOUBLE
}
