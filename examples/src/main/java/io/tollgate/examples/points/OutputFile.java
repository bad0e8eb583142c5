package io.tollgate.examples.points;

import io.tollgate.core.file.FileTree;
import io.tollgate.data.DataFormat;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.csv.PrintedRows;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The output of a command: a file, or standard output, also written as {@code -}.
 *
 * @param file named on the command line, empty if there is none.
 */
public record OutputFile(Optional<Path> file) {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    /** The system's link to the open standard output; missing on systems without such links. */
    private static final Path OPENED = Path.of("/proc/self/fd/1");

    private static final Pattern ENGINE_NAMES =
            Pattern.compile("(manifest|counters|engine\\.lock)(\\.new)?|log|store|checkpoint-[0-9]+(\\.new)?");

    /**
     * Returns true if the results go to a file, so that standard output is free for other text.
     *
     * @return false if the results go to standard output.
     */
    public boolean isFile() {
        return file.isPresent() && !file.get().equals(STANDARD_OUTPUT);
    }

    /** Returns the file that is written, as far as the system reports it. */
    Path place() {
        return isFile() ? file.get() : OPENED;
    }

    /**
     * Returns true if progress can be shown on standard error: it is a terminal, and the results go to a file.
     *
     * @return true if it can be shown.
     */
    public boolean leavesTerminalFree() {
        return StatusLine.isTerminal() && (isFile() || StatusLine.isOutputFile());
    }

    /**
     * Opens the output. A file is created, or truncated: in the format of its ending, otherwise as CSV.
     *
     * @param standardOutput used if no file is named.
     * @param columns        of the table.
     * @return the writer, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public RowWriter open(final PrintWriter standardOutput, final List<Column> columns) throws IOException {
        if (!isFile()) {
            return DataFormat.CSV.writer(new PrintedRows(standardOutput), columns);
        }
        return TableFile.of(file.get())
                .orElseGet(() -> new TableFile(file.get(), Optional.of(DataFormat.CSV)))
                .create(columns);
    }

    /**
     * Returns true if the output is a file of an engine's data directory, or is below one, by its name or by links.
     * Writing it would destroy the data.
     *
     * @param directory data directory, which need not exist yet.
     * @return true also for the directory itself.
     */
    public boolean isOfEngine(final Path directory) {
        return isFile()
                && (isOfEngine(absolute(file.get()), absolute(directory))
                        || isOfEngine(FileTree.realPath(file.get()), FileTree.realPath(directory)));
    }

    private static boolean isOfEngine(final Path file, final Path directory) {
        return file.equals(directory)
                || file.startsWith(directory)
                        && ENGINE_NAMES
                                .matcher(directory.relativize(file).getName(0).toString())
                                .matches();
    }

    private static Path absolute(final Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Returns true if two kinds of results go to the same file.
     *
     * @param other output of the other results.
     * @return true if it is the same file; for standard output only if the system reports it.
     * @throws IOException if the attributes of the files cannot be read.
     */
    public boolean isSameAs(final OutputFile other) throws IOException {
        return isSame(place(), other.place());
    }

    /**
     * Returns true if two paths name the same file, so that writing one would destroy the other.
     *
     * @param file  to read.
     * @param other to write.
     * @return true if they are the same file, also by links, or would be created at the same place.
     * @throws IOException if the attributes of the files cannot be read.
     */
    static boolean isSame(final Path file, final Path other) throws IOException {
        if (FileTree.realPath(file).equals(FileTree.realPath(other))) {
            return !Files.exists(file) || Files.isRegularFile(file);
        }
        return Files.isRegularFile(file) && Files.isRegularFile(other) && Files.isSameFile(file, other);
    }

    /** Returns the name for messages: the path, or {@code <stdout>}. */
    @Override
    public String toString() {
        return isFile() ? file.get().toString() : "<stdout>";
    }
}
