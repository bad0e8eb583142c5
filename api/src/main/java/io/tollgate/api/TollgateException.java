package io.tollgate.api;

/**
 * A call failed because of the state of the engine, its directory, its disk, its limits or its Java
 * runtime. Each subclass is a state
 * that a program can act on. Wrong use throws an {@link IllegalArgumentException} or a plain
 * {@link IllegalStateException} instead.
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
