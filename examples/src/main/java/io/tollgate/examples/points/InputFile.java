package io.tollgate.examples.points;

import io.tollgate.examples.csv.CsvInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * Where the points of a command come from: a file, or standard input, for which {@code -} stands.
 *
 * @param path named on the command line.
 */
public record InputFile(Path path) {
    private static final Path STANDARD_INPUT = Path.of("-");

    /** A link to what is open as that, where the system has such links; else nothing is there. */
    private static final Path OPENED = Path.of("/proc/self/fd/0");

    /**
     * Whether it is no file of the disk.
     *
     * @return true for {@code -}.
     */
    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /**
     * Opens it.
     *
     * @return its records, to be closed.
     * @throws IOException if it cannot be read.
     */
    CsvInput open() throws IOException {
        return isStandardInput() ? CsvInput.of(standardInput()) : CsvInput.open(path);
    }

    /**
     * What is never closed: in the place of what was open before the virtual machine opens a file of its own, where the
     * command was started without standard input, and reads its classes from that.
     */
    private static InputStream standardInput() throws IOException {
        final Path home = Path.of(System.getProperty("java.home")).toRealPath();
        if (Files.isSymbolicLink(OPENED) && Files.readSymbolicLink(OPENED).startsWith(home)) {
            throw new IOException("<stdin>: is closed, expected a file or a pipe");
        }
        return new FilterInputStream(System.in) {
            @Override
            public void close() {
                // Of whoever started the command.
            }
        };
    }

    /**
     * How long it is.
     *
     * @return bytes, 0 where that is not known before its end.
     * @throws IOException if the file cannot be looked at.
     */
    public long byteCount() throws IOException {
        return isStandardInput() ? 0 : Files.size(path);
    }

    /**
     * Whether writing the results of a command would destroy it.
     *
     * @param written where they go.
     * @return true if they are one file of the disk; of standard input and output, if the system tells.
     * @throws IOException if they cannot be looked at.
     */
    public boolean isDestroyedBy(final OutputFile written) throws IOException {
        return OutputFile.isSame(isStandardInput() ? OPENED : path, written.place());
    }

    /** Reads {@code points.csv} or {@code -}. */
    public static final class Converter implements ITypeConverter<InputFile> {
        /** Made by picocli. */
        public Converter() {}

        @Override
        public InputFile convert(final String text) {
            return new InputFile(new PathArgument().convert(text));
        }
    }

    /** As reasons name it: the path, or {@code <stdin>}. */
    @Override
    public String toString() {
        return isStandardInput() ? "<stdin>" : path.toString();
    }
}
