package io.tollgate.examples.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Standard output. It remembers if its reader has closed the pipe, as {@code head} does. Single-threaded. */
public final class StandardOutput extends FilterWriter {
    private boolean isReaderGone;

    /**
     * Wraps a writer to standard output.
     *
     * @param out the writer.
     */
    public StandardOutput(final Writer out) {
        super(out);
    }

    /** {@return true if standard output is a pipe whose reader has closed it} */
    public boolean isReaderGone() {
        return isReaderGone;
    }

    @Override
    public void write(final int character) throws IOException {
        write(new char[] {(char) character}, 0, 1);
    }

    @Override
    public void write(final String text, final int offset, final int length) throws IOException {
        write(text.toCharArray(), offset, length);
    }

    @Override
    public void write(final char[] characters, final int offset, final int length) throws IOException {
        try {
            out.write(characters, offset, length);
        } catch (final IOException e) {
            throw noticed(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (final IOException e) {
            throw noticed(e);
        }
    }

    /** Recognises the failure by the system's message: "Broken pipe", on Windows "The pipe is being closed". */
    private IOException noticed(final IOException e) {
        isReaderGone |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        return e;
    }
}
