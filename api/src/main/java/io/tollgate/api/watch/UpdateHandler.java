package io.tollgate.api.watch;

/** Receives updates, one at a time and in order. */
@FunctionalInterface
public interface UpdateHandler {
    /**
     * Handles one update.
     *
     * @param update the update; valid during the call only.
     */
    void onUpdate(Update update);

    /**
     * Reports a range of updates lost because this handler was too slow. They can be replayed from the log of a data
     * directory. The default implementation has no effect.
     *
     * @param firstNumber {@link Update#number()} of the first lost update.
     * @param lastNumber  {@link Update#number()} of the last lost update.
     */
    default void onGap(final long firstNumber, final long lastNumber) {
        // The queue counts the lost updates.
    }
}
