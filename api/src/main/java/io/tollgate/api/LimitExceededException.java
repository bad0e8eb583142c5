package io.tollgate.api;

/**
 * A limit of the engine is reached, and the call had no effect. Use less, or raise the limit when the engine is next
 * opened.
 */
public final class LimitExceededException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The name of the limit. */
    private final String limit;

    /** The value of the limit. */
    private final long maximum;

    /**
     * Creates the exception.
     *
     * @param message description for the user.
     * @param limit   name of the limit, for example {@code maxSeriesCount}.
     * @param maximum value of the limit.
     */
    public LimitExceededException(final String message, final String limit, final long maximum) {
        super(message);
        this.limit = limit;
        this.maximum = maximum;
    }

    /** {@return the name of the limit, for example {@code maxSeriesCount}} */
    public String limit() {
        return limit;
    }

    /** {@return the value of the limit} */
    public long maximum() {
        return maximum;
    }
}
