package io.tollgate.api.watch;

/**
 * A queue of the updates of a subscription since the queue was made. One thread at a time may poll it. After the queue
 * or its engine is closed, the remaining updates can still be polled.
 */
public interface UpdateQueue extends AutoCloseable {
    /**
     * Passes updates to a handler, in order, and removes them from the queue. Does not wait and does not allocate. If
     * the handler throws, the exception goes to the caller, and the update is removed nevertheless.
     *
     * @param handler receives each update.
     * @param limit   the maximum number of updates, 1 or more.
     * @return the number of updates passed on; 0 if the queue is empty.
     */
    int poll(UpdateHandler handler, int limit);

    /** {@return the number of updates lost because the consumer was too slow, as far as gaps were reported} */
    long lostCount();

    /** Stops filling the queue. The subscription itself continues. Closing again has no effect. */
    @Override
    void close();
}
