package io.tollgate.core.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a process started, in ticks since the machine did. The date of its start is reckoned from that and the clock,
 * and becomes another one when the clock is set.
 *
 * <p>Any thread may ask.
 */
final class ProcessStart {
    /** Where the operating system does not tell. */
    static final long UNKNOWN = -1;

    /** Fields between the name of the program, in parentheses, and the start: state, parent, and so on. */
    private static final int FIELDS_AFTER_NAME = 19;

    private ProcessStart() {}

    /**
     * Returns when a process started.
     *
     * @param pid its number
     * @return ticks, or {@link #UNKNOWN}
     */
    static long ticks(final long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    /** Finds it in what Linux says of a process. The name may hold anything, a parenthesis too. */
    static long parse(final String stat) {
        final String[] fields =
                stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        try {
            return fields.length > FIELDS_AFTER_NAME ? Long.parseLong(fields[FIELDS_AFTER_NAME]) : UNKNOWN;
        } catch (final NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
