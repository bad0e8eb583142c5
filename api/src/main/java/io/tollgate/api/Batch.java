package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;

/**
 * Publishes points and withdrawals atomically: no reader, listener or panel sees a part of a batch, even if it reads
 * several series, and neither does an engine reopened after a crash. {@link Publisher#newBatch()} creates a batch. One
 * thread at a time may use it, any number of times:
 *
 * <pre>{@code
 * Batch revision = publisher.newBatch();
 * revision.begin();
 * for (StepSeries rate : rates) {
 *     revision.offer(rate, effectiveNs, rate.scaled("34"));
 * }
 * long ticket = revision.commit();
 * }</pre>
 *
 * <p>Points without a knowledge time all get the same one. Within a batch, points apply in the order in which they were
 * offered. Points stay outside the Java heap until the commit. An open batch blocks no other producer; the engine
 * aborts it if it stays open longer than the limits allow.
 *
 * <p>A batch is applied as a whole or refused as a whole. If {@code offer} returns a code below 0, the point is not in
 * the batch; the caller decides whether to commit or to abort the rest. If the engine refuses one point on commit (a
 * duplicate, a decreasing knowledge time), it refuses the batch. The refusal handler, the counters and the log then get
 * that point with its own reason, and every other point with {@link RefusalReason#BATCH_REFUSED}.
 */
public interface Batch extends PointSink {
    /**
     * Begins the batch.
     *
     * @return 0 if the batch is open, or a code below 0: {@link Publisher#TOO_MANY_BATCHES} or
     *     {@link Publisher#CLOSED}.
     * @throws IllegalStateException if the batch is already open.
     */
    long begin();

    /**
     * Hands all points to the engine, at the position that a single point offered now would get. The batch can then
     * begin again.
     *
     * @return a ticket above 0, or a code below 0. After {@link Publisher#BACK_PRESSURED} the batch is still open:
     *     commit it again. After {@link Publisher#BATCH_TOO_LARGE}, {@link Publisher#BATCH_ABORTED} or
     *     {@link Publisher#CLOSED} the batch has ended and none of its points is taken.
     * @throws IllegalStateException if the batch is not open.
     */
    long commit();

    /** Ends the batch and discards its points. Does nothing if the batch is not open. */
    void abort();

    /** {@return the number of points and withdrawals in the batch, 0 if it is not open} */
    int pointCount();
}
