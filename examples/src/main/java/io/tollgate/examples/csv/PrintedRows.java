package io.tollgate.examples.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output as a stream of UTF-8 that stays open. Each write must have whole characters. Throws if standard
 * output has failed.
 */
public final class PrintedRows extends OutputStream {
    private final PrintWriter out;

    /**
     * Creates the stream.
     *
     * @param out standard output.
     */
    public PrintedRows(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(final int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        out.write(new String(bytes, offset, length, StandardCharsets.UTF_8));
        requireWritten();
    }

    @Override
    public void close() throws IOException {
        requireWritten();
    }

    private void requireWritten() throws IOException {
        if (out.checkError()) {
            throw new UnwrittenException();
        }
    }
}
