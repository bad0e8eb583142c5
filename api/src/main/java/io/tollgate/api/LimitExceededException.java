package io.tollgate.api;

/** A limit of the engine is reached. Raise it when the engine is opened next, or use less. Nothing was done. */
public final class LimitExceededException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The name of the limit. */
    private final String limit;

    /** The value of the limit. */
    private final long maximum;

    /**
     * A limit that is reached.
     *
     * @param message for people.
     * @param limit   its name among the limits of the engine, as {@code maxSeriesCount}.
     * @param maximum its value.
     */
    public LimitExceededException(final String message, final String limit, final long maximum) {
        super(message);
        this.limit = limit;
        this.maximum = maximum;
    }

    /**
     * The limit.
     *
     * @return its name, as {@code maxSeriesCount}.
     */
    public String limit() {
        return limit;
    }

    /**
     * The value of the limit.
     *
     * @return the most that it allows.
     */
    public long maximum() {
        return maximum;
    }
}
