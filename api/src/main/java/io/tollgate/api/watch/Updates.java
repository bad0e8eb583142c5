package io.tollgate.api.watch;

import io.tollgate.api.Engine;
import java.util.List;

/**
 * The updates of an engine: subscriptions to single series, and watches on panels of many. The rules for threads are
 * those of {@link Engine}.
 */
public interface Updates {
    /**
     * Subscribes to updates and returns a queue of the updates from now on. A second call with an equal request returns
     * another queue of the same subscription. The subscription ends with {@link #unsubscribe}.
     *
     * <p>A {@link Subscription} is logged. It continues after the engine is reopened, with its numbers. A new
     * subscription costs one read of each metric on each matching series. A {@link WatchSet} is not logged: subscribe
     * again after each opening. Events reported before are not repeated.
     *
     * @param request the series and metrics to follow.
     * @param options the options of the queue.
     * @return a new queue.
     * @throws IllegalArgumentException if a BLOCK queue cannot hold the updates of one point; if the texts of all
     *         metrics and watches exceed 32,768 bytes, or those of watches on panels 16,384 bytes; if LEVEL is
     *         requested of a pattern that matches only FLOW series; or if a series belongs to another engine.
     * @throws IllegalStateException if another request has this name, a limit is reached, the disk is full, or the
     *         engine is closed.
     * @throws OutOfMemoryError if there is no memory off the heap for the queue; the call had no effect.
     */
    UpdateQueue subscribe(UpdateRequest request, QueueOptions options);

    /**
     * Subscribes to updates and passes those from now on to a listener. All listeners share one thread of the engine; a
     * stepped engine calls them in {@link Engine#step()}. A listener may read, but must not wait for the engine. Its
     * exceptions are counted and passed to the engine's error handler.
     *
     * @param request  the series and metrics to follow.
     * @param options  the options of the queue to the listener.
     * @param listener receives the updates.
     * @return the registration; close it to stop the delivery.
     * @throws IllegalArgumentException see {@link #subscribe(UpdateRequest, QueueOptions)}.
     * @throws IllegalStateException see {@link #subscribe(UpdateRequest, QueueOptions)}.
     * @throws OutOfMemoryError see {@link #subscribe(UpdateRequest, QueueOptions)}.
     */
    Registration subscribe(UpdateRequest request, QueueOptions options, UpdateHandler listener);

    /**
     * Ends a subscription or a set of watches. Its queues receive no more updates, and its numbers are forgotten.
     *
     * <p>The call takes effect after all operations offered before it. If those wait for room in a BLOCK queue, the
     * call waits too, until another thread polls or closes the queue. To end both, close the queue first.
     *
     * @param name the name of the request.
     * @return false if there is no request of that name.
     * @throws IllegalStateException if the disk is full, or the engine is closed.
     */
    boolean unsubscribe(String name);

    /**
     * Lists all subscriptions and watches.
     *
     * @return the subscriptions in the order in which they were made, then the watches on panels that were made since
     *     the engine was opened.
     * @throws IllegalStateException if the engine is closed.
     */
    List<UpdateRequest> list();
}
