package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The data directory, or the store that is mapped from it, is not as an engine left it: a file is missing, changed, or
 * belongs to another directory. Restore it from a backup, or run {@code recover}.
 */
public final class DirectoryDamagedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The file or directory that is damaged. */
    private final String path;

    /**
     * A damage found in a file or directory.
     *
     * @param message for people.
     * @param path    of the file or directory.
     */
    public DirectoryDamagedException(final String message, final Path path) {
        super(message);
        this.path = path.toString();
    }

    /**
     * A damage found in a file or directory.
     *
     * @param message for people.
     * @param path    of the file or directory.
     * @param cause   of the damage.
     */
    public DirectoryDamagedException(final String message, final Path path, final Throwable cause) {
        super(message, cause);
        this.path = path.toString();
    }

    /**
     * A damage found in the records of a store.
     *
     * @param message for people.
     */
    public DirectoryDamagedException(final String message) {
        super(message);
        path = null;
    }

    /**
     * A damage found in the records of a store.
     *
     * @param message for people.
     * @param cause   of the damage.
     */
    public DirectoryDamagedException(final String message, final Throwable cause) {
        super(message, cause);
        path = null;
    }

    /**
     * The file or directory in which the damage was found.
     *
     * @return its path, empty if it was found in the records of a store that is open.
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path).map(Path::of);
    }
}
