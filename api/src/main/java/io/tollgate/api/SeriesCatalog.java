package io.tollgate.api;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.WindowRegistration;
import java.util.Optional;

/**
 * The series of an engine: finds them, keeps windows and groups of them up to date, ends their lives and forgets their
 * history. {@link Engine#defineStep} and {@link Engine#defineFlow} define them. Any thread may call any method, as of
 * {@link Engine}.
 */
public interface SeriesCatalog {
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
     * Registers windows by a pattern: over all series that exist and that it fits, and over those to come. Registering
     * the same again does nothing; other windows of the same pattern are registered in addition.
     *
     * <p>A series that exists takes a registration in with its next point: its window states are then made from its
     * summaries in O(log n), and where shapes are to be kept its summaries are made anew, once, in some 0.1
     * microseconds a point. Until then the windows are answered as those that are not registered, with the same bits.
     *
     * @param registration pattern and windows.
     * @throws IllegalStateException if a series would have more than {@link
     *     io.tollgate.api.series.SeriesDefinition#MAX_WINDOWS} windows (then
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
     * those who ask ({@link io.tollgate.api.read.MetricReader#life}). A successor is open when it is linked, and
     * follows one series at most.
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
    void close(Series series, LifeEnd end);

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
}
