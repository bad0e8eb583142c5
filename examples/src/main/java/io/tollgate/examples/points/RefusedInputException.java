package io.tollgate.examples.points;

/** Thrown if the input as a whole is not usable. The message is the reason on one line, with file and line. */
public final class RefusedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the reason, with the file.
     */
    public RefusedInputException(final String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the file, the line and the fault.
     * @param cause   of the refusal.
     */
    public RefusedInputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
