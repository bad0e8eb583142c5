package io.tollgate.core.report;

/** The states of a data directory as another process sees them. */
public enum DirectoryState {
    /** No engine has written to the directory yet. */
    EMPTY,
    /** The directory was closed cleanly. */
    CLOSED,
    /** An engine has the directory open. */
    OPEN,
    /** The process that had the directory open has ended without closing it. */
    NOT_CLOSED,
    /** A backup or a recovery is writing the directory, or was interrupted. */
    INCOMPLETE
}
