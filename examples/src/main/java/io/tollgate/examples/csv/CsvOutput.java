package io.tollgate.examples.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tollgate.examples.file.NamedOutput;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where CSV goes: UTF-8, fields quoted as in RFC 4180, lines ended by LF as the tools around expect them. */
public final class CsvOutput {
    private static final int BUFFER_LENGTH = 1 << 16;

    private CsvOutput() {}

    /**
     * Writes to a file, which is made or emptied first. Half a character, which is no text, becomes a question mark: it
     * must not cost what comes behind it.
     *
     * @param file to write.
     * @return the writer, to be closed.
     * @throws IOException if it cannot be written.
     */
    public static CsvWriter create(final Path file) throws IOException {
        return builder().build(new OutputStreamWriter(NamedOutput.create(file), StandardCharsets.UTF_8));
    }

    /**
     * Writes to a stream that stays open: the writer fails where it has failed, and flushes it when it is closed.
     *
     * @param stream to write to, as standard output.
     * @return the writer, to be closed.
     */
    public static CsvWriter to(final PrintWriter stream) {
        return builder().build(new Borrowed(stream));
    }

    private static CsvWriter.CsvWriterBuilder builder() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(BUFFER_LENGTH);
    }

    private static final class Borrowed extends FilterWriter {
        private final PrintWriter stream;

        Borrowed(final PrintWriter stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(final char[] buffer, final int offset, final int length) throws IOException {
            super.write(buffer, offset, length);
            requireWritten();
        }

        @Override
        public void close() throws IOException {
            requireWritten();
        }

        private void requireWritten() throws IOException {
            if (stream.checkError()) {
                throw new UnwrittenException();
            }
        }
    }
}
