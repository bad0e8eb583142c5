package io.tollgate.api;

import io.tollgate.api.admin.Audit;
import io.tollgate.api.admin.Backup;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
     * Registers windows by a pattern: over all series that exist and that it fits, and over those to come. Registering
     * the same again does nothing; other windows of the same pattern are registered in addition.
     *
     * <p>A series that exists takes a registration in with its next point: its window states are then made from its
     * summaries in O(log n), and where shapes are to be kept its summaries are made anew, once, in some 0.1
     * microseconds a point. Until then the windows are answered as those that are not registered, with the same bits.
     *
     * @param registration pattern and windows.
     * @throws IllegalStateException if a series would have more than {@link SeriesDefinition#MAX_WINDOWS} windows (then
     *                               nothing is registered), a limit is reached, or the engine is closed.
     */
    void register(WindowRegistration registration);

    /**
     * Keeps the sums of a group up to date, as long as the engine is open: a change of a member then costs the same
     * whatever the size of the group, and reads at the time of the engine's clock, by readings made from now on, do
     * too. Changes that are pending take effect when the clock reaches them, all those of an instant in one step. All
     * other reads of the group give the same bits, as do those of a group that is not registered, at the cost of a look
     * at each member. Registering costs such a look too, on the engine's thread; registering again does nothing.
     *
     * <p>A series defined later that fits a {@link MemberPattern} of the group is taken in with its definition.
     *
     * @param group of series of this engine.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if a limit is reached, or the engine is closed.
     */
    void register(Group group);

    /**
     * Keeps the sums of all nodes of a hierarchy up to date, as {@link #register(Group)} does those of a group: a
     * change of a member costs one look at it, and a sum for each node above it.
     *
     * @param hierarchy of series of this engine.
     * @throws IllegalArgumentException if a series is not one of this engine.
     * @throws IllegalStateException    if a limit is reached, or the engine is closed.
     */
    void register(Hierarchy hierarchy);

    /**
     * Finds a series by its key.
     *
     * @param key of the series.
     * @return its handle, empty if there is none.
     * @throws IllegalStateException if the engine is closed.
     */
    Optional<Series> find(String key);

    /**
     * Finds a series by its number.
     *
     * @param number of the series.
     * @return its handle, empty if there is none.
     * @throws IllegalStateException if the engine is closed.
     */
    Optional<Series> find(long number);

    /**
     * Closes a series for good: its life ends at an instant. Points valid at or behind it are refused from then on
     * ({@link RefusalReason#SERIES_CLOSED}); earlier ones may still come late, be revised or withdrawn. A period that
     * ends with the life of its FLOW lies inside it.
     *
     * <p>The level of a STEP is unknown from the end on, as if its heartbeat had run out there. A FLOW covers no time
     * behind it: zero events there mean nothing. As known before the end became known, the series answers as an open
     * one.
     *
     * <p>The unit and the scale of a series never change: it is closed, and {@linkplain LifeEnd#followedBy followed} by
     * another one. The two are separate series in every metric, and their points may overlap in time; the link is for
     * those who ask ({@link MetricReader#readLife}). A successor is open when it is linked, and follows one series at
     * most.
     *
     * <p>It takes effect behind all that the caller has offered. Closing again at the same instant does nothing, but
     * names a successor where there was none, which is known from the knowledge time given with it on.
     *
     * @param series to be closed.
     * @param end    where, known since when, and what follows.
     * @throws IllegalArgumentException if a series is not one of this engine, the successor is of another kind, or the
     *                                  series itself, the end is implausible ({@link Publisher#IMPLAUSIBLE_TIME}) or
     *                                  does
     *                                  not lie behind a declared start of life, or the clock is
     *                                  {@link ClockMode#KNOWLEDGE} and no knowledge time is given.
     * @throws IllegalStateException    if there are points at or behind the end (withdraw them first), the end became
     *                                  known before something else of the series did, the series is closed or followed
     *                                  otherwise, the successor is closed or follows another one, there is no room, or
     *                                  the engine is closed.
     */
    void closeSeries(Series series, LifeEnd end);

    /**
     * Subscribes to updates, unless the engine has the same subscription already, and gives a queue of those from now
     * on. A subscription is logged, and goes on when the engine is opened again, with its numbers; it ends with {@link
     * #unsubscribe}. Making one takes a read of each metric of each series that it follows.
     *
     * @param subscription what to follow.
     * @param options      of the queue.
     * @return a new queue.
     * @throws IllegalArgumentException if the queue must not lose updates and cannot hold those of one point, all
     *                                  texts of metrics and watches together have more than 32,768 bytes, or the level
     *                                  is asked for of a pattern that fits only FLOW series.
     * @throws IllegalStateException    if another subscription has this name, a limit is reached, the disk is full, or
     *                                  the engine is closed.
     * @throws OutOfMemoryError         if there is no memory outside the heap for the queue: nothing was done then.
     */
    UpdateQueue subscribe(Subscription subscription, QueueOptions options);

    /**
     * Subscribes to updates, and hands those from now on to a listener, on a thread of the engine's that all listeners
     * share; where the engine is stepped by its caller, in {@link #step()}. A listener may read, but not wait for the
     * engine. What it throws is counted and told to the engine's error handler.
     *
     * @param subscription what to follow.
     * @param options      of the queue to the listener.
     * @param listener     takes the updates.
     * @return what ends it.
     * @throws IllegalArgumentException as of {@link #subscribe(Subscription, QueueOptions)}.
     * @throws IllegalStateException    as of {@link #subscribe(Subscription, QueueOptions)}.
     * @throws OutOfMemoryError         as of {@link #subscribe(Subscription, QueueOptions)}.
     */
    Registration subscribe(Subscription subscription, QueueOptions options, UpdateHandler listener);

    /**
     * Watches what is asked of many series together, and gives a queue of the events from now on. What was told before
     * the engine was closed or killed is not told again; see {@link WatchSet}.
     *
     * @param watches what to follow.
     * @param options of the queue.
     * @return a new queue.
     * @throws IllegalArgumentException if a series is not one of this engine, or all texts of the watches together have
     *                                  more than 16,384 bytes.
     * @throws IllegalStateException    if other watches, or a subscription, have this name, a limit is reached, the
     *                                  disk is full, or the engine is closed.
     * @throws OutOfMemoryError         as of {@link #subscribe(Subscription, QueueOptions)}.
     */
    UpdateQueue watch(WatchSet watches, QueueOptions options);

    /**
     * Watches what is asked of many series together, and hands the events from now on to a listener, as {@link
     * #subscribe(Subscription, QueueOptions, UpdateHandler)} does.
     *
     * @param watches  what to follow.
     * @param options  of the queue to the listener.
     * @param listener takes the events.
     * @return what ends it.
     * @throws IllegalArgumentException as of {@link #watch(WatchSet, QueueOptions)}.
     * @throws IllegalStateException    as of {@link #watch(WatchSet, QueueOptions)}.
     * @throws OutOfMemoryError         as of {@link #watch(WatchSet, QueueOptions)}.
     */
    Registration watch(WatchSet watches, QueueOptions options, UpdateHandler listener);

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
     * What is subscribed to.
     *
     * @return the subscriptions, in the order in which they were made.
     * @throws IllegalStateException if the engine is closed.
     */
    List<Subscription> subscriptions();

    /**
     * Forgets history of series: versions that were revised or withdrawn, and that a retention does not keep. What
     * counts, all that is pending included, stays as it is, and so does every answer as known at the {@linkplain
     * Retention horizon} of the series or later; before it, answers are {@link Status#FORGOTTEN}. The room is used
     * again. Only what is called for is forgotten, and only when it is called for: call again as time goes on.
     *
     * <p>It takes effect behind all that the caller has offered, series by series, each as an operation of its own in
     * the log; between them points go on, while other calls that define or register wait. A series is being changed
     * while what is left of its history is written anew, which is linear in it: a read that gives up before that says
     * CONTENDED. A call that ends with an exception may have forgotten the history of some of the series.
     *
     * @param pattern   of the keys, as in {@link SeriesPattern}.
     * @param retention what to keep of each of them.
     * @return how many versions were forgotten.
     * @throws IllegalArgumentException if the pattern breaks a rule.
     * @throws IllegalStateException    if the disk has no room for the operations, or the engine is closed.
     */
    long retain(String pattern, Retention retention);

    /**
     * What can be read of refused and late points.
     *
     * @return the audit of this engine, for all threads.
     */
    Audit audit();

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
     * What the engine has done since it was opened, and what it holds.
     *
     * @return a snapshot.
     * @throws IllegalStateException if the engine is closed.
     */
    EngineStatistics statistics();

    /**
     * Writes the state of the engine beside its log, so that an opening after a kill applies no more of the log than
     * what was appended since, and reads none of the segments before the one that the checkpoint ends in. What the log
     * has before that is not looked at then. Points are taken meanwhile; the calling thread does the work: it forces
     * the log, and applies once more what was applied since the last checkpoint. The engine may wait where it goes on
     * to another segment of its log while that is forced. On disk when this returns; a checkpoint before stands until
     * then. Where old log is to go with it and cannot be deleted, the error handler is told, and the next one tries
     * again.
     *
     * @return up to where.
     * @throws IllegalStateException        if the engine is in memory or closed, if this is one of its own threads, or
     *                                      if its log or the last checkpoint is damaged: that stands as it is.
     * @throws java.io.UncheckedIOException if the disk refuses or is full; the engine goes on as before, unless
     *                                      its log cannot be forced: then it has failed.
     */
    Checkpoint checkpoint();

    /**
     * Copies the data directory while the engine goes on: the log up to now, and the store that follows from it. The
     * calling thread does the work. The copy gets its name when it is whole, checked, closed cleanly and on disk; until
     * then it lies beside that, under a name that begins with it and {@code .unfinished-}. If the process is killed,
     * that stays until the next copy is made to the same directory, which deletes it.
     *
     * @param directory of the copy: not there, or empty and no mount point, and outside of the data directory; of a
     *                  link the directory that it leads to.
     * @return what the copy includes.
     * @throws IllegalArgumentException     if there is something in the directory, or it is a mount point, or lies in
     *                                      the data directory.
     * @throws IllegalStateException        if the engine is in memory or closed, if this is one of its own threads, or
     *                                      if its log is damaged.
     * @throws java.io.UncheckedIOException if the disk refuses or is full; the engine goes on as before.
     */
    Backup backup(Path directory);

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
