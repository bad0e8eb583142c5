package io.tollgate.examples.csv;

import java.io.IOException;

/** Thrown if standard output accepts no more data: its disk is full, or its reader has closed the pipe. */
public final class UnwrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnwrittenException() {
        super("standard output cannot be written");
    }
}
