package io.tollgate.examples.points;

import io.tollgate.data.DataFormat;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.text.CsvRowReader;
import io.tollgate.examples.csv.RowLines;
import io.tollgate.examples.file.TableFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * The input of a command: a file, or standard input, written as {@code -}.
 *
 * @param path named on the command line.
 */
public record InputFile(Path path) {
    private static final Path STANDARD_INPUT = Path.of("-");

    /** The system's link to the open standard input; missing on systems without such links. */
    private static final Path OPENED = Path.of("/proc/self/fd/0");

    /**
     * Returns true if the input is standard input.
     *
     * @return true for {@code -}.
     */
    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /**
     * Opens the input: CSV, unless the file has the ending of another format.
     *
     * @param delimiter between the fields of CSV.
     * @return its records, to be closed.
     * @throws IOException           if it cannot be read.
     * @throws RefusedInputException if it is not in the format of its ending.
     */
    RowLines open(final char delimiter) throws IOException, RefusedInputException {
        try {
            return new RowLines(
                    isStandardInput() ? new CsvRowReader(standardInput(), delimiter) : table().open(delimiter));
        } catch (final FileFormatException e) {
            final String place = e.rowNumber() > 0 ? ":" + e.rowNumber() : "";
            throw new RefusedInputException(
                    this + place + ": " + Rejects.oneLine(e.getMessage()) + "; " + PointColumns.EXPECTED, e);
        }
    }

    private TableFile table() {
        return TableFile.of(path).orElseGet(() -> new TableFile(path, Optional.of(DataFormat.CSV)));
    }

    /**
     * Returns standard input, which is never closed. If the command was started without standard input, the JVM opens
     * one of its own files with that descriptor and reads classes from it; this is refused.
     */
    private static InputStream standardInput() throws IOException {
        final Path home = Path.of(System.getProperty("java.home")).toRealPath();
        if (Files.isSymbolicLink(OPENED) && Files.readSymbolicLink(OPENED).startsWith(home)) {
            throw new IOException("<stdin>: is closed, expected a file or a pipe");
        }
        return new FilterInputStream(System.in) {
            @Override
            public void close() {
                // Standard input belongs to the process that started the command.
            }
        };
    }

    /**
     * Returns the length of the input.
     *
     * @return bytes, 0 if the length is not known before the end.
     * @throws IOException if the attributes of the file cannot be read.
     */
    public long byteCount() throws IOException {
        return isStandardInput() ? 0 : Files.size(path);
    }

    /**
     * Returns true if writing the results of a command would destroy the input.
     *
     * @param written output of the results.
     * @return true if both are the same file on disk; for standard input and output only if the system reports it.
     * @throws IOException if the attributes of the files cannot be read.
     */
    public boolean isDestroyedBy(final OutputFile written) throws IOException {
        return OutputFile.isSame(isStandardInput() ? OPENED : path, written.place());
    }

    /** Converts {@code points.csv} or {@code -}. */
    public static final class Converter implements ITypeConverter<InputFile> {
        /** Called by picocli. */
        public Converter() {}

        @Override
        public InputFile convert(final String text) {
            return new InputFile(new PathArgument().convert(text));
        }
    }

    /** Returns the name for messages: the path, or {@code <stdin>}. */
    @Override
    public String toString() {
        return isStandardInput() ? "<stdin>" : path.toString();
    }
}
