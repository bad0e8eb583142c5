package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/** Another engine has the data directory open. Close that engine, or choose another directory. */
public final class DirectoryInUseException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The data directory. */
    private final String path;

    /** The process that holds the directory, or null. */
    private final String owner;

    /**
     * Creates the exception.
     *
     * @param message description for the user.
     * @param path    the data directory.
     * @param owner   process that holds the directory, empty if unknown.
     */
    public DirectoryInUseException(final String message, final Path path, final Optional<String> owner) {
        super(message);
        this.path = path.toString();
        this.owner = owner.orElse(null);
    }

    /** {@return the data directory} */
    public Path path() {
        return Path.of(path);
    }

    /**
     * {@return the text of the lock file: number and start time of the process that holds the directory; empty if
     * unknown}
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }
}
