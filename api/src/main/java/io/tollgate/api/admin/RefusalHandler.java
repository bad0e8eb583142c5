package io.tollgate.api.admin;

/**
 * Told of each point or withdrawal that the engine refuses after it was offered, on the engine's thread: return
 * quickly. It may find series and read, but not wait for the engine: {@code define}, {@code register},
 * {@code awaitApplied}, {@code advanceTo}, {@code step} and {@code close} are refused there. What it throws is told to
 * the engine's error handler.
 */
@FunctionalInterface
public interface RefusalHandler {
    /**
     * A point or a withdrawal was refused. It is counted and logged as well.
     *
     * @param refusal a new object.
     */
    void onRefusal(Refusal refusal);
}
