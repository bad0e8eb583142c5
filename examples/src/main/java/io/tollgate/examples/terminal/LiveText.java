package io.tollgate.examples.terminal;

import java.io.PrintWriter;
import java.util.List;

/** Lines that are shown again and again. On a terminal they replace the lines shown before. Single-threaded. */
public final class LiveText {
    private final PrintWriter out;
    private final boolean isTerminal;
    private int height;

    /**
     * Creates a text without lines.
     *
     * @param out        standard output.
     * @param isTerminal true if it is a terminal.
     */
    public LiveText(final PrintWriter out, final boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * Shows lines. If standard output is not a terminal, a blank line separates them from the lines before.
     *
     * @param lines shorter than the width of the terminal, fewer than its height.
     */
    public void show(final List<String> lines) {
        if (height > 0) {
            // Up to the first line, and erase to the end of the screen.
            out.print(isTerminal ? "\u001B[" + height + "A\u001B[J" : System.lineSeparator());
        }
        lines.forEach(out::println);
        out.flush();
        height = lines.size();
    }
}
