package io.tollgate.core.watch;

/** The wait of the engine's thread while a BLOCK queue is full. */
@FunctionalInterface
public interface FullQueueWait {
    /**
     * Waits a little.
     *
     * @param round      the number of earlier waits for the same space.
     * @param isListened true if a listener of the engine drains the queue, so that space will be free.
     * @return false if the writer must stop waiting; the queue then keeps the update until it is taken.
     */
    boolean await(int round, boolean isListened);
}
