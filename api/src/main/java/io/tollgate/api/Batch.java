package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;

/**
 * Points and withdrawals that take effect together: no reader, listener or panel sees some of them without the others,
 * not even one that reads several series, and neither does an engine that is opened again after a kill. They all get
 * one knowledge time where none is given. Made by {@link Publisher#newBatch()}, and used over and over by one thread at
 * a time:
 *
 * <pre>
 *   batch.begin();
 *   batch.offer(...);        any number of times, up to the limit of the engine
 *   ticket = batch.commit();
 * </pre>
 *
 * <p>Points are kept outside the heap until the commit; an open batch holds up nobody. One that is open for longer than
 * the limits of the engine allow is aborted.
 *
 * <p>A batch is taken as a whole or not at all. What an {@code offer} refuses, by a code below 0, is not in it, and it
 * is the caller's to commit or abort what is. What only the engine can find out (a duplicate, a decreasing knowledge
 * time, ...) refuses the batch: the handler, the counters and the log get that point with its reason, and all others
 * with {@link RefusalReason#BATCH_REFUSED}. Within a batch, points count in the order in which they were offered.
 */
public interface Batch extends PointSink {
    /**
     * Begins the batch.
     *
     * @return 0 if it is open now; or a code below 0: {@link Publisher#TOO_MANY_BATCHES} or {@link Publisher#CLOSED}.
     * @throws IllegalStateException if it is open already.
     */
    long begin();

    /**
     * Hands all points over to the engine, in the place that a single point offered now would have. Afterwards the
     * batch may be begun again.
     *
     * @return a ticket above 0; or a code below 0: {@link Publisher#BACK_PRESSURED}, and then the batch is still open
     *     and may be committed again; {@link Publisher#BATCH_TOO_LARGE}, {@link Publisher#BATCH_ABORTED} or {@link
     *     Publisher#CLOSED}, and then it is ended, and none of its points is taken.
     * @throws IllegalStateException if it was not begun.
     */
    long commit();

    /** Ends the batch, and forgets its points; does nothing if it is not open. */
    void abort();

    /**
     * How many points and withdrawals are in it.
     *
     * @return 0 if it is not open.
     */
    int pointCount();
}
