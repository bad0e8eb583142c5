package io.tollgate.api;

/**
 * The engine has failed: {@link #getCause()} is the first failure. Nothing that was acknowledged is lost; close the
 * engine, remove the cause, and open it again.
 */
public final class EngineFailedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /**
     * An engine that has failed.
     *
     * @param message for people.
     * @param cause   the first failure.
     */
    public EngineFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
