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
 * An embedded engine for tariff-rate and licence-count series. Any thread may call any method, except where an engine
 * is stepped by its caller: then every method that waits works the engine itself, and only the stepping thread may call
 * those.
 *
 * <p>A state that a caller can act on is a {@link TollgateException}, which is an {@link IllegalStateException} too:
 * {@link EngineClosedException}, {@link EngineFailedException}, {@link LimitExceededException}, {@link
 * DiskFullException}.
 *
 * <p>An interrupt ends no call that waits for the engine, as it ends no {@link
 * java.util.concurrent.Semaphore#acquireUninterruptibly()}: the call goes on waiting, and when it returns the thread is
 * interrupted as before. To wait for a limited time, give {@code awaitApplied} or {@code awaitDurable} a timeout.
 *
 * <p>An engine that is stepped by its caller refuses a call that waits behind points which find no room in a queue that
 * must not lose any, with an {@link IllegalStateException}: poll the queue, and call again. What was asked for is not
 * done later either.
 */
public interface Engine extends AutoCloseable {
    /**
     * Defines a STEP series, or finds it if it is already defined the same way: windows and shapes that it does not
     * keep yet are registered in addition.
     *
     * @param definition of kind STEP.
     * @return its handle.
     * @throws IllegalArgumentException if the definition is not of kind STEP.
     * @throws IllegalStateException    if the key is defined otherwise, it would have too many windows, a limit is
     *                                  reached, the disk is full, or the engine is closed.
     */
    StepSeries defineStep(SeriesDefinition definition);

    /**
     * Defines a FLOW series, or finds it if it is already defined the same way: windows and shapes that it does not
     * keep yet are registered in addition.
     *
     * @param definition of kind FLOW.
     * @return its handle.
     * @throws IllegalArgumentException if the definition is not of kind FLOW, or its start of life is implausible
     *                                  ({@link Publisher#IMPLAUSIBLE_TIME}).
     * @throws IllegalStateException    if the key is defined otherwise, it would have too many windows, a limit is
     *                                  reached, the disk is full, or the engine is closed.
     */
    FlowSeries defineFlow(SeriesDefinition definition);

    /**
     * The series: to find, register, close and forget.
     *
     * @return one for all threads.
     */
    SeriesCatalog series();

    /**
     * The updates: to subscribe and to watch.
     *
     * @return one for all threads.
     */
    Updates updates();

    /**
     * The administration: checkpoints, backups, audits and statistics.
     *
     * @return one for all threads.
     */
    EngineAdmin admin();

    /**
     * The publisher of this engine.
     *
     * @return one for all threads.
     */
    Publisher publisher();

    /**
     * A new reader.
     *
     * @return one for one thread.
     * @throws IllegalStateException if the engine is closed.
     */
    MetricReader newReader();

    /**
     * A new reader of groups of series.
     *
     * @return one for one thread.
     * @throws IllegalStateException if the engine is closed.
     */
    PanelReader newPanelReader();

    /**
     * Waits until the point of a ticket, and all that was offered before it to any series, is applied or refused: from
     * then on every read sees it.
     *
     * @param ticket as returned by {@link Publisher}.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out.
     * @throws EngineClosedException    if the engine is closed.
     * @throws EngineFailedException    if it has failed, with the failure as cause.
     * @throws IllegalStateException    if the thread is the engine's own, or steps the engine beside a full queue of
     *                                  updates.
     */
    void awaitApplied(long ticket);

    /**
     * Waits as {@link #awaitApplied(long)} does, for a limited time.
     *
     * @param ticket  as returned by {@link Publisher}.
     * @param timeout how long to wait at most, 0 to look only.
     * @return false if the time was over before.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out; or if the
     *                                  timeout is below 0 or above 292 years.
     * @throws IllegalStateException    as of {@link #awaitApplied(long)}.
     */
    boolean awaitApplied(long ticket, Duration timeout);

    /**
     * Waits as {@link #awaitApplied(long)} does, and tells what became of the point or batch. The engine knows that of
     * the last 65,536 tickets that were applied or refused, at least.
     *
     * @param ticket as returned by {@link Publisher}.
     * @return applied, unchanged, refused for a reason, or forgotten.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out.
     * @throws IllegalStateException    as of {@link #awaitApplied(long)}.
     */
    Outcome awaitOutcome(long ticket);

    /**
     * Waits until the point of a ticket, and all that was offered before it, is applied or refused, and on disk: from
     * then on a power failure does not lose it. With {@link Durability#NONE} this has the log forced at once; with an
     * interval it waits for the force that comes next, for up to the interval, which may be an hour, and that force.
     *
     * @param ticket as returned by {@link Publisher}.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out.
     * @throws EngineClosedException    if the engine is closed.
     * @throws EngineFailedException    if it has failed, with the failure as cause; an error of the disk is one.
     * @throws IllegalStateException    if the engine is in memory, or as of {@link #awaitApplied(long)}.
     */
    void awaitDurable(long ticket);

    /**
     * Waits as {@link #awaitDurable(long)} does, for a limited time.
     *
     * @param ticket  as returned by {@link Publisher}.
     * @param timeout how long to wait at most, 0 to look only.
     * @return false if the time was over before.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out; or if the
     *                                  timeout is below 0 or above 292 years.
     * @throws IllegalStateException    as of {@link #awaitDurable(long)}.
     */
    boolean awaitDurable(long ticket, Duration timeout);

    /**
     * Whether the point of a ticket, and all that was offered to its series before it, is applied or refused, and on
     * disk. Does not wait.
     *
     * @param ticket as returned by {@link Publisher}.
     * @return true if a power failure does not lose it; false for an engine in memory.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out.
     */
    boolean isDurable(long ticket);

    /**
     * Whether the point of a ticket, and all that was offered to its series before it, is applied or refused. Does not
     * wait. Tickets of different series do not tell which of the points was offered first.
     *
     * @param ticket as returned by {@link Publisher}.
     * @return true if every read sees it.
     * @throws IllegalArgumentException if the ticket is a code below 0, naming it, or was never given out.
     */
    boolean isApplied(long ticket);

    /**
     * The engine clock.
     *
     * @return {@code now} in nanoseconds since the epoch; {@link Instants#MIN} before anything has moved it.
     */
    long now();

    /**
     * Moves the clock of an engine in mode {@link ClockMode#MANUAL}, and waits until it has moved.
     *
     * @param instantNs the new time; one before {@code now} moves nothing.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the clock is in another mode, the disk is full, or the engine is closed.
     */
    void advanceTo(long instantNs);

    /**
     * Works an engine that is stepped by its caller: one duty cycle. An interrupt of the caller is put off meanwhile.
     *
     * @return above 0 if something was done, 0 if there was nothing to do.
     * @throws IllegalStateException if the engine has a thread of its own, or is closed.
     */
    int step();

    /**
     * How the engine is. Never waits for the engine; answers also after it has failed, and after it is closed.
     *
     * @return a snapshot.
     */
    EngineHealth health();

    /**
     * Applies what was offered, writes everything, and closes. Waits for a checkpoint or backup that is being made, and
     * for listeners until all that is to be told to them has found room. Closing again does nothing.
     *
     * <p>A producer that stands still in the midst of an offer is waited for, for ten seconds. If it goes on later, its
     * point may be lost. So no ticket from there on counts as applied or durable: what was offered behind
     * the point is applied, but whoever waits for it is told that the engine is closed.
     */
    @Override
    void close();
}
