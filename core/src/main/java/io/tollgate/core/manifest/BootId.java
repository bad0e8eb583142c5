package io.tollgate.core.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The identity of the running operating system: another one means that the machine was started anew, and that what had
 * not been forced to the disk may be lost.
 *
 * <p>Any thread may ask.
 */
public final class BootId {
    /** The text where the operating system tells no identity. It must not be taken as proof of the same boot. */
    public static final String UNKNOWN = "unknown";

    private static final Path LINUX_FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /**
     * Returns the identity of the running operating system.
     *
     * @return the same text until the machine is started anew, or {@link #UNKNOWN}
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
