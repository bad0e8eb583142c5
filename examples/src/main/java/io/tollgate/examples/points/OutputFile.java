package io.tollgate.examples.points;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.core.file.FileTree;
import io.tollgate.examples.csv.CsvOutput;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the results of a command go: a file, or standard output, for which {@code -} stands too.
 *
 * @param file named on the command line, empty if there is none.
 */
public record OutputFile(Optional<Path> file) {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    /** A link to what is open as that, where the system has such links; else nothing is there. */
    private static final Path OPENED = Path.of("/proc/self/fd/1");

    private static final Pattern ENGINE_NAMES =
            Pattern.compile("(manifest|counters|engine\\.lock)(\\.new)?|log|store|checkpoint-[0-9]+(\\.new)?");

    /**
     * Whether standard output is free for other things.
     *
     * @return false if the results go there.
     */
    public boolean isFile() {
        return file.isPresent() && !file.get().equals(STANDARD_OUTPUT);
    }

    /** What is written, as far as the system tells. */
    Path place() {
        return isFile() ? file.get() : OPENED;
    }

    /**
     * Whether progress can be shown on standard error: it is a terminal, and the results go to a file.
     *
     * @return true if it can.
     */
    public boolean leavesTerminalFree() {
        return StatusLine.isTerminal() && (isFile() || StatusLine.isOutputFile());
    }

    /**
     * Opens it; a file is made, or emptied.
     *
     * @param standardOutput used if no file is named.
     * @return the writer, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public CsvWriter open(final PrintWriter standardOutput) throws IOException {
        return isFile() ? CsvOutput.create(file.get()) : CsvOutput.to(standardOutput);
    }

    /**
     * Whether it is what an engine makes in its data directory, or lies below that, by its name or by where links lead:
     * writing it would destroy that.
     *
     * @param directory that there may not be yet.
     * @return true also if it is the directory itself.
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
     * Whether the results of two kinds go into one file.
     *
     * @param other where those of the other kind go.
     * @return true if they do; of standard output, if the system tells.
     * @throws IOException if the files cannot be looked at.
     */
    public boolean isSameAs(final OutputFile other) throws IOException {
        return isSame(place(), other.place());
    }

    /**
     * Whether two paths name one file, so that writing the one would destroy the other.
     *
     * @param file  that is used.
     * @param other that is written.
     * @return true if they do, by links too; of two that do not exist, if they would be made in one place.
     * @throws IOException if they cannot be looked at.
     */
    static boolean isSame(final Path file, final Path other) throws IOException {
        if (FileTree.realPath(file).equals(FileTree.realPath(other))) {
            return !Files.exists(file) || Files.isRegularFile(file);
        }
        return Files.isRegularFile(file) && Files.isRegularFile(other) && Files.isSameFile(file, other);
    }

    /** As reasons name it: the path, or {@code <stdout>}. */
    @Override
    public String toString() {
        return isFile() ? file.get().toString() : "<stdout>";
    }
}
