package io.tollgate.examples.points;

/** Thrown for a point that can be parsed but is not accepted. */
final class RefusedPointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * Creates the exception.
     *
     * @param reason  one word, by which refusals are counted.
     * @param message the fault.
     */
    RefusedPointException(final String reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return the reason in one word} */
    String reason() {
        return reason;
    }
}
