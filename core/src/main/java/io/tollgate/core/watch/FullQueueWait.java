package io.tollgate.core.watch;

/** What the engine's thread does while a queue that must not lose anything is full. */
@FunctionalInterface
public interface FullQueueWait {
    /**
     * Waits a little.
     *
     * @param round      how often it has waited for this room already.
     * @param isListened whether a listener of the engine takes from the queue, so that room will come.
     * @return false if it must not wait any longer: then the update is kept until it is taken.
     */
    boolean await(int round, boolean isListened);
}
