package io.tollgate.api.watch;

/**
 * The updates of a subscription since the queue was made, to be polled by one thread at a time. It can still be polled
 * when it or its engine is closed, until it is empty.
 */
public interface UpdateQueue extends AutoCloseable {
    /**
     * Hands updates over, in order, and takes them from the queue. Does not wait and does not allocate. An update whose
     * handler throws is taken all the same; the exception goes to the caller.
     *
     * @param handler of each.
     * @param limit   most updates to hand over, 1 or more.
     * @return how many were handed over; 0 if there is none.
     */
    int poll(UpdateHandler handler, int limit);

    /**
     * How many updates were lost because the consumer was too slow, as far as it has been told of them.
     *
     * @return 0 or more.
     */
    long lostCount();

    /** Takes no more updates. The subscription itself goes on. Closing again does nothing. */
    @Override
    void close();
}
