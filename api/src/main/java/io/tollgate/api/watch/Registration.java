package io.tollgate.api.watch;

/** The registration of a listener with a subscription. Any thread may use it. */
public interface Registration extends AutoCloseable {
    /** {@return the number of updates lost because the listener was too slow} */
    long lostCount();

    /**
     * {@return the number of times that the listener threw} Each exception was also passed to the engine's error
     * handler.
     */
    long failureCount();

    /**
     * Stops the delivery to the listener. After a call from the listener itself no further update is delivered. After a
     * call from another thread, a delivery in progress may still complete. The subscription itself continues. Closing
     * again has no effect.
     */
    @Override
    void close();
}
