package io.tollgate.api;

/**
 * The engine has failed; {@link #getCause()} is the first failure. No acknowledged point is lost. Close the engine,
 * remove the cause, and open it again.
 */
public final class EngineFailedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message description for the user.
     * @param cause   the first failure.
     */
    public EngineFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
