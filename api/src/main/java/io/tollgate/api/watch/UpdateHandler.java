package io.tollgate.api.watch;

/** Takes updates, one by one, in order. */
@FunctionalInterface
public interface UpdateHandler {
    /**
     * A watched metric has changed.
     *
     * @param update valid during the call only.
     */
    void onUpdate(Update update);

    /**
     * Updates were lost, as this handler was too slow: those from one number to another. They can be told
     * again from the log of a data directory.
     *
     * @param firstNumber {@link Update#number()} of the first one lost.
     * @param lastNumber  of the last one lost.
     */
    default void onGap(final long firstNumber, final long lastNumber) {
        // Whoever wants to know overrides this; the queue counts them all the same.
    }
}
