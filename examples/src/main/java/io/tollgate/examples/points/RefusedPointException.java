package io.tollgate.examples.points;

/** A point that can be read and is not taken. */
final class RefusedPointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * The refusal of a point.
     *
     * @param reason  in one word, by which refusals are counted.
     * @param message that says what is wrong.
     */
    RefusedPointException(final String reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why, in one word} */
    String reason() {
        return reason;
    }
}
