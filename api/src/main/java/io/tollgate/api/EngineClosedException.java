package io.tollgate.api;

/** The engine was closed by its owner. Open it again to use it. */
public final class EngineClosedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message description for the user.
     */
    public EngineClosedException(final String message) {
        super(message);
    }
}
