package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import io.tollgate.api.series.SeriesPattern;
import java.util.List;
import java.util.function.Consumer;

/**
 * The record of refused and late points of an engine. It is always on. The rules for threads are those of
 * {@link Engine}.
 *
 * <pre>{@code
 * Audit audit = engine.admin().audit();
 * for (Refusal refusal : audit.lastRefusals()) {
 *     System.err.println(refusal.reason() + " " + Instants.format(refusal.validTimeNs()));
 * }
 * System.out.println(audit.lateness(SeriesPattern.ANY).percentileNs(99));
 * }</pre>
 */
public interface Audit {
    /**
     * Lists the last refused points and withdrawals since the engine was opened, the oldest first. A limit of the
     * engine bounds their number. {@link EngineStatistics#refusedCounts()} counts all of them, by reason.
     *
     * @return a new list.
     * @throws IllegalStateException if the engine is closed.
     */
    List<Refusal> lastRefusals();

    /**
     * Reads all refusals from the log of a data directory, up to now, the oldest first. The calling thread reads the
     * whole log; the engine continues meanwhile.
     *
     * <p>Not included are refusals for lack of disk space ({@link RefusalReason#DISK_FULL}), which are not logged,
     * refusals in log segments that were deleted after a checkpoint, and refusals in parts of the log that a recovery
     * found lost. See {@link #hasAllRefusals()}. Segments may be deleted during the call.
     *
     * @param consumer receives each refusal.
     * @return the number of refusals.
     * @throws IllegalStateException if the engine is in memory or closed, if the thread is interrupted, or if the log
     *         is damaged; the message describes the damage.
     * @throws java.io.UncheckedIOException if the log cannot be read.
     */
    long readRefusals(Consumer<Refusal> consumer);

    /**
     * Returns true if the log of a data directory still has all refusals that were ever logged. Refusals for lack of
     * disk space ({@link RefusalReason#DISK_FULL}) are never logged. The first call may read the whole log, as
     * {@link #readRefusals} does.
     *
     * @return false if old segments were deleted after a checkpoint, or if a recovery found a part of the log lost,
     *     even if the store has the points of that part: refusals are in the log only.
     * @throws IllegalStateException if the engine is in memory, or the log is damaged; the message describes the
     *         damage.
     * @throws java.io.UncheckedIOException if the log cannot be read.
     */
    boolean hasAllRefusals();

    /**
     * Starts to measure the lateness of the points of some series. The lateness of all series together
     * ({@link SeriesPattern#ANY}) is always measured. A repeated call has no effect.
     *
     * @param pattern the keys of the series, see {@link SeriesPattern}.
     * @throws IllegalArgumentException if the pattern is invalid; the message names the rule.
     * @throws IllegalStateException if a limit is reached, or the engine is closed.
     */
    void trackLateness(String pattern);

    /**
     * Returns the lateness of points since tracking began, or since the engine was opened.
     *
     * @param pattern a tracked pattern.
     * @return a snapshot.
     * @throws IllegalArgumentException if the pattern is not tracked.
     * @throws IllegalStateException if the engine is closed.
     */
    Lateness lateness(String pattern);
}
