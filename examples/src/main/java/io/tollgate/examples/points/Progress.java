package io.tollgate.examples.points;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far long work is, on one line of a terminal: points, points a second, share done. */
public final class Progress {
    private static final int LINES_BETWEEN_LOOKS = 4096;
    private static final long INTERVAL_NS = 500_000_000L;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter err;
    private final boolean shown;
    private final long totalBytes;
    private final LongSupplier clockNs;
    private final long startNs;
    private long lineCount;
    private long lastNs;
    private int length;

    /**
     * Shows progress, or does not.
     *
     * @param err        where to.
     * @param shown      whether it is a terminal.
     * @param totalBytes of the work, 0 or less if that is not known.
     * @param clockNs    a clock that never goes back.
     */
    public Progress(final PrintWriter err, final boolean shown, final long totalBytes, final LongSupplier clockNs) {
        this.err = err;
        this.shown = shown;
        this.totalBytes = totalBytes;
        this.clockNs = clockNs;
        startNs = clockNs.getAsLong();
        lastNs = startNs;
    }

    /**
     * Whether standard error is a terminal. A {@link Console} tells of standard input and output only, and from JDK 22
     * on there is one without a terminal too, so the system is asked first.
     *
     * @return whether it is one.
     */
    public static boolean isTerminal() {
        try {
            final String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException | InvalidPathException e) {
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /**
     * One more line is done.
     *
     * @param bytes of the work done so far.
     */
    public void advance(final long bytes) {
        lineCount++;
        if (!shown || lineCount % LINES_BETWEEN_LOOKS != 0) {
            return;
        }
        final long nowNs = clockNs.getAsLong();
        if (nowNs - lastNs >= INTERVAL_NS) {
            lastNs = nowNs;
            final long rate = (long) (lineCount * 1e9 / (nowNs - startNs));
            final String share = totalBytes > 0 ? ", " + Math.min(100, bytes * 100 / totalBytes) + " %" : "";
            write(String.format(Locale.ROOT, "%d points, %d points/s%s", lineCount, rate, share));
        }
    }

    /** Takes the line away. */
    public void end() {
        if (length > 0) {
            write("");
            length = 0;
            err.print('\r');
            err.flush();
        }
    }

    private void write(final String text) {
        err.print('\r' + text + " ".repeat(Math.max(0, length - text.length())));
        err.flush();
        length = text.length();
    }
}
