package io.tollgate.examples.workload;

/** Whether the measured engine keeps a log. */
public enum Durability {
    /** A data directory: each operation is logged before it is applied, and the operating system decides when. */
    NONE,
    /** No log at all: the engine lives in memory. */
    IN_MEMORY
}
