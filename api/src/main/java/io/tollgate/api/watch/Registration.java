package io.tollgate.api.watch;

/** A listener's attachment to a subscription. Any thread may use it. */
public interface Registration extends AutoCloseable {
    /**
     * How many updates were lost because the listener was too slow.
     *
     * @return 0 or more.
     */
    long lostCount();

    /**
     * How often the listener threw an exception or an error, each of which was told to the engine's error handler.
     *
     * @return 0 or more.
     */
    long failureCount();

    /**
     * Hands no more updates over: a listener that closes is told nothing behind that; where another thread does, the
     * listener may still be told what is being handed over. The subscription itself goes on. Closing again does
     * nothing.
     */
    @Override
    void close();
}
