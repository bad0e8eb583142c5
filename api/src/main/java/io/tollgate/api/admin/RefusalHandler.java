package io.tollgate.api.admin;

/**
 * Receives each point or withdrawal that the engine refuses after it was offered. It is called on the engine's thread,
 * so it must return quickly. It may find series and read, but not wait for the engine: {@code define},
 * {@code register}, {@code awaitApplied}, {@code advanceTo}, {@code step} and {@code close} are refused there. Its
 * exceptions are passed to the engine's error handler.
 */
@FunctionalInterface
public interface RefusalHandler {
    /**
     * Handles one refusal. The refusal is also counted and logged.
     *
     * @param refusal a new object.
     */
    void onRefusal(Refusal refusal);
}
