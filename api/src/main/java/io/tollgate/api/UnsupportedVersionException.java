package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file was written by another version of Tollgate. The file is not damaged, and {@code recover} does not touch it.
 * Open the directory with the version that wrote it.
 */
public final class UnsupportedVersionException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The file, or null. */
    private final String path;

    /** The version of the file. */
    private final long found;

    /** The version that this engine reads. */
    private final long expected;

    /**
     * Creates the exception.
     *
     * @param message  description for the user.
     * @param path     the file; empty for a record of an open store or log.
     * @param found    version, type or code that was found.
     * @param expected version, type or code that this version writes; the largest if there are several.
     */
    public UnsupportedVersionException(
            final String message, final Optional<Path> path, final long found, final long expected) {
        super(message);
        this.path = path.map(Path::toString).orElse(null);
        this.found = found;
        this.expected = expected;
    }

    /** {@return the file; empty for a record of an open store or log} */
    public Optional<Path> path() {
        return Optional.ofNullable(path).map(Path::of);
    }

    /** {@return the version of the file, or the type or code of the record} */
    public long found() {
        return found;
    }

    /** {@return the version that this engine reads and writes, or its largest type or code of a record} */
    public long expected() {
        return expected;
    }
}
