package io.tollgate.api;

/** The engine is closed, by its owner. Open it again. */
public final class EngineClosedException extends TollgateException {
    private static final long serialVersionUID = 1;

    /**
     * An engine that is closed.
     *
     * @param message for people.
     */
    public EngineClosedException(final String message) {
        super(message);
    }
}
