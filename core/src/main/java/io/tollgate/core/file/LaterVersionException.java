package io.tollgate.core.file;

import java.nio.file.Path;

/**
 * A later version has written a file. It is whole, and is never taken for damaged: nothing is repaired that this
 * version cannot read.
 */
public final class LaterVersionException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private LaterVersionException(final String message) {
        super(message);
    }

    /**
     * Makes sure that no later version has written a file.
     *
     * @param path    of the file.
     * @param bytes   from its beginning on; its seal is whole.
     * @param version the last one that is read.
     * @throws LaterVersionException if one has, naming both.
     */
    public static void requireNone(final Path path, final byte[] bytes, final int version) {
        requireNone(path, FileSeal.version(bytes), version);
    }

    /**
     * Makes sure that no later version has written a file.
     *
     * @param path    of the file.
     * @param found   the version that it says, under a right checksum.
     * @param version the last one that is read.
     * @throws LaterVersionException if one has, naming both.
     */
    public static void requireNone(final Path path, final int found, final int version) {
        if (found > version) {
            throw new LaterVersionException("file=" + path + " version=" + found + ", expected version=" + version
                    + " or before; open this data directory with the version of Tollgate that made it");
        }
    }
}
