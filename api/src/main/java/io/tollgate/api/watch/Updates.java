package io.tollgate.api.watch;

import io.tollgate.api.Engine;
import java.util.List;

/**
 * The updates of an engine: subscriptions to single series, and watches on panels of many. Any thread may call any
 * method, as of {@link Engine}.
 */
public interface Updates {
    /**
     * Subscribes to updates, unless the engine has the same request already, and gives a queue of those from now on.
     * The request ends with {@link #unsubscribe}.
     *
     * <p>A {@link Subscription} is logged, and goes on when the engine is opened again, with its numbers. Making one
     * takes a read of each metric of each series that it follows. {@link WatchSet} are made again after each
     * opening. Events that were told before are not told again.
     *
     * @param request what to follow.
     * @param options of the queue.
     * @return a new queue.
     * @throws IllegalArgumentException if the queue must not lose updates and cannot hold those of one point; if all
     *                                  texts of metrics and watches together have more than 32,768 bytes, or those of
     *                                  watches on panels more than 16,384; if the level is asked for of a pattern that
     *                                  fits only FLOW series; or if a series is not one of this engine.
     * @throws IllegalStateException    if another request has this name, a limit is reached, the disk is full, or the
     *                                  engine is closed.
     * @throws OutOfMemoryError         if there is no memory outside the heap for the queue: nothing was done then.
     */
    UpdateQueue subscribe(UpdateRequest request, QueueOptions options);

    /**
     * Subscribes to updates, and hands those from now on to a listener. The listener is called on a thread of the
     * engine's that all listeners share; if the engine is stepped by its caller, in {@link Engine#step()}. A listener
     * may read, but not wait for the engine. What it throws is counted and told to the engine's error handler.
     *
     * @param request  what to follow.
     * @param options  of the queue to the listener.
     * @param listener takes the updates.
     * @return what ends it.
     * @throws IllegalArgumentException as of {@link #subscribe(UpdateRequest, QueueOptions)}.
     * @throws IllegalStateException    as of {@link #subscribe(UpdateRequest, QueueOptions)}.
     * @throws OutOfMemoryError         as of {@link #subscribe(UpdateRequest, QueueOptions)}.
     */
    Registration subscribe(UpdateRequest request, QueueOptions options, UpdateHandler listener);

    /**
     * Ends a subscription or watches: the queues get nothing more, and the numbers are forgotten.
     *
     * <p>It takes effect behind all that was offered before it. Where that waits for room in a queue that must not lose
     * any, so does this call, until another thread polls the queue or closes it: to end both, close the queue first.
     *
     * @param name of the subscription or of the watches.
     * @return false if there is none of that name.
     * @throws IllegalStateException if the disk is full, or the engine is closed.
     */
    boolean unsubscribe(String name);

    /**
     * Lists all subscriptions and watches.
     *
     * @return the subscriptions in the order in which they were made, and then the watches on panels that were made
     *         since the engine was opened.
     * @throws IllegalStateException if the engine is closed.
     */
    List<UpdateRequest> list();
}
