package io.tollgate.core.file;

import java.nio.file.Path;

/**
 * Another version of Tollgate has written a file. The file is whole, and is never taken for damaged: nobody repairs
 * what this version cannot read.
 */
public final class OtherVersionException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private OtherVersionException(final String message) {
        super(message);
    }

    /**
     * Makes sure that this version has written a file.
     *
     * @param path    of the file.
     * @param bytes   from its beginning on; its seal is whole.
     * @param version that is read.
     * @throws OtherVersionException if another version has, naming both.
     */
    public static void requireNone(final Path path, final byte[] bytes, final int version) {
        requireNone(path, FileSeal.version(bytes), version);
    }

    /**
     * Makes sure that this version has written a file.
     *
     * @param path    of the file.
     * @param found   the version that it says, under a right checksum.
     * @param version that is read.
     * @throws OtherVersionException if another version has, naming both.
     */
    public static void requireNone(final Path path, final int found, final int version) {
        if (found != version) {
            throw new OtherVersionException("file=" + path + " version=" + found + ", expected version=" + version
                    + "; open this data directory with the version of Tollgate that made it");
        }
    }
}
