package io.tollgate.examples.csv;

import java.io.IOException;

/** Standard output takes no more: its disk is full, or its reader has gone. */
public final class UnwrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public UnwrittenException() {
        super("standard output cannot be written");
    }
}
