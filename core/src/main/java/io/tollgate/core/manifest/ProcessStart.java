package io.tollgate.core.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The start time of a process, in ticks since the start of the machine. The start date is derived from it and the
 * clock, so it changes when the clock is set.
 *
 * <p>Thread safe.
 */
final class ProcessStart {
    /** The value if the operating system does not report a start time. */
    static final long UNKNOWN = -1;

    /** Fields between the name of the program, in parentheses, and the start time: state, parent, and so on. */
    private static final int FIELDS_AFTER_NAME = 19;

    private ProcessStart() {}

    /**
     * Returns the start time of a process.
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

    /**
     * Parses the text of {@code /proc/PID/stat}. The name of the program may contain any character, including
     * parentheses.
     */
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
