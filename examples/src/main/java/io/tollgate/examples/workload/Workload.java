package io.tollgate.examples.workload;

import io.tollgate.core.report.Footprint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a stream of points looks like. Series change in rounds: in each, one group of them, every series of it once, in
 * shuffled order; at first not all of them, as they join in one after the other.
 *
 * @param name          for tables.
 * @param seriesCount   series in all.
 * @param groupCount    groups that take turns; a divisor of the series count.
 * @param intervalNs    valid time from one round to the next.
 * @param burst         whether all points of a round have one valid time; else they are spread over the interval.
 * @param windows       lengths of the registered windows, ascending.
 * @param latePercent   per cent of the points that come late.
 * @param maxDelayNs    by how much at most, evenly distributed.
 * @param knownAheadNs  how long before its valid time a point is known.
 * @param falling       whether each value is below all before it; else they are random.
 * @param leastPoints   points that each series has at least when the windows are full, where these hold fewer; else 0.
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

    /** Into the second block of an engine, and far enough for states of windows to have moved on. */
    private static final int LEAST_GROWN_POINTS = 41;

    private static final int MOST_SERIES = 10_000_000;

    /**
     * Checks the numbers and copies the windows.
     *
     * @param name          for tables.
     * @param seriesCount   series in all.
     * @param groupCount    groups that take turns; a divisor of the series count.
     * @param intervalNs    valid time from one round to the next.
     * @param burst         whether all points of a round have one valid time.
     * @param windows       lengths of the registered windows, ascending.
     * @param latePercent   per cent of the points that come late.
     * @param maxDelayNs    by how much at most.
     * @param knownAheadNs  how long before its valid time a point is known.
     * @param falling       whether each value is below all before it.
     * @param leastPoints   points that each series has at least when the windows are full.
     * @throws IllegalArgumentException if the groups do not divide the series.
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
     *
     * <ul>
     *   <li>W1, hot: 1,000 series that change once a minute, with windows of an hour, a day and a week, which hold
     *       about 60, 1,440 and 10,080 points.
     *   <li>W2, wide: 1,000,000 series, a fifth of which changes at one instant each hour, in turn, with windows of at
     *       most 1, 5 and 10 points.
     *   <li>W3, late: W1 with 10% of the points up to an hour late.
     *   <li>W4, pending: W1 where each point is known an hour before it takes effect.
     *   <li>W5, falling: W1 where what leaves a window is always its maximum.
     *   <li>W6, grown: W2 with 200,000 series, which have more than 40 points each when the windows are full, and are
     *       out of step.
     * </ul>
     *
     * @param text a name, or {@code NAME:SERIES} for another number of series.
     * @return the workload.
     * @throws IllegalArgumentException if there is none of this name.
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
                    "workload=" + text + ", expected 1 to " + MOST_SERIES + " series behind the colon");
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
     * The same points with fewer windows.
     *
     * @param count of windows to keep, the shortest ones.
     * @return the workload, of the same name.
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
     * Whether each point has a valid time of its own, after all before it, and takes effect at once.
     *
     * @return true if none is late, pending, or one of a burst.
     */
    public boolean hasRisingTimes() {
        return !burst && latePercent == 0 && knownAheadNs == 0;
    }

    /**
     * The points of one round.
     *
     * @return one a series of a group.
     */
    public int roundLength() {
        return seriesCount / groupCount;
    }

    /**
     * How many points fill every window, and a little more, so that each further point pushes one out.
     *
     * @return a multiple of the round's length.
     */
    public long fillLength() {
        return (fillTurns() + joiningTurns()) * seriesCount;
    }

    private long fillTurns() {
        final long slackNs = maxDelayNs + knownAheadNs;
        return Math.max((longestWindowNs() + slackNs) / intervalNs / groupCount + 2, leastPoints);
    }

    /**
     * The turns of its group in which a series joins in: not all series begin in the first one. Whatever happens to a
     * series after so many points, as when a block of them is full, then happens to some series in each round, as in a
     * program, and not to all in the same one.
     *
     * @return a twentieth of the turns that fill the windows; as many as a block has points where series are to have
     *     grown.
     */
    long joiningTurns() {
        return leastPoints > 0 ? Footprint.BLOCK_POINTS : fillTurns() / JOINING_SHARE;
    }

    /**
     * Whether all series of a group begin in its first turn, so that they have as many points at any time.
     *
     * @return true if none joins in later.
     */
    public boolean isInStep() {
        return joiningTurns() == 0;
    }

    /**
     * Windows as nanoseconds.
     *
     * @return a new array, ascending.
     */
    public long[] windowsNs() {
        return windows.stream().mapToLong(Duration::toNanos).toArray();
    }

    /**
     * How many points of one series the longest window holds at most, late ones that came in one instant included.
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
