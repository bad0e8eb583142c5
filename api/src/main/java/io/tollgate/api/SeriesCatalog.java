package io.tollgate.api;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.WindowRegistration;
import java.util.List;
import java.util.Optional;

/**
 * Finds series, keeps windows and group sums up to date, closes series, and prunes their history.
 * {@link Engine#defineStep} and {@link Engine#defineFlow} define single series.
 *
 * <pre>{@code
 * engine.series().register(WindowRegistration.of("tariff.US.*").withWindows(Window.sliding(Duration.ofDays(30))));
 * engine.series().close(rate, LifeEnd.at(endNs).followedBy(successor));
 * long forgotten = engine.series().retain("tariff.*", Retention.age(Duration.ofDays(400)));
 * }</pre>
 *
 * <p>The threads that may call a method are those of {@link Engine}.
 */
public interface SeriesCatalog {
    /**
     * Defines series, like {@link Engine#defineStep} and {@link Engine#defineFlow}, in one call: the quick way for a
     * large universe. The engine defines them in the order of the list, some hundred in each duty cycle, and takes
     * points in between. {@link SeriesDefinition#withKey} makes definitions that share all but the key.
     *
     * <pre>{@code
     * SeriesDefinition price = SeriesDefinition.step("price", USD, 2).withWindows(Window.sliding(Duration.ofDays(1)));
     * List<Series> prices = engine.series().define(keys.stream().map(price::withKey).toList());
     * }</pre>
     *
     * @param definitions definitions of any kind; a repeated key gives the same series.
     * @return the handles in the order of the definitions, each a {@link io.tollgate.api.series.StepSeries} or a
     *     {@link io.tollgate.api.series.FlowSeries}.
     * @throws IllegalArgumentException if the start of a life is implausible ({@link Publisher#IMPLAUSIBLE_TIME}); no
     *                                  series is defined then.
     * @throws IllegalStateException    as for {@link Engine#defineStep}, for the first definition that is refused. The
     *                                  series before it in the list are defined, those behind it are not.
     */
    List<Series> define(List<SeriesDefinition> definitions);

    /**
     * Finds a series by its key.
     *
     * @param key key of the series.
     * @return the handle, empty if there is no such series.
     * @throws IllegalStateException if the engine is closed.
     */
    Optional<Series> find(String key);

    /**
     * Finds a series by its number.
     *
     * @param number number of the series.
     * @return the handle, empty if there is no such series.
     * @throws IllegalStateException if the engine is closed.
     */
    Optional<Series> find(long number);

    /**
     * Registers windows for all series whose keys match a pattern, existing and future ones. Windows registered before
     * under the same pattern stay registered; repeating a registration has no effect.
     *
     * <p>An existing series adopts the registration with its next point. It then builds the window states from its
     * summaries in O(log n). If shapes are to be kept, it also rebuilds its summaries once, at about 0.1 microseconds a
     * point. Until then reads of these windows cost as much as unregistered ones, with bit-identical answers.
     *
     * @param registration pattern and windows.
     * @throws IllegalStateException if a series would have more than
     *                               {@link io.tollgate.api.series.SeriesDefinition#MAX_WINDOWS} windows (the whole
     *                               registration is then refused), a limit is reached, or the engine is closed.
     */
    void register(WindowRegistration registration);

    /**
     * Keeps the sums of a group up to date while the engine is open. A change of a member, and a read at the time of
     * the engine clock, then cost the same for any size of the group. This holds for readings made after the
     * registration. Pending changes take effect when the clock reaches them; all changes of one instant take effect
     * together.
     *
     * <p>Other reads of the group, like all reads of an unregistered group, visit each member and give bit-identical
     * answers. Registering visits each member once, on the engine thread. Registering the same group again does
     * nothing. If a series defined later matches a {@link MemberPattern} of the group, it joins the group as soon as it
     * is defined.
     *
     * @param group group of series of this engine.
     * @throws IllegalArgumentException if a series is not a series of this engine.
     * @throws IllegalStateException    if a limit is reached, or the engine is closed.
     */
    void register(Group group);

    /**
     * Keeps the sums of all nodes of a hierarchy up to date, like {@link #register(Group)} for a group. A change of a
     * member costs one visit to the member and one sum for each node above it.
     *
     * @param hierarchy hierarchy of series of this engine.
     * @throws IllegalArgumentException if a series is not a series of this engine.
     * @throws IllegalStateException    if a limit is reached, or the engine is closed.
     */
    void register(Hierarchy hierarchy);

    /**
     * Closes a series permanently: its life ends at an instant. The engine then refuses points valid at or after the
     * end ({@link RefusalReason#SERIES_CLOSED}). Earlier points may still arrive late, be revised or be withdrawn.
     *
     * <p>From the end on, the level of a STEP is unknown, as after an expired heartbeat. A FLOW covers no time after
     * the end, so the absence of events there does not mean zero; a reporting period that ends exactly at the end is
     * covered. Reads as of a time before the end became known are not affected.
     *
     * <p>Unit and scale of a series never change. To change them, close the series and name a
     * {@linkplain LifeEnd#followedBy successor}. All metrics treat the two as separate series, and their points may
     * overlap in time; {@link io.tollgate.api.read.MetricReader#life} reads the link. The successor must be open when
     * it is linked, and a series can be the successor of at most one other.
     *
     * <p>The close takes effect after all points that the caller has offered. Closing again at the same instant does
     * nothing, except that it can add a missing successor, which becomes known at the knowledge time of that call.
     *
     * @param series the series to close.
     * @param end    instant, knowledge time and successor.
     * @throws IllegalArgumentException if a series is not a series of this engine; the successor is of another kind or
     *                                  is the series itself; the end is implausible
     *                                  ({@link Publisher#IMPLAUSIBLE_TIME}) or not after the declared start of life; or
     *                                  the clock is {@link ClockMode#KNOWLEDGE} and the knowledge time is missing.
     * @throws IllegalStateException    if the series has points at or after the end (withdraw them first); the
     *                                  knowledge time is before the last one of the series; the series already has
     *                                  another end or successor; the successor is closed or follows another series;
     *                                  there is no space; or the engine is closed.
     */
    void close(Series series, LifeEnd end);

    /**
     * Deletes history: versions that were revised or withdrawn and that the retention does not keep. Current points,
     * including pending ones, always stay. Answers as of the {@linkplain Retention horizon} of a series or later stay
     * the same; answers as of an earlier time become {@link Status#FORGOTTEN}. The engine reuses the freed space. It
     * deletes history only on this call, so repeat the call as time goes on.
     *
     * <p>The deletion takes effect after all points that the caller has offered, one series after the other, each as
     * its own log operation. Points are applied in between; calls that define or register series wait. Rewriting the
     * remaining history of a series is linear in its size, and reads of that series during the rewrite may return
     * CONTENDED. A call that throws may have deleted the history of some series.
     *
     * @param pattern   pattern of the keys, see {@link SeriesPattern}.
     * @param retention history to keep of each series.
     * @return the number of versions deleted.
     * @throws IllegalArgumentException if the pattern is invalid.
     * @throws IllegalStateException    if the disk has no space for the operations, or the engine is closed.
     */
    long retain(String pattern, Retention retention);
}
