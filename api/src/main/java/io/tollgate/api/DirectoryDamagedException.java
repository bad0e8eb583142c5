package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The data directory or its memory-mapped store is damaged: a file is missing, was changed, or belongs to another
 * directory. Restore it from a backup, or run the command {@code recover}.
 */
public final class DirectoryDamagedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The damaged file or directory, or null. */
    private final String path;

    /**
     * Creates the exception for a damaged file or directory.
     *
     * @param message description of the damage.
     * @param path    the damaged file or directory.
     */
    public DirectoryDamagedException(final String message, final Path path) {
        super(message);
        this.path = path.toString();
    }

    /**
     * Creates the exception for a damaged file or directory.
     *
     * @param message description of the damage.
     * @param path    the damaged file or directory.
     * @param cause   the failure that revealed the damage.
     */
    public DirectoryDamagedException(final String message, final Path path, final Throwable cause) {
        super(message, cause);
        this.path = path.toString();
    }

    /**
     * Creates the exception for damaged records in a store.
     *
     * @param message description of the damage.
     */
    public DirectoryDamagedException(final String message) {
        super(message);
        path = null;
    }

    /**
     * Creates the exception for damaged records in a store.
     *
     * @param message description of the damage.
     * @param cause   the failure that revealed the damage.
     */
    public DirectoryDamagedException(final String message, final Throwable cause) {
        super(message, cause);
        path = null;
    }

    /** {@return the damaged file or directory; empty if the damage is in the records of an open store} */
    public Optional<Path> path() {
        return Optional.ofNullable(path).map(Path::of);
    }
}
