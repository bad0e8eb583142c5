package io.tollgate.core.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Identifies the current boot of the operating system. If the identity has changed, the machine was restarted, and
 * unforced data may be lost.
 *
 * <p>Thread safe.
 */
public final class BootId {
    /** The value if the operating system has no boot identity. It is no proof of the same boot. */
    public static final String UNKNOWN = "unknown";

    private static final Path LINUX_FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /**
     * Returns the identity of the running operating system.
     *
     * @return an identity that changes only when the machine restarts, or {@link #UNKNOWN}
     */
    public static String current() {
        return read(LINUX_FILE);
    }

    /**
     * Reads an identity from a file.
     *
     * @param file the file
     * @return its text without surrounding space, or {@link #UNKNOWN} if it cannot be read or is blank
     */
    static String read(final Path file) {
        try {
            final String text = Files.readString(file).strip();
            return text.isEmpty() ? UNKNOWN : text;
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }
}
