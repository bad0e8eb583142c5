package io.tollgate.examples.points;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The refused lines of all files that a command reads. The first ones are listed on standard error, and all are counted
 * by reason.
 */
public final class RefusedLines {
    /** Limit of lines listed on standard error. */
    static final int MAX_LISTED = 100;

    private final PrintWriter err;
    private final Map<String, Long> counts = new TreeMap<>();
    private long count;

    /**
     * Creates an empty collection.
     *
     * @param err standard error.
     */
    public RefusedLines(final PrintWriter err) {
        this.err = err;
    }

    /**
     * Counts a refused line, and lists it up to the limit.
     *
     * @param reason one word.
     * @param line   the line with its file, its number and the fault.
     */
    public void add(final String reason, final String line) {
        counts.merge(reason, 1L, Long::sum);
        count++;
        if (count <= MAX_LISTED) {
            err.println(line);
        } else if (count == MAX_LISTED + 1) {
            err.println("more than " + MAX_LISTED + " lines are refused; the others are counted but not listed");
        }
    }

    /**
     * Prints a message other than a refused line.
     *
     * @param text the message.
     */
    public void report(final String text) {
        err.println(text);
    }

    /** {@return the number of refused lines} */
    public long count() {
        return count;
    }

    /** {@return the number of refused lines by reason, as {@code refusedLines=3 DUPLICATE=1 UNREADABLE=2}} */
    public String summary() {
        return "refusedLines=" + count
                + counts.entrySet().stream()
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
