package io.tollgate.examples.workload;

import io.tollgate.core.report.Footprint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The properties of a stream of points. Series change in rounds. In each round every series of one group changes once,
 * in shuffled order. Series start one after the other, so the first rounds do not contain all of them.
 *
 * @param name         for tables.
 * @param seriesCount  total number of series.
 * @param groupCount   groups that take turns; a divisor of the series count.
 * @param intervalNs   valid time from one round to the next.
 * @param burst        true if all points of a round have the same valid time; otherwise they are spread over the
 *                     interval.
 * @param windows      lengths of the registered windows, ascending.
 * @param latePercent  per cent of the points that are late.
 * @param maxDelayNs   maximum delay of late points; delays are evenly distributed.
 * @param knownAheadNs time by which a point is known before its valid time.
 * @param falling      true if each value is below all earlier ones; otherwise values are random.
 * @param leastPoints  minimum number of points of each series when the windows are full, if the windows contain fewer;
 *                     otherwise 0.
 */
public record Workload(
        String name,
        int seriesCount,
        int groupCount,
        long intervalNs,
        boolean burst,
        List<Duration> windows,
        int latePercent,
        long maxDelayNs,
        long knownAheadNs,
        boolean falling,
        int leastPoints) {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();
    private static final int MANY = 1_000;
    private static final int UNIVERSE = 1_000_000;
    private static final int GROWN = 200_000;
    private static final int GROUPS = 5;
    private static final int JOINING_SHARE = 20;

    /** Reaches the second block of an engine, and is large enough for window states to have advanced. */
    private static final int LEAST_GROWN_POINTS = 85;

    private static final int MOST_SERIES = 10_000_000;

    /**
     * Validates the numbers and copies the windows.
     *
     * @param name         for tables.
     * @param seriesCount  total number of series.
     * @param groupCount   groups that take turns; a divisor of the series count.
     * @param intervalNs   valid time from one round to the next.
     * @param burst        true if all points of a round have the same valid time.
     * @param windows      lengths of the registered windows, ascending.
     * @param latePercent  per cent of the points that are late.
     * @param maxDelayNs   maximum delay of late points.
     * @param knownAheadNs time by which a point is known before its valid time.
     * @param falling      true if each value is below all earlier ones.
     * @param leastPoints  minimum number of points of each series when the windows are full.
     * @throws IllegalArgumentException if the series count is not a multiple of the group count.
     */
    public Workload {
        if (groupCount < 1 || seriesCount < groupCount || seriesCount % groupCount != 0) {
            throw new IllegalArgumentException("workload=" + name + " seriesCount=" + seriesCount + ", expected a"
                    + " multiple of groupCount=" + groupCount + " above 0");
        }
        windows = List.copyOf(windows);
    }

    /**
     * Finds a workload by its name.
     * <ul>
     * <li>W1, hot: 1,000 series that change once a minute. Windows of an hour, a day and a week contain about 60, 1,440
     * and 10,080 points.
     * <li>W2, wide: 1,000,000 series. A fifth of them changes at one instant each hour, in turn. Windows contain at
     * most 1, 5 and 10 points.
     * <li>W3, late: W1 with 10% of the points up to an hour late.
     * <li>W4, pending: W1 with each point known an hour before it takes effect.
     * <li>W5, falling: W1 with falling values, so the evicted point is always the maximum of its window.
     * <li>W6, grown: W2 with 200,000 series. They have more than 40 points each when the windows are full, and are out
     * of step.
     * </ul>
     *
     * @param text a name, or {@code NAME:SERIES} for another number of series.
     * @return the workload.
     * @throws IllegalArgumentException if there is no workload of this name.
     */
    public static Workload named(final String text) {
        final int colon = text.indexOf(':');
        final String name = colon < 0 ? text : text.substring(0, colon);
        final int seriesCount = colon < 0 ? 0 : seriesCount(text, text.substring(colon + 1));
        final int many = seriesCount > 0 ? seriesCount : MANY;
        return switch (name) {
            case "W1" -> hot(text, many, 0, 0, false);
            case "W2" -> wide(text, seriesCount > 0 ? seriesCount : UNIVERSE, 0);
            case "W3" -> hot(text, many, 10, 0, false);
            case "W4" -> hot(text, many, 0, HOUR_NS, false);
            case "W5" -> hot(text, many, 0, 0, true);
            case "W6" -> wide(text, seriesCount > 0 ? seriesCount : GROWN, LEAST_GROWN_POINTS);
            default ->
                throw new IllegalArgumentException(
                        "workload=" + text + ", expected W1 to W6, or one of them with :SERIES");
        };
    }

    private static int seriesCount(final String text, final String digits) {
        final int count = digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : 0;
        if (count < 1 || count > MOST_SERIES) {
            throw new IllegalArgumentException(
                    "workload=" + text + ", expected 1 to " + MOST_SERIES + " series after the colon");
        }
        return count;
    }

    private static Workload hot(
            final String name,
            final int seriesCount,
            final int latePercent,
            final long knownAheadNs,
            final boolean falling) {
        return new Workload(
                name,
                seriesCount,
                1,
                MINUTE_NS,
                false,
                List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7)),
                latePercent,
                HOUR_NS,
                knownAheadNs,
                falling,
                0);
    }

    private static Workload wide(final String name, final int seriesCount, final int leastPoints) {
        return new Workload(
                name,
                seriesCount,
                GROUPS,
                HOUR_NS,
                true,
                List.of(Duration.ofHours(5), Duration.ofHours(25), Duration.ofHours(50)),
                0,
                0,
                0,
                false,
                leastPoints);
    }

    /**
     * Returns the same workload with fewer windows.
     *
     * @param count number of windows to keep, the shortest ones.
     * @return the workload, with the same name.
     */
    public Workload withWindows(final int count) {
        return new Workload(
                name,
                seriesCount,
                groupCount,
                intervalNs,
                burst,
                windows.subList(0, count),
                latePercent,
                maxDelayNs,
                knownAheadNs,
                falling,
                leastPoints);
    }

    /**
     * Returns true if each point has a valid time after all earlier points, and takes effect at once.
     *
     * @return true if no point is late, pending, or part of a burst.
     */
    public boolean hasRisingTimes() {
        return !burst && latePercent == 0 && knownAheadNs == 0;
    }

    /**
     * Returns the number of points in one round.
     *
     * @return the number of series in a group.
     */
    public int roundLength() {
        return seriesCount / groupCount;
    }

    /**
     * Returns how many points fill every window. It is slightly more than necessary, so that each further point evicts
     * one.
     *
     * @return a multiple of the length of a round.
     */
    public long fillLength() {
        return (fillTurns() + joiningTurns()) * seriesCount;
    }

    private long fillTurns() {
        final long slackNs = maxDelayNs + knownAheadNs;
        return Math.max((longestWindowNs() + slackNs) / intervalNs / groupCount + 2, leastPoints);
    }

    /**
     * Returns the number of turns of a group over which its series start. A special event of a series, for example that
     * a block is full, then happens to some series in each round, as in practice. Otherwise it would happen to all
     * series in the same round.
     *
     * @return a twentieth of the turns that fill the windows; for grown series, the points in a block.
     */
    long joiningTurns() {
        return leastPoints > 0 ? Footprint.BLOCK_POINTS : fillTurns() / JOINING_SHARE;
    }

    /**
     * Returns true if all series of a group start in its first turn, so that they always have the same number of
     * points.
     *
     * @return true if no series starts later.
     */
    public boolean isInStep() {
        return joiningTurns() == 0;
    }

    /**
     * Returns the window lengths in nanoseconds.
     *
     * @return a new array, ascending.
     */
    public long[] windowsNs() {
        return windows.stream().mapToLong(Duration::toNanos).toArray();
    }

    /**
     * Returns the maximum number of points of one series in the longest window, including late points of one instant.
     *
     * @return a bound for arrays.
     */
    public int maxWindowPoints() {
        final long[] lengths = windowsNs();
        final long perSeriesNs = intervalNs * groupCount;
        return (int) ((Arrays.stream(lengths).max().orElseThrow() + maxDelayNs) / perSeriesNs) + 2;
    }

    private long longestWindowNs() {
        return Arrays.stream(windowsNs()).max().orElseThrow();
    }
}
