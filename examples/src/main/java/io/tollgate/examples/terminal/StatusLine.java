package io.tollgate.examples.terminal;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** One line of a terminal that is written over again and again, and taken away at the end. One thread. */
public final class StatusLine {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Path NULL_DEVICE = Path.of("/dev/null");

    private final PrintWriter err;
    private final boolean shown;
    private int length;

    /**
     * A line, or none.
     *
     * @param err   where to.
     * @param shown whether it is a terminal; else nothing is ever written.
     */
    public StatusLine(final PrintWriter err, final boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /**
     * Whether standard error is a terminal. A {@link Console} tells of standard input and output only, and from JDK 22
     * on there is one without a terminal too, so the system is asked first.
     *
     * @return true if it is.
     */
    public static boolean isTerminal() {
        return isTerminal(STANDARD_ERROR);
    }

    /**
     * Whether standard output is kept in a file, or by nobody. On a terminal a status line would stand among the
     * results, and whoever reads a pipe, as a pager does, may show them on that terminal.
     *
     * @return true if it is; false where the system does not tell.
     */
    public static boolean isOutputFile() {
        return isFile(STANDARD_OUTPUT);
    }

    /** Whether a link of the system to an open file leads to a regular one, or to the null device. */
    static boolean isFile(final Path descriptor) {
        try {
            return Files.isRegularFile(descriptor)
                    || Files.readSymbolicLink(descriptor).equals(NULL_DEVICE);
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether a link of the system to an open file leads to a terminal. */
    static boolean isTerminal(final Path descriptor) {
        try {
            final String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException | InvalidPathException e) {
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /**
     * Whether anything is written at all.
     *
     * @return true on a terminal.
     */
    public boolean shown() {
        return shown;
    }

    /**
     * Writes over what stood there.
     *
     * @param text shorter than the terminal is wide.
     */
    public void show(final String text) {
        if (!shown) {
            return;
        }
        err.print('\r' + text + " ".repeat(Math.max(0, length - text.length())));
        err.flush();
        length = text.length();
    }

    /** Takes the line away. */
    public void end() {
        if (length > 0) {
            show("");
            length = 0;
            err.print('\r');
            err.flush();
        }
    }
}
