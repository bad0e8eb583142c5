package io.tollgate.examples.points;

/** The input as a whole cannot be used; the message is the one-line reason, with file and line. */
public final class RefusedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses an input.
     *
     * @param message the reason, with the file.
     */
    public RefusedInputException(final String message) {
        super(message);
    }

    RefusedInputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
