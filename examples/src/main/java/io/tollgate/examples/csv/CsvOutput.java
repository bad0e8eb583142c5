package io.tollgate.examples.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tollgate.examples.file.NamedOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writers of CSV: UTF-8, fields quoted as in RFC 4180. Lines end with LF, as most tools expect. */
public final class CsvOutput {
    private static final int BUFFER_LENGTH = 1 << 16;

    private CsvOutput() {}

    /**
     * Creates a file, or truncates it, and returns a writer to it. An unpaired surrogate becomes a question mark, so
     * that the text after it is not lost.
     *
     * @param file to write.
     * @return the writer, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public static CsvWriter create(final Path file) throws IOException {
        return builder().build(new OutputStreamWriter(NamedOutput.create(file), StandardCharsets.UTF_8));
    }

    private static CsvWriter.CsvWriterBuilder builder() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(BUFFER_LENGTH);
    }
}
