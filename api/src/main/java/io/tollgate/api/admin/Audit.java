package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import io.tollgate.api.series.SeriesPattern;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be read of the points that an engine refused, and of those that came late. Always on. Any thread may call
 * any method, as of {@link Engine}.
 */
public interface Audit {
    /**
     * The points and withdrawals that were refused last since the engine was opened: as many as the
     * limits keep, the oldest first. {@link EngineStatistics#refusedCounts()} says how many there were, by reason.
     *
     * @return a new list.
     * @throws IllegalStateException if the engine is closed.
     */
    List<Refusal> lastRefusals();

    /**
     * Reads all refusals from the log of a data directory, up to now: the oldest first. On the thread
     * of the caller, through all of the log; the engine goes on meanwhile. Those for want of room on the disk
     * ({@link RefusalReason#DISK_FULL}) are not logged: they reach the refusal handler, the counters and
     * {@link #lastRefusals}. Those in segments of the log that were deleted behind a checkpoint are lost, and those in
     * what the log has lost, be it that a checkpoint has the rest of that: see {@link #hasAllRefusals()}; segments may
     * go while this reads.
     *
     * @param consumer of each.
     * @return how many there were.
     * @throws IllegalStateException        if the engine is in memory, or closed; if the thread is interrupted; or if
     *                                      the log is damaged, naming what was found.
     * @throws java.io.UncheckedIOException if the log cannot be read.
     */
    long readRefusals(Consumer<Refusal> consumer);

    /**
     * Whether the log of a data directory has all refusals that were ever logged: all but those for want of room on the
     * disk ({@link RefusalReason#DISK_FULL}). Where nothing beside the log says that it has not, the first call reads
     * all of it, as {@link #readRefusals} does.
     *
     * @return false if old segments of it were deleted behind a checkpoint: {@link #readRefusals} begins behind them;
     *         and if something of it was lost, whether a store has that or not: refusals stand in the log alone.
     * @throws IllegalStateException        if the engine is in memory, or the log is damaged, naming what was found.
     * @throws java.io.UncheckedIOException if the log cannot be read.
     */
    boolean hasAllRefusals();

    /**
     * Counts from now on by how much the points of some series come late. Those of all series together
     * ({@link SeriesPattern#ANY}) are counted from the beginning. Tracking what is tracked does nothing.
     *
     * @param pattern of the series, see {@link SeriesPattern}.
     * @throws IllegalArgumentException naming the rule that the pattern breaks.
     * @throws IllegalStateException    if a limit is reached, or the engine is closed.
     */
    void trackLateness(String pattern);

    /**
     * By how much points came late since their lateness was tracked, or the engine was opened.
     *
     * @param pattern that is tracked.
     * @return what was counted up to now; it does not change any more.
     * @throws IllegalArgumentException if the pattern is not tracked.
     * @throws IllegalStateException    if the engine is closed.
     */
    Lateness lateness(String pattern);
}
