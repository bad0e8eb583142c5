package io.tollgate.examples.terminal;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** One line of a terminal that is overwritten repeatedly and erased at the end. Single-threaded. */
public final class StatusLine {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Path NULL_DEVICE = Path.of("/dev/null");

    private final PrintWriter err;
    private final boolean shown;
    private int length;

    /**
     * Creates a status line.
     *
     * @param err   standard error.
     * @param shown true if it is a terminal; otherwise this object writes no output.
     */
    public StatusLine(final PrintWriter err, final boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /**
     * Returns true if standard error is a terminal. The system is asked first. A {@link Console} reports only on
     * standard input and output, and from JDK 22 on it exists even without a terminal.
     *
     * @return true if it is a terminal.
     */
    public static boolean isTerminal() {
        return isTerminal(STANDARD_ERROR);
    }

    /**
     * Returns true if standard output is a terminal.
     *
     * @return true if it is a terminal.
     */
    public static boolean isOutputTerminal() {
        return isTerminal(STANDARD_OUTPUT);
    }

    /**
     * Returns true if standard output is a file or the null device. On a terminal a status line would mix with the
     * results. The reader of a pipe may show them on that terminal too, as a pager does.
     *
     * @return false also if the system does not report it.
     */
    public static boolean isOutputFile() {
        return isFile(STANDARD_OUTPUT);
    }

    /** Returns true if a system link to an open file leads to a regular file or to the null device. */
    static boolean isFile(final Path descriptor) {
        try {
            return Files.isRegularFile(descriptor)
                    || Files.readSymbolicLink(descriptor).equals(NULL_DEVICE);
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Returns true if a system link to an open file leads to a terminal.
     *
     * @param descriptor such as {@code /proc/self/fd/1}.
     * @return true if it does.
     */
    public static boolean isTerminal(final Path descriptor) {
        try {
            final String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException | InvalidPathException e) {
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /**
     * Returns true if the line is written at all.
     *
     * @return true on a terminal.
     */
    public boolean shown() {
        return shown;
    }

    /**
     * Overwrites the line.
     *
     * @param text shorter than the width of the terminal.
     */
    public void show(final String text) {
        if (!shown) {
            return;
        }
        err.print('\r' + text + " ".repeat(Math.max(0, length - text.length())));
        err.flush();
        length = text.length();
    }

    /** Erases the line. */
    public void end() {
        if (length > 0) {
            show("");
            length = 0;
            err.print('\r');
            err.flush();
        }
    }
}
