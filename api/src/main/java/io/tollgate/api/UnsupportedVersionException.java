package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Another version of Tollgate has written a file. The file is whole, and is never taken for damaged: nobody repairs
 * what this version cannot read. Open the directory with the version that wrote it.
 */
public final class UnsupportedVersionException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The file. */
    private final String path;

    /** The version that was found. */
    private final long found;

    /** The version that this engine reads. */
    private final long expected;

    /**
     * A file of another version.
     *
     * @param message  for people.
     * @param path     of the file, empty if it is a record of a store or log that is open.
     * @param found    the version, type or code that was found.
     * @param expected that which this version writes; of several the largest.
     */
    public UnsupportedVersionException(
            final String message, final Optional<Path> path, final long found, final long expected) {
        super(message);
        this.path = path.map(Path::toString).orElse(null);
        this.found = found;
        this.expected = expected;
    }

    /**
     * The file that was written by another version.
     *
     * @return its path, empty if it is a record of a store or log that is open.
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path).map(Path::of);
    }

    /**
     * The version that was found.
     *
     * @return a version, or the type or code of a record.
     */
    public long found() {
        return found;
    }

    /**
     * The version that this engine reads and writes.
     *
     * @return a version, or the largest type or code of a record.
     */
    public long expected() {
        return expected;
    }
}
