package io.tollgate.api;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.EngineAdmin;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.Updates;
import java.time.Duration;

/**
 * An embedded time-series engine. It stores levels ({@link StepSeries}, such as tariff rates) and events
 * ({@link FlowSeries}, such as licences granted), and answers windowed metrics about them at any instant.
 *
 * <pre>{@code
 * StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
 * Instant effective = Instant.parse("2025-04-09T04:01:00Z");
 * long ticket = engine.publisher().offer(rate, effective, new BigDecimal("84"));
 * engine.awaitApplied(ticket);
 *
 * WindowReading month = engine.newReader().window(Window.sliding(Duration.ofDays(30)), Metric.MEAN);
 * double mean = month.read(rate, engine.now()).value(Metric.MEAN);
 * }</pre>
 *
 * <p><b>Threads.</b> Any thread may call any method. An engine {@linkplain io.tollgate.api.admin.ThreadingMode stepped
 * by its caller} is the exception: methods that wait then run the engine themselves, and only the stepping thread may
 * call them.
 *
 * <p><b>Interrupts</b> do not end a wait, as with {@link java.util.concurrent.Semaphore#acquireUninterruptibly()}. The
 * interrupt status of the thread is set again when the call returns. To limit a wait, pass a timeout to
 * {@code awaitApplied} or {@code awaitDurable}.
 *
 * <p><b>Errors.</b> A {@link TollgateException}, which is an {@link IllegalStateException}, describes a state that a
 * program can act on: {@link EngineClosedException}, {@link EngineFailedException}, {@link LimitExceededException} or
 * {@link DiskFullException}. A stepped engine throws a plain {@link IllegalStateException} if a call would wait while a
 * full {@linkplain io.tollgate.api.watch.OverflowPolicy#BLOCK blocking} update queue holds up the points before it.
 * Poll the queue and repeat the call; the refused call has no later effect.
 */
public interface Engine extends AutoCloseable {
    /**
     * Defines a STEP series, or returns the existing one if its definition is the same. Windows and shapes that an
     * existing series does not keep yet are added to it.
     *
     * @param definition definition of kind STEP.
     * @return the handle.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     * @throws IllegalStateException    if the key has another definition, the series would have too many windows, a
     *                                  limit is reached, the disk is full, or the engine is closed.
     */
    StepSeries defineStep(SeriesDefinition definition);

    /**
     * Defines a FLOW series, or returns the existing one if its definition is the same. Windows and shapes that an
     * existing series does not keep yet are added to it.
     *
     * @param definition definition of kind FLOW.
     * @return the handle.
     * @throws IllegalArgumentException if the definition is not of kind FLOW, or its start of life is implausible
     *                                  ({@link Publisher#IMPLAUSIBLE_TIME}).
     * @throws IllegalStateException    if the key has another definition, the series would have too many windows, a
     *                                  limit is reached, the disk is full, or the engine is closed.
     */
    FlowSeries defineFlow(SeriesDefinition definition);

    /** {@return the catalog, which finds, registers, closes and prunes series; shared by all threads} */
    SeriesCatalog series();

    /** {@return the updates, for subscriptions and watches; shared by all threads} */
    Updates updates();

    /** {@return the administration: checkpoints, backups, audits and statistics; shared by all threads} */
    EngineAdmin admin();

    /** {@return the images, which move series between engines as bytes; shared by all threads} */
    EngineImages images();

    /** {@return the publisher, which offers points; shared by all threads} */
    Publisher publisher();

    /**
     * Creates a reader of single series and pairs.
     *
     * @return a reader for one thread.
     * @throws IllegalStateException if the engine is closed.
     */
    MetricReader newReader();

    /**
     * Creates a reader of groups of series.
     *
     * @return a reader for one thread.
     * @throws IllegalStateException if the engine is closed.
     */
    PanelReader newPanelReader();

    /**
     * Waits until the point of a ticket, and every point offered to any series before it, is applied or refused. All
     * later reads see them.
     *
     * @param ticket ticket from the {@link Publisher}.
     * @throws IllegalArgumentException if the ticket is a code below 0 (the message names it), or was never issued.
     * @throws EngineClosedException    if the engine is closed.
     * @throws EngineFailedException    if the engine has failed; the cause is the failure.
     * @throws IllegalStateException    if the calling thread is the engine's own thread, or steps the engine while a
     *                                  blocking update queue is full.
     */
    void awaitApplied(long ticket);

