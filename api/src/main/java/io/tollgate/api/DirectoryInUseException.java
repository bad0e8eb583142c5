package io.tollgate.api;

import java.nio.file.Path;
import java.util.Optional;

/** Another engine has the data directory open. Close that one, or choose another directory. */
public final class DirectoryInUseException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The directory. */
    private final String path;

    /** The process that has it open. */
    private final String owner;

    /**
     * A directory that is in use.
     *
     * @param message for people.
     * @param path    of the data directory.
     * @param owner   that has it, empty if it is not known.
     */
    public DirectoryInUseException(final String message, final Path path, final Optional<String> owner) {
        super(message);
        this.path = path.toString();
        this.owner = owner.orElse(null);
    }

    /**
     * The data directory.
     *
     * @return its path.
     */
    public Path path() {
        return Path.of(path);
    }

    /**
     * The process that has it, with its number and start.
     *
     * @return the text in its lock file, empty if it is not known.
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }
}
