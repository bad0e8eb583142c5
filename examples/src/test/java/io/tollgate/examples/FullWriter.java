package io.tollgate.examples;

import java.io.IOException;
import java.io.Writer;

/** A standard output whose disk is full, or whose reader has gone. */
public final class FullWriter extends Writer {
    /** Takes nothing. */
    public FullWriter() {}

    @Override
    public void write(final char[] buffer, final int offset, final int length) throws IOException {
        throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
