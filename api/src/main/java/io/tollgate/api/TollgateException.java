package io.tollgate.api;

/**
 * A state of the engine, its directory, its disk, its limits or its Java runtime that refuses a call and that a caller
 * may act on; each kind is a class. Misuse is an {@link IllegalArgumentException} or a plain {@link
 * IllegalStateException}.
 */
public abstract sealed class TollgateException extends IllegalStateException
        permits EngineClosedException,
                EngineFailedException,
                DirectoryInUseException,
                DirectoryDamagedException,
                DiskFullException,
                LimitExceededException,
                MissingModulesException,
                UnsupportedVersionException {
    private static final long serialVersionUID = 1;

    TollgateException(final String message) {
        super(message);
    }

    TollgateException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
