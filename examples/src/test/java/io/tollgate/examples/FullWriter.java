package io.tollgate.examples;

import java.io.IOException;
import java.io.Writer;

/** A standard output whose disk is full, or whose reader has closed the pipe. */
final class FullWriter extends Writer {
    private final String reason;

    /** Refuses all data with this reason. */
    FullWriter(final String reason) {
        this.reason = reason;
    }

    @Override
    public void write(final char[] buffer, final int offset, final int length) throws IOException {
        throw new IOException(reason);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