    /**
     * Waits like {@link #awaitApplied(long)}, but at most for the given time.
     *
     * @param ticket  ticket from the {@link Publisher}.
     * @param timeout longest wait; 0 to return immediately.
     * @return true if the points are applied or refused, false if the time ran out.
     * @throws IllegalArgumentException if the ticket is a code below 0 or was never issued, or the timeout is below 0
     *                                  or above 292 years.
     * @throws IllegalStateException    as for {@link #awaitApplied(long)}.
     */
    boolean awaitApplied(long ticket, Duration timeout);

    /**
     * Waits like {@link #awaitApplied(long)} and returns the outcome of the point or batch. The engine remembers the
     * outcomes of at least the last 65,536 tickets.
     *
     * @param ticket ticket from the {@link Publisher}.
     * @return applied, unchanged, refused with a reason, or forgotten.
     * @throws IllegalArgumentException if the ticket is a code below 0 (the message names it), or was never issued.
     * @throws IllegalStateException    as for {@link #awaitApplied(long)}.
     */
    Outcome awaitOutcome(long ticket);

    /**
     * Waits until the point of a ticket, and every point offered before it, is applied or refused and is on disk. A
     * power failure does not lose it any more. With {@link Durability#NONE} this call forces the log to disk. With an
     * interval it waits for the next regular force, which may take up to the interval (at most an hour) plus the force
     * itself.
     *
     * @param ticket ticket from the {@link Publisher}.
     * @throws IllegalArgumentException if the ticket is a code below 0 (the message names it), or was never issued.
     * @throws EngineClosedException    if the engine is closed.
     * @throws EngineFailedException    if the engine has failed, for example because of a disk error; the cause is the
     *                                  failure.
     * @throws IllegalStateException    if the engine is in memory, or as for {@link #awaitApplied(long)}.
     */
    void awaitDurable(long ticket);

    /**
     * Waits like {@link #awaitDurable(long)}, but at most for the given time.
     *
     * @param ticket  ticket from the {@link Publisher}.
     * @param timeout longest wait; 0 to return immediately.
     * @return true if the points are on disk, false if the time ran out.
     * @throws IllegalArgumentException if the ticket is a code below 0 or was never issued, or the timeout is below 0
     *                                  or above 292 years.
     * @throws IllegalStateException    as for {@link #awaitDurable(long)}.
     */
    boolean awaitDurable(long ticket, Duration timeout);

    /**
     * Returns true if the point of a ticket, and every point offered to its series before it, is applied or refused and
     * is on disk. Does not wait.
     *
     * @param ticket ticket from the {@link Publisher}.
     * @return true if a power failure does not lose the point; always false for an engine in memory.
     * @throws IllegalArgumentException if the ticket is a code below 0 (the message names it), or was never issued.
     */
    boolean isDurable(long ticket);

    /**
     * Returns true if the point of a ticket, and every point offered to its series before it, is applied or refused.
     * Does not wait. Tickets of different series cannot be compared: they do not show which point was offered first.
     *
     * @param ticket ticket from the {@link Publisher}.
     * @return true if every read sees the point.
     * @throws IllegalArgumentException if the ticket is a code below 0 (the message names it), or was never issued.
     */
    boolean isApplied(long ticket);

    /**
     * Returns the engine clock.
     *
     * @return nanoseconds since the epoch; {@link Instants#MIN} until the clock is first set.
     */
    long now();

    /**
     * Advances the clock of an engine in mode {@link ClockMode#MANUAL} and waits until the new time has taken effect.
     *
     * @param instantNs the new time in ns; an instant before {@code now} has no effect.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the clock is in another mode, the disk is full, or the engine is closed.
     */
    void advanceTo(long instantNs);

    /**
     * Runs one duty cycle of an engine stepped by its caller. An interrupt of the caller is deferred until the cycle
     * ends.
     *
     * @return above 0 if work was done, 0 if the engine was idle.
     * @throws IllegalStateException if the engine has its own thread, or is closed.
     */
    int step();

    /**
     * Returns the state of the engine without waiting for it. Also works after a failure or a close.
     *
     * @return a snapshot.
     */
    EngineHealth health();

    /**
     * Applies all points offered so far, writes them to disk, and closes the engine. The call waits for a running
     * checkpoint or backup, and until listeners have room for the remaining updates. A second close does nothing.
     *
     * <p>If a producer thread is suspended in the middle of an offer, the call waits for it for up to ten seconds.
     * After that, its point may be lost. Points offered later are applied, but their tickets never count as applied or
     * durable: a thread that waits for one gets an {@link EngineClosedException}.
     */
    @Override
    void close();
}
