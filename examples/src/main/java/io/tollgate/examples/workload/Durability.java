package io.tollgate.examples.workload;

/** Determines if the measured engine has an operation log. */
public enum Durability {
    /**
     * A data directory: each operation is logged before it is applied. The operating system decides when to write it to
     * disk.
     */
    NONE,
    /** No log: the engine is in memory. */
    IN_MEMORY
}
